import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { archiveRound } from './archive-round.ts';
import type { ArchiveParts } from './archive-round.ts';

interface Parts extends ArchiveParts {
  readonly clock: Clock;
  readonly log: Log;
}

/** How long after the start, and after each round, what is due is looked for, in milliseconds. */
const BETWEEN_ROUNDS = 10 * 60_000;
/** The least pause after something was written, in milliseconds. */
const LEAST_PAUSE = 50;
/** A pause lasts so many times as long as what was written took: under load it takes longer. */
const PAUSE_FACTOR = 5;

/**
 * Moves finished cases to the archive in the background, a few at a time, with long pauses: most of the
 * time the database belongs to the steps. A host that dies has left cases in both places, or in one;
 * the next round goes on with them.
 */
export class Archiver {
  readonly #parts: Parts;
  #stopped = true;
  #round: AsyncGenerator<number> | undefined;
  #writing: Promise<void> | undefined;
  #cancelWake: (() => void) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Begins a round after some time, and then one after the other. */
  start(): void {
    this.#stopped = false;
    this.#wakeAfter(BETWEEN_ROUNDS);
  }

  /** Moves nothing more, and resolves when what is under way is saved. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelWake?.();
    await this.idle();
    this.#round = undefined;
  }

  /** Resolves once nothing is being written; there may be more to move. */
  async idle(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  #wakeAfter(pause: number): void {
    const { clock } = this.#parts;
    this.#cancelWake = clock.at(clock.now() + pause, () => {
      this.#writing = this.#advance();
    });
  }

  async #advance(): Promise<void> {
    const { clock } = this.#parts;
    const before = clock.now();
    const isMore = await this.#move(before);
    this.#writing = undefined;
    if (this.#stopped) return;
    const pause = Math.max(LEAST_PAUSE, (clock.now() - before) * PAUSE_FACTOR);
    this.#wakeAfter(isMore ? pause : BETWEEN_ROUNDS);
  }

  /** Writes once; answers whether the round goes on. What fails is left to the next one. */
  async #move(now: number): Promise<boolean> {
    this.#round ??= archiveRound(this.#parts, now);
    try {
      if ((await this.#round.next()).done !== true) return true;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#parts.log.error('moving cases to the archive failed', { error: text });
    }
    this.#round = undefined;
    return false;
  }
}
