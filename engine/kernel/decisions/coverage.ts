import type { InputColumn, Sample } from './samples.ts';
import { rulesThat } from './samples.ts';

export interface Coverage {
  /** Values that no rule takes, as `segment = retail`; absent where there are none. */
  readonly gap?: readonly string[];
  /** The rules that the first rule which holds can be. */
  readonly reached: bigint;
}

/** How many times a sample may be held against rules; a wider table is not gone through. */
const FUEL = 200_000;

class OutOfFuel extends Error {}

/**
 * Finds what no rule takes, and which rules are ever the first to hold, exactly: input by input,
 * the values that leave the same rules standing are followed once. `undefined` where there are too
 * many ways to go. Rules come in the order in which the first is taken.
 */
export function coverageOf(
  columns: readonly InputColumn[],
  samples: readonly (readonly Sample[])[],
  rules: number,
): Coverage | undefined {
  const search = new Search(columns, samples, rules);
  try {
    search.follow(0, (1n << BigInt(rules)) - 1n, []);
  } catch (error) {
    if (error instanceof OutOfFuel) return undefined;
    throw error;
  }
  return { reached: search.reached, ...(search.gap !== undefined && { gap: search.gap }) };
}

class Search {
  reached = 0n;
  gap: readonly string[] | undefined;
  readonly #columns: readonly InputColumn[];
  readonly #samples: readonly (readonly Sample[])[];
  /** For each input, the rules that accept whatever it and those after it are. */
  readonly #open: readonly bigint[];
  readonly #followed = new Set<string>();
  #fuel = FUEL;

  constructor(
    columns: readonly InputColumn[],
    samples: readonly (readonly Sample[])[],
    rules: number,
  ) {
    this.#columns = columns;
    this.#samples = samples;
    const open = [(1n << BigInt(rules)) - 1n];
    for (const { cells } of [...columns].reverse()) {
      open.unshift((open[0] ?? 0n) & rulesThat(cells, ({ isAnything }) => isAnything));
    }
    this.#open = open;
  }

  /** Goes on from an input with the rules that still stand and the values chosen so far. */
  follow(index: number, standing: bigint, chosen: readonly string[]): void {
    if (standing === 0n) {
      this.gap ??= this.#complete(chosen);
      return;
    }
    const sure = lowest(standing & (this.#open[index] ?? 0n));
    if (sure === lowest(standing)) {
      this.reached |= sure;
      return;
    }
    // What stands behind a rule that holds in any case is not read.
    const read = sure === 0n ? standing : standing & ((sure << 1n) - 1n);
    const key = `${String(index)} ${read.toString(36)}`;
    if (this.#followed.has(key)) return;
    this.#followed.add(key);
    const name = this.#columns[index]?.name ?? '';
    for (const { rules, shown } of this.#samples[index] ?? []) {
      if (--this.#fuel < 0) throw new OutOfFuel();
      this.follow(index + 1, read & rules, [...chosen, `${name} = ${shown}`]);
    }
  }

  /** With no rule left, any values of the other inputs show the gap. */
  #complete(chosen: readonly string[]): readonly string[] {
    const others = this.#columns.slice(chosen.length).map(({ name }, index) => {
      const [sample] = this.#samples[chosen.length + index] ?? [];
      return `${name} = ${sample?.shown ?? ''}`;
    });
    return [...chosen, ...others];
  }
}

/** The bit of the first of some rules; 0 where there are none. */
function lowest(rules: bigint): bigint {
  return rules & -rules;
}
