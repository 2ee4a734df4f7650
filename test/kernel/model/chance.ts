import fc from 'fast-check';
import type { GeneratorValue } from 'fast-check';

/** Random choices that a failed run can be told by. */
export class Chance {
  readonly #random: GeneratorValue;

  constructor(random: GeneratorValue) {
    this.#random = random;
  }

  /** Tells whether something happens that does so in so many of a hundred. */
  of(percent: number): boolean {
    return this.upTo(99) < percent;
  }

  upTo(most: number): number {
    return this.#random(fc.nat, { max: most });
  }

  pick<T>(from: readonly T[]): T {
    const chosen = from[this.upTo(Math.max(0, from.length - 1))];
    if (chosen === undefined) throw new Error('There is nothing to pick from.');
    return chosen;
  }

  list<T>(most: number, make: () => T, least = 0): readonly T[] {
    return Array.from({ length: least + this.upTo(most - least) }, make);
  }
}
