import type { JsonObject } from '../json.ts';
import type { Conversion } from '../values/stored.ts';
import type { CellMatch } from './compile-cell.ts';
import type { InputColumn } from './coverage.ts';

/** A decision table that was checked: rules read from the first to the last. */
export interface DecisionTable {
  /**
   * Finds the first rule that holds for the inputs, given in their order and in their stored form.
   * `undefined` where none does.
   */
  hit(inputs: readonly unknown[]): number | undefined;
  /** Gives the outputs of the first rule that holds, in their stored form. */
  evaluate(inputs: readonly unknown[]): JsonObject | undefined;
}

/** Makes a table of its compiled columns and of one object of outputs for each rule. */
export function makeTable(
  columns: readonly InputColumn[],
  conversions: readonly (Conversion | undefined)[],
  results: readonly JsonObject[],
): DecisionTable {
  const rules = results.map((_, rule) => ruleOf(columns, rule));
  const hit = (inputs: readonly unknown[]): number | undefined => {
    const running = columns.map((_, index) => {
      const stored = inputs[index] ?? null;
      return conversions[index]?.(stored) ?? stored;
    });
    const found = rules.findIndex((matches) => matches(running));
    return found < 0 ? undefined : found;
  };
  return {
    hit,
    evaluate: (inputs) => {
      const rule = hit(inputs);
      return rule === undefined ? undefined : results[rule];
    },
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
