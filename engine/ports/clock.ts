/** The time, and waking up at a time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `wake` once at `at` or later; the answer cancels it. */
  at(at: number, wake: () => void): () => void;
}

/** Randomness: for ids nobody can guess and for jitter. */
export interface Ids {
  /** A new time-ordered id (UUID version 7). */
  next(): string;
  /** A random number in [0, 1). */
  random(): number;
}
