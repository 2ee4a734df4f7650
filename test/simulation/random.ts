/** A stream of numbers that looks random, and is the same for the same seed. */
export interface Random {
  /** The next number, in [0, 1). */
  next(): number;
  /** A whole number, from 0 to less than `end`. */
  below(end: number): number;
  /** Tells, once in a while, yes: with a probability in [0, 1]. */
  chance(probability: number): boolean;
}

/**
 * Creates a stream from a seed: Mulberry32 (Tommy Ettinger, public domain). It must be quick and
 * repeatable; nothing depends on its being hard to guess.
 */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (end) => Math.floor(next() * end),
    chance: (probability) => next() < probability,
  };
}
