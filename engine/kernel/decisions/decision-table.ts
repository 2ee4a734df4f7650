import type { Json, JsonObject } from '../json.ts';
import type { Conversion } from '../values/stored.ts';
import type { Aggregation } from './aggregate.ts';
import type { CellMatch } from './compile-cell.ts';
import type { InputColumn } from './samples.ts';

/** A decision table that was read without problems. */
export interface DecisionTable {
  /**
   * Finds the rules that hold for the inputs, given in their order and in their stored form; the
   * one that is taken first.
   */
  holding(inputs: readonly unknown[]): readonly number[];
  /**
   * Gives what comes out, in its stored form: an object, for `collect` a list or one value;
   * `undefined` where no rule holds and there is no default.
   */
  evaluate(inputs: readonly unknown[]): Json | undefined;
}

/** What a table is made of. */
export interface TableParts {
  readonly columns: readonly InputColumn[];
  readonly conversions: readonly (Conversion | undefined)[];
  /** One object of outputs for each rule. */
  readonly results: readonly JsonObject[];
  /** The rules in the order in which the first that holds is taken. */
  readonly precedence: readonly number[];
  readonly fallback?: JsonObject;
  /** Makes one value of all that hold; absent where one rule is taken. */
  readonly collect?: Aggregation;
}

/** Makes a table of its compiled columns and results. */
export function makeTable(parts: TableParts): DecisionTable {
  const { columns, conversions, results, precedence, fallback, collect } = parts;
  const rules = precedence.map((rule) => ({ rule, matches: ruleOf(columns, rule) }));
  const running = (inputs: readonly unknown[]): unknown[] =>
    columns.map((_, index) => {
      const stored = inputs[index] ?? null;
      return conversions[index]?.(stored) ?? stored;
    });
  const holding = (inputs: readonly unknown[]): readonly number[] => {
    const values = running(inputs);
    return rules.filter(({ matches }) => matches(values)).map(({ rule }) => rule);
  };
  const first = (inputs: readonly unknown[]): Json | undefined => {
    const values = running(inputs);
    const found = rules.find(({ matches }) => matches(values));
    return found === undefined ? fallback : results[found.rule];
  };
  const all = (make: Aggregation, inputs: readonly unknown[]): Json => {
    const held = holding(inputs).flatMap((rule): readonly JsonObject[] => {
      const result = results[rule];
      return result === undefined ? [] : [result];
    });
    return make(held.length === 0 && fallback !== undefined ? [fallback] : held);
  };
  return {
    holding,
    evaluate: (inputs) => (collect === undefined ? first(inputs) : all(collect, inputs)),
  };
}

/** Cells that accept everything need not be asked. */
function ruleOf(columns: readonly InputColumn[], rule: number): (inputs: unknown[]) => boolean {
  const asked = columns.flatMap(({ cells }, index): readonly [number, CellMatch][] => {
    const cell = cells[rule];
    return cell === undefined || cell.isAnything ? [] : [[index, cell.matches]];
  });
  return (inputs) => asked.every(([index, matches]) => matches(inputs[index] ?? null));
}
