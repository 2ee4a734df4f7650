import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import { TrellisError } from '../../engine/index.ts';

/** Wrong tries are counted for so long, in seconds. */
const WINDOW = 15 * 60;

/** Counts wrong tries, so that nobody guesses for long. */
export class Tries {
  readonly #limiter: RateLimiterMemory;
  readonly #what: string;

  /** `most` tries in a quarter of an hour; `what` as in `too many tries to WHAT`. */
  constructor(most: number, what: string) {
    this.#limiter = new RateLimiterMemory({ points: most, duration: WINDOW });
    this.#what = what;
  }

  /** Counts a try before it is made. @throws `TrellisError` with code `too-often`. */
  async count(key: string): Promise<void> {
    try {
      await this.#limiter.consume(key);
    } catch (limit) {
      if (limit instanceof Error) throw limit;
      const seconds = Math.ceil((limit as RateLimiterRes).msBeforeNext / 1000);
      throw new TrellisError(
        'too-often',
        `There were too many tries to ${this.#what}. Try again in ${Math.ceil(seconds / 60)} minutes.`,
        { seconds },
      );
    }
  }

  /** Gives a try back that was right. */
  async giveBack(key: string): Promise<void> {
    await this.#limiter.reward(key, 1);
  }

  /** Forgets all tries. */
  async forget(key: string): Promise<void> {
    await this.#limiter.delete(key);
  }
}
