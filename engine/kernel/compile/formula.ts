import type { Expression } from '../definition/values.ts';
import { TrellisError } from '../errors.ts';
import { checkExpression, literalExpression } from '../expressions/check.ts';
import type { CheckedExpression, ExpressionResult } from '../expressions/expression.ts';
import type { Json } from '../json.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Moment } from './case-context.ts';

/** The names an expression may use, with their types. */
export type Variables = Readonly<Record<string, ValueType>>;

/** A compiled expression: values by name in, a stored value out (`null` for empty). */
export type Formula = (values: Readonly<Record<string, unknown>>, moment: Moment) => Json;

/**
 * Compiles an expression that the checker has accepted.
 * @throws `TrellisError` with code `not-checked` where it was not.
 */
export function compileFormula(
  expression: Expression,
  variables: Variables,
  expected?: ValueType,
): Formula {
  const checked = accepted(
    expression.literal === undefined
      ? checkExpression(expression.source, { variables, present: 'all' }, expected)
      : literalExpression(expression.literal, expected),
    expression,
  );
  return (values, moment) =>
    (checked.evaluate({
      variables: values,
      now: moment.now,
      timeZone: moment.timeZone,
      calendar: moment.calendar,
    }) ?? null) as Json;
}

function accepted(result: ExpressionResult, expression: Expression): CheckedExpression {
  if (result.ok) return result.expression;
  const [problem] = result.problems;
  throw new TrellisError(
    'not-checked',
    `The expression "${expression.source}" at ${expression.path.join('.')} cannot be compiled: ` +
      `${problem?.message ?? 'it was refused'} Check the workflow before it is compiled.`,
    { path: expression.path },
  );
}
