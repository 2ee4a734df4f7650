import { TrellisError } from '../kernel/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import type { ClaimedJob } from '../ports/step.ts';
import type { JobRunner } from './run-job.ts';

export interface DispatcherSettings {
  /** The most jobs under way at once. (Default: 128) */
  readonly concurrency?: number;
  /** For how long a claim holds, in milliseconds; must be longer than any call. (Default: 120,000) */
  readonly lease?: number;
  /** The longest sleep, for jobs that another host stored, in milliseconds. (Default: 5,000) */
  readonly poll?: number;
}

interface Parts {
  readonly jobs: Jobs;
  readonly runner: Pick<JobRunner, 'run' | 'giveUp'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long to wait after the store failed, in milliseconds. */
const AFTER_FAILURE = 1_000;
/** How often a job is tried that cannot be run at all. */
const MOST_TRIES = 10;

/**
 * Claims due jobs and runs them, many side by side. It sleeps until the next job is due and is
 * woken when a step stores an earlier one.
 */
export class Dispatcher {
  readonly #parts: Parts;
  readonly #concurrency: number;
  readonly #lease: number;
  readonly #poll: number;
  readonly #running = new Set<Promise<void>>();
  #stopped = true;
  #claiming: Promise<void> | undefined;
  #again = false;
  #cancelWake: (() => void) | undefined;
  #wakeAt = Infinity;

  constructor(parts: Parts, settings: DispatcherSettings = {}) {
    this.#parts = parts;
    this.#concurrency = settings.concurrency ?? 128;
    this.#lease = settings.lease ?? 120_000;
    this.#poll = settings.poll ?? 5_000;
  }

  start(): void {
    this.#stopped = false;
    this.wake();
  }

  /** Looks for due jobs now. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#claiming !== undefined) {
      this.#again = true;
      return;
    }
    this.#claiming = this.#claimAll().finally(() => {
      this.#claiming = undefined;
      if (this.#again) {
        this.#again = false;
        this.wake();
      }
    });
  }

  /** Makes sure that it looks again at `at` (epoch milliseconds) at the latest. */
  wakeBy(at: number): void {
    if (this.#stopped || at >= this.#wakeAt) return;
    if (at <= this.#parts.clock.now()) {
      this.wake();
      return;
    }
    this.#cancelWake?.();
    this.#wakeAt = at;
    this.#cancelWake = this.#parts.clock.at(at, () => {
      this.#wakeAt = Infinity;
      this.wake();
    });
  }

  /** Claims nothing more and waits for the jobs that are under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelWake?.();
    this.#wakeAt = Infinity;
    await this.#claiming;
    await Promise.all(this.#running);
  }

  /** Resolves once no job is under way and none is due. */
  async idle(): Promise<void> {
    while (this.#claiming !== undefined || this.#running.size > 0) {
      await this.#claiming;
      await Promise.all(this.#running);
    }
  }

  async #claimAll(): Promise<void> {
    const { jobs, clock, log } = this.#parts;
    try {
      for (;;) {
        const room = this.#concurrency - this.#running.size;
        if (this.#stopped || room <= 0) return;
        const claimed = await jobs.claim(clock.now(), room, this.#lease);
        for (const job of claimed) this.#run(job);
        if (claimed.length < room) break;
      }
      // Somebody woke it meanwhile: it looks again at once, and asks when there is nothing to do.
      if (this.#again) return;
      const next = await jobs.nextDue();
      this.wakeBy(Math.min(next ?? Infinity, clock.now() + this.#poll));
    } catch (error) {
      log.error('claiming jobs failed', { error: messageOf(error) });
      this.wakeBy(clock.now() + AFTER_FAILURE);
    }
  }

  #run(job: ClaimedJob): void {
    const { runner } = this.#parts;
    const work = runner
      .run(job)
      .catch((error: unknown) => this.#failed(job, error))
      .finally(() => {
        this.#running.delete(work);
        if (this.#running.size === this.#concurrency - 1) this.wake();
      });
    this.#running.add(work);
  }

  /**
   * A job could not be run at all, by a defect or because the store failed. Its lease ends by
   * itself, and it comes again with a higher token; in the end it is an incident.
   */
  async #failed(job: ClaimedJob, error: unknown): Promise<void> {
    const { runner, log } = this.#parts;
    const facts = { job: job.id, kind: job.kind, tries: job.tries };
    log.error('a job failed to run', { ...facts, error: messageOf(error) });
    if (job.tries < MOST_TRIES) return;
    const text = error instanceof Error ? error.message : String(error);
    const message = `It could not be run in ${job.tries} tries: ${text}`;
    await runner.giveUp(job, { code: 'cannot-run', message }).catch((failure: unknown) => {
      log.error('a job could not be given up', { ...facts, error: messageOf(failure) });
    });
  }
}

function messageOf(error: unknown): string {
  if (error instanceof TrellisError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
