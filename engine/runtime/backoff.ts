import type { RetryPolicy } from '../kernel/values/retry-policy.ts';

/** The longest wait between two tries, in milliseconds. */
const LONGEST = 60 * 60 * 1000;

/**
 * Works out how long to wait before the next try, in milliseconds: fixed or doubling from `first`,
 * with up to a quarter of jitter on top so that what failed together does not come back together.
 * `random` is in [0, 1).
 */
export function waitBeforeRetry(policy: RetryPolicy, tries: number, random: number): number {
  const factor = policy.backoff === 'exponential' ? 2 ** Math.max(0, tries - 1) : 1;
  const wait = Math.min(policy.first * factor, LONGEST);
  return Math.round(wait * (1 + random / 4));
}
