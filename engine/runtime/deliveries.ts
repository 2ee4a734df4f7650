import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Mailbox } from './mailbox.ts';

interface Parts {
  readonly mailbox: Pick<Mailbox, 'match' | 'sweep'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often messages and waiting cases that missed each other are looked for, in milliseconds. */
const SWEEP_EVERY = 30_000;

/** Hands over messages in the background: nobody waits for it, and a sweep finds what failed. */
export class Deliveries {
  readonly #parts: Parts;
  readonly #underWay = new Set<Promise<void>>();
  #stopped = true;
  #cancelSweep: (() => void) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Begins to sweep, now and from time to time. */
  start(): void {
    this.#stopped = false;
    this.#sweep();
  }

  /** Sweeps no more, and resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelSweep?.();
    await this.idle();
  }

  get isBusy(): boolean {
    return this.#underWay.size > 0;
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** Brings the kept messages with a name and key to the cases that wait for them. */
  match(name: string, key: string): void {
    this.#begin(this.#parts.mailbox.match(name, key));
  }

  /** Sweeps, and again some time after the sweep has ended: two never run at once. */
  #sweep(): void {
    const { mailbox, clock } = this.#parts;
    const sweepLater = (): void => {
      if (this.#stopped) return;
      this.#cancelSweep = clock.at(clock.now() + SWEEP_EVERY, () => {
        this.#sweep();
      });
    };
    this.#begin(mailbox.sweep().finally(sweepLater));
  }

  #begin(work: Promise<void>): void {
    const guarded = work
      .catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        this.#parts.log.error('delivering messages failed', { error: text });
      })
      .finally(() => this.#underWay.delete(guarded));
    this.#underWay.add(guarded);
  }
}
