import type { Assignment } from '../definition/values.ts';
import type { JsonObject } from '../json.ts';
import type { Trim } from '../types/trim.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Moment } from './case-context.ts';
import type { Variables } from './formula.ts';
import { compileFormula } from './formula.ts';
import { put } from './writes.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a `with` is built for: its type, and what it does not know of what it is given. */
export interface Receiver {
  /** (Default: it is not known) */
  readonly input?: ValueType | undefined;
  /** (Default: it takes all) */
  readonly trim?: Trim;
}

/**
 * Compiles `with`: an object built from its parts. What is empty is left out, and so is what the
 * receiver's type does not know.
 */
export function compileInput(
  assignments: readonly Assignment[],
  variables: Variables,
  { input, trim = (value) => value }: Receiver,
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
    return trim(built) as JsonObject;
  };
}
