/** The time, and waking up at a time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `wake` once at `at` or later; the answer cancels it. */
  at(at: number, wake: () => void): () => void;
}

/** The time that all hosts on one database go by, whatever their own clocks say. */
export interface SharedTime {
  /** Epoch milliseconds, as of some moment between the question and the answer. */
  read(): Promise<number>;
}

/** Randomness: for ids nobody can guess and for jitter. */
export interface Ids {
  /** A new time-ordered id (UUID version 7). */
  next(): string;
  /** A random number in [0, 1). */
  random(): number;
  /** 128 random bits as text, to keep a digest from being guessed. */
  salt(): string;
}
