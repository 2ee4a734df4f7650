import { RateLimiterMemory } from 'rate-limiter-flexible';
import { TrellisError } from '../../engine/index.ts';
import type { Visitor } from '../middleware/visitor.ts';

/** How many files one person, or one address that nobody signed in from, may send in a quarter of an hour. */
const MOST = 200;
const WINDOW_SECONDS = 15 * 60;

/** Keeps strangers from filling the database with files. */
export class UploadLimit {
  readonly #files: RateLimiterMemory;

  /** @param most files in a quarter of an hour (Default: 200) */
  constructor(most = MOST) {
    this.#files = new RateLimiterMemory({ points: most, duration: WINDOW_SECONDS });
  }

  /**
   * Counts a file.
   * @throws `TrellisError` with code `too-often`.
   */
  async count({ user, address }: Visitor): Promise<void> {
    const sender = user === undefined ? `address ${address}` : `user ${user.id}`;
    const counted = await this.#files.penalty(sender);
    if (counted.consumedPoints <= this.#files.points) return;
    const minutes = Math.ceil(counted.msBeforeNext / 60_000);
    throw new TrellisError(
      'too-often',
      `Too many files were sent from here. Try again in ${minutes} minutes; what was filled in before is kept.`,
      { minutes },
    );
  }
}
