import type { Assignment } from '../definition/values.ts';
import type { JsonObject } from '../json.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Moment } from './case-context.ts';
import type { Variables } from './formula.ts';
import { compileFormula } from './formula.ts';
import { put } from './writes.ts';

type Values = Readonly<Record<string, unknown>>;

/** Compiles `with`: an object built from its parts. What is empty is left out. */
export function compileInput(
  assignments: readonly Assignment[],
  variables: Variables,
  input: ValueType | undefined,
): (values: Values, moment: Moment) => JsonObject {
  const fields = input?.kind === 'object' ? input.fields : {};
  const parts = assignments.map(({ target, value }) => ({
    target,
    formula: compileFormula(
      value,
      variables,
      target.length === 1 ? fields[target[0] ?? ''] : undefined,
    ),
  }));
  return (values, moment) => {
    let built: JsonObject = {};
    for (const { target, formula } of parts) {
      const value = formula(values, moment);
      if (value !== null) built = put(built, target, value);
    }
    return built;
  };
}
