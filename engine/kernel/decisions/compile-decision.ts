import type { Decision } from '../definition/decision.ts';
import { TrellisError } from '../errors.ts';
import { checkExpression, literalExpression } from '../expressions/check.ts';
import type { ValueType } from '../types/value-type.ts';
import type { DecisionTable } from './decision-table.ts';
import type { DecisionInput } from './read-decision.ts';
import { readDecision } from './read-decision.ts';

/**
 * Compiles a decision that the checker has accepted, with the types of the names that its inputs
 * may use.
 * @throws `TrellisError` with code `not-checked` where it was not.
 */
export function compileDecision(
  decision: Decision,
  variables: Readonly<Record<string, ValueType>>,
): DecisionTable {
  const inputs = inputsOf(decision, variables);
  // The checker held the results against their schemas already.
  const { table, problems } = readDecision(decision, inputs, () => () => []);
  if (table !== undefined) return table;
  throw notChecked(decision, problems[0]?.message);
}

function inputsOf(
  decision: Decision,
  variables: Readonly<Record<string, ValueType>>,
): readonly DecisionInput[] {
  return decision.inputs.map(({ value }) => {
    const read =
      value.literal === undefined
        ? checkExpression(value.source, { variables, present: 'all' })
        : literalExpression(value.literal);
    if (!read.ok) throw notChecked(decision, read.problems[0]?.message);
    return { type: read.expression.type };
  });
}

function notChecked(decision: Decision, reason = 'It was refused.'): TrellisError {
  return new TrellisError(
    'not-checked',
    `The decision "${decision.name}" cannot be compiled: ${reason} Check the workflow first.`,
    { decision: decision.name },
  );
}
