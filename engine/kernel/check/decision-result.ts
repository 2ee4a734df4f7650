import { PUBLIC, join } from '../classification.ts';
import type { Decision } from '../definition/workflow.ts';
import { raise } from '../types/classify.ts';
import { objectOf, withEmptiness } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import { readExpression } from './read-expression.ts';
import type { Variables } from './variables.ts';

/** The type of `result` after a decision: its outputs, as sensitive as what it was decided on. */
export function decisionResult(decision: Decision, variables: Variables): ValueType {
  const classification = decision.inputs
    .map((input) => readExpression(input.value, { variables, present: 'all' }))
    .flatMap((read) => (read.ok ? [read.expression.type.classification] : []))
    .reduce(join, PUBLIC);
  const fields = Object.fromEntries(
    decision.outputs.map(({ name, type }) => [
      name,
      raise(withEmptiness(type, false), classification),
    ]),
  );
  return objectOf(fields, classification);
}
