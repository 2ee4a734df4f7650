import type { Anchor } from '../ports/anchor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { Anchoring } from './anchoring.ts';
import type { CheckpointParts } from './make-checkpoint.ts';
import { makeCheckpoints } from './make-checkpoint.ts';

interface Parts extends CheckpointParts {
  readonly clock: Clock;
  readonly log: Log;
  /** (Default: checkpoints lie in the database alone) */
  readonly anchor?: Anchor;
  /** Milliseconds between two checkpoints. (Default: 60,000) */
  readonly every?: number;
}

/**
 * Makes a checkpoint from time to time where something has moved, and a last one when it is stopped.
 * Hosts that share a database take turns by chance: whoever looks first after the time has passed.
 */
export class Checkpointer {
  readonly #parts: Parts;
  readonly #anchoring: Anchoring | undefined;
  readonly #every: number;
  #stopped = true;
  #making: Promise<void> | undefined;
  #cancelWake: (() => void) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { anchor, log, store, every = 60_000 } = parts;
    this.#every = every;
    this.#anchoring = anchor && new Anchoring({ anchor, log, checkpoints: store.checkpoints });
  }

  /** Looks at once whether one is due, and then from time to time. */
  start(): void {
    this.#stopped = false;
    this.#wakeAt(this.#parts.clock.now());
  }

  /** Makes one of what is saved by now, and no more. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#cancelWake?.();
    await this.idle();
    await this.#guarded(() => this.#make());
  }

  /** Resolves once none is being made. */
  async idle(): Promise<void> {
    await this.#making;
  }

  #wakeAt(at: number): void {
    const { clock } = this.#parts;
    this.#cancelWake = clock.at(at, () => {
      this.#making = this.#turn();
    });
  }

  async #turn(): Promise<void> {
    const { clock } = this.#parts;
    let next = clock.now() + this.#every;
    await this.#guarded(async () => {
      const due = await this.#dueAt();
      if (due <= clock.now()) await this.#make();
      else next = due;
    });
    if (!this.#stopped) this.#wakeAt(next);
  }

  /** A host that is restarted every few seconds still leaves the time between two. */
  async #dueAt(): Promise<number> {
    const newest = await this.#parts.store.checkpoints.newest();
    const now = this.#parts.clock.now();
    if (newest === undefined || newest.at > now) return now;
    return newest.at + this.#every;
  }

  async #make(): Promise<void> {
    await this.#anchoring?.catchUp();
    const making = makeCheckpoints(this.#parts);
    while ((await making.next()).done !== true) await this.#anchoring?.catchUp();
  }

  /** What fails is left to the next turn: nothing is lost, it is only stated later. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#parts.log.error('making a checkpoint of the history failed', { error: text });
    }
  }
}
