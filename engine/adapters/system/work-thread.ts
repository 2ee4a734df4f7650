import { Worker } from 'node:worker_threads';
import { TrellisError } from '../../kernel/errors.ts';

/** What one job on a thread may take. */
export interface ThreadLimits {
  /** In milliseconds, from the moment it begins. (Default: 2000) */
  readonly time?: number;
  /** In megabytes. (Default: 256) */
  readonly memory?: number;
  /** How many jobs may wait. (Default: 32) */
  readonly queue?: number;
}

/** What a program sends: that it is ready, or what came of the job that it was given. */
export type ThreadReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly answer: unknown }
  | { readonly kind: 'thrown'; readonly message: string };

/** A thread that does one job after the other; jobs and answers are plain data. */
export interface WorkThread<Job, Answer> {
  /**
   * Does a job when its turn comes.
   * @throws `TrellisError` with code `try-again` where it took too long or too much memory,
   * `overloaded` where too many wait, `job-failed` with what the program threw.
   */
  do(job: Job): Promise<Answer>;
  close(): Promise<void>;
}

interface Waiting {
  readonly job: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** How long a thread may take to load its program, in milliseconds, however busy the machine is. */
const LOADING = 60_000;

/**
 * Makes a thread for a program: a file that answers each message by a {@link ThreadReply}, after a
 * first one that it is ready; or the text of such a file. It is started by its first job, kept
 * warm, and started anew after a job that killed it. It keeps no process alive.
 */
export function createWorkThread<Job, Answer>(
  program: URL | string,
  limits: ThreadLimits = {},
): WorkThread<Job, Answer> {
  const thread = new Thread(program, limits);
  return {
    do: (job) => thread.do(job) as Promise<Answer>,
    close: () => thread.close(),
  };
}

class Thread {
  readonly #program: URL | string;
  readonly #time: number;
  readonly #memory: number;
  readonly #queue: number;
  readonly #waiting: Waiting[] = [];
  #current: Waiting | undefined;
  #worker: Worker | undefined;
  #isReady = false;
  #alarm: NodeJS.Timeout | undefined;

  constructor(program: URL | string, { time = 2000, memory = 256, queue = 32 }: ThreadLimits) {
    this.#program = program;
    this.#time = time;
    this.#memory = memory;
    this.#queue = queue;
  }

  do(job: unknown): Promise<unknown> {
    if (this.#waiting.length >= this.#queue) return Promise.reject(overloaded(this.#queue));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    const left = this.#waiting.splice(0);
    this.#giveUp(tryAgain('the host is stopping'));
    for (const { reject } of left) reject(tryAgain('the host is stopping'));
    await this.#end();
  }

  /** Begins the job whose turn it is, once the thread is ready for it. */
  #next(): void {
    if (this.#current === undefined) this.#current = this.#waiting.shift();
    if (this.#current === undefined) {
      this.#worker?.unref();
      return;
    }
    this.#worker ??= this.#start();
    this.#worker.ref();
    if (!this.#isReady) {
      this.#watch(LOADING);
      return;
    }
    try {
      this.#worker.postMessage(this.#current.job);
      this.#watch(this.#time);
    } catch (error) {
      // It cannot be copied, so it never was on the thread.
      this.#settle(({ reject }) => {
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    }
  }

  #start(): Worker {
    this.#isReady = false;
    const worker = new Worker(this.#program, {
      eval: typeof this.#program === 'string',
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.#memory },
    });
    worker.on('message', (reply: ThreadReply) => {
      if (worker === this.#worker) this.#hear(reply);
    });
    worker.on('error', (error: Error) => {
      if (worker === this.#worker) this.#fall(error);
    });
    worker.on('exit', () => {
      if (worker === this.#worker) this.#fall(new Error('The thread has ended by itself.'));
    });
    return worker;
  }

  #hear(reply: ThreadReply): void {
    switch (reply.kind) {
      case 'ready':
        this.#isReady = true;
        this.#next();
        break;
      case 'done':
        this.#settle(({ resolve }) => {
          resolve(reply.answer);
        });
        break;
      case 'thrown':
        this.#settle(({ reject }) => {
          reject(failed(reply.message));
        });
    }
  }

  /** The thread is gone: for want of memory, or because its program let an error through. */
  #fall(error: Error): void {
    const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    this.#worker = undefined;
    this.#giveUp(isMemory ? tryAgain('it took too much memory') : failed(error.message));
    this.#next();
  }

  #watch(time: number): void {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => {
      this.#giveUp(tryAgain('it took too long'));
      void this.#end().then(() => {
        this.#next();
      });
    }, time);
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #giveUp(error: Error): void {
    clearTimeout(this.#alarm);
    const current = this.#current;
    this.#current = undefined;
    current?.reject(error);
  }

  #settle(answer: (current: Waiting) => void): void {
    clearTimeout(this.#alarm);
    const current = this.#current;
    this.#current = undefined;
    if (current !== undefined) answer(current);
    this.#next();
  }
}

function tryAgain(reason: string): TrellisError {
  return new TrellisError(
    'try-again',
    `This could not be looked at just now: ${reason}. That says nothing of what was written. Try again in a moment.`,
  );
}

function overloaded(queue: number): TrellisError {
  return new TrellisError(
    'overloaded',
    `${String(queue)} others wait to be looked at already. Try again in a moment.`,
  );
}

function failed(message: string): TrellisError {
  return new TrellisError('job-failed', `The work on the thread has failed: ${message}`);
}
