import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Order, Word } from './orders.ts';

/** One host's process. */
export class HostProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #standing: Promise<unknown>;
  #errors = '';

  constructor(program: string, environment: Readonly<Record<string, string>> = {}) {
    this.#child = fork(program, [], {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.#ended = once(this.#child, 'close');
    this.#standing = this.#word('standing by');
  }

  /** Whether it has died, by its own hand or another's. */
  get isDead(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** What it has complained of. */
  get errors(): string {
    return this.#errors;
  }

  /** Opens the host; resolves when it answers. */
  async open(order: Extract<Order, { readonly kind: 'open' }>): Promise<void> {
    await this.#standing;
    const open = this.#word('open');
    this.tell(order);
    await open;
    if (this.isDead) throw new Error(`A host died when it was opened. ${this.#errors}`);
  }

  tell(order: Order): void {
    if (this.#child.connected) this.#child.send(order);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Kills it, if it still lives, and waits for its end. */
  async kill(): Promise<void> {
    if (!this.isDead) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Waits for its end, for so many milliseconds. Answers whether it came. */
  async hasEnded(within: number): Promise<boolean> {
    const abort = new AbortController();
    const late = new Promise<boolean>((resolve) => {
      const timer = setTimeout(resolve, within, false);
      abort.signal.addEventListener('abort', () => {
        clearTimeout(timer);
      });
    });
    const ended = await Promise.race([this.#ended.then(() => true), late]);
    abort.abort();
    return ended;
  }

  /** Resolves with the next such word, or with the end of the process. */
  #word(kind: Word['kind']): Promise<unknown> {
    const said = new Promise<void>((resolve) => {
      this.#child.on('message', (word: Word) => {
        if (word.kind === kind) resolve();
      });
    });
    return Promise.race([said, this.#ended]);
  }
}
