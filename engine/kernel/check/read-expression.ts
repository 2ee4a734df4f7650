import type { Expression } from '../definition/values.ts';
import { checkExpression, literalExpression } from '../expressions/check.ts';
import type { ExpressionResult, Scope } from '../expressions/expression.ts';
import type { ValueType } from '../types/value-type.ts';

/** Checks an expression as its author wrote it: a formula, or a value that stands for itself. */
export function readExpression(
  expression: Expression,
  scope: Scope,
  expected?: ValueType,
): ExpressionResult {
  return expression.literal === undefined
    ? checkExpression(expression.source, scope, expected)
    : literalExpression(expression.literal, expected);
}
