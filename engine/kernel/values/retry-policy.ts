/** How often and how patiently an operation is tried. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Milliseconds before the second try. */
  readonly first: number;
  /** Whether the pauses stay as they are, or double. */
  readonly backoff: 'fixed' | 'exponential';
}

/** A policy and what a workflow says beside it: of both, what tries less often and less hard. */
export function tightened(policy: RetryPolicy, by: Partial<RetryPolicy>): RetryPolicy {
  const isDoubling = policy.backoff === 'exponential' || by.backoff === 'exponential';
  return {
    attempts: Math.min(policy.attempts, by.attempts ?? policy.attempts),
    first: Math.max(policy.first, by.first ?? policy.first),
    backoff: isDoubling ? 'exponential' : 'fixed',
  };
}
