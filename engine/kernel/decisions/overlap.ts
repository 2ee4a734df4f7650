import type { InputColumn, Sample } from './samples.ts';
import { rulesThat } from './samples.ts';

/** Two rules that hold for the same values. */
export interface Overlap {
  readonly earlier: number;
  readonly later: number;
  /** Values for which both hold, as `segment = key`. */
  readonly values: readonly string[];
}

/** For each input, what the cell of each rule means: one bit a sample. */
type Meanings = readonly (readonly bigint[])[];

/** Tells which rules of a table meet; exact, as each rule is a box and its sides are compared. */
export class Overlaps {
  readonly #columns: readonly InputColumn[];
  readonly #samples: readonly (readonly Sample[])[];
  readonly #meanings: Meanings;

  constructor(columns: readonly InputColumn[], samples: readonly (readonly Sample[])[]) {
    this.#columns = columns;
    this.#samples = samples;
    this.#meanings = columns.map(({ cells }, index) =>
      cells.map((_, rule) =>
        rulesThat(samples[index] ?? [], ({ rules }) => (rules & (1n << BigInt(rule))) !== 0n),
      ),
    );
  }

  /** Finds for each rule the first one before it that holds for some of the same values. */
  all(rules: number, isAllowed: (earlier: number, later: number) => boolean): readonly Overlap[] {
    return Array.from({ length: rules }, (_, later) => later).flatMap((later) => {
      const before = Array.from({ length: later }, (_, earlier) => earlier);
      const earlier = before.find((rule) => this.meet(rule, later) && !isAllowed(rule, later));
      return earlier === undefined
        ? []
        : [{ earlier, later, values: this.#shared(earlier, later) }];
    });
  }

  /** Whether some values are taken by both rules. */
  meet(a: number, b: number): boolean {
    return this.#meanings.every((meaning) => ((meaning[a] ?? 0n) & (meaning[b] ?? 0n)) !== 0n);
  }

  /** Whether one rule holds wherever another does. */
  covers(rule: number, other: number): boolean {
    return this.#meanings.every(
      (meaning) => ((meaning[other] ?? 0n) & ~(meaning[rule] ?? 0n)) === 0n,
    );
  }

  #shared(a: number, b: number): readonly string[] {
    const both = (1n << BigInt(a)) | (1n << BigInt(b));
    return this.#columns.map(({ name }, index) => {
      const sample = this.#samples[index]?.find(({ rules }) => (rules & both) === both);
      return `${name} = ${sample?.shown ?? ''}`;
    });
  }
}
