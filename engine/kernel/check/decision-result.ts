import { PUBLIC, join } from '../classification.ts';
import { aggregateType } from '../decisions/aggregate.ts';
import type { Decision } from '../definition/decision.ts';
import { raise } from '../types/classify.ts';
import { listOf, objectOf, plain, withEmptiness } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import { readExpression } from './read-expression.ts';
import type { Variables } from './variables.ts';

/**
 * The type of `result` after a decision: its outputs, a list of them, or one value of all; as
 * sensitive as what it was decided on.
 */
export function decisionResult(decision: Decision, variables: Variables): ValueType {
  const classification = decision.inputs
    .map((input) => readExpression(input.value, { variables, present: 'all' }))
    .flatMap((read) => (read.ok ? [read.expression.type.classification] : []))
    .reduce(join, PUBLIC);
  const { hit, outputs } = decision;
  if (hit.kind === 'collect' && hit.aggregate !== undefined) {
    // An output of a wrong kind is told with the table itself.
    const type = aggregateType(hit.aggregate, decision) ?? plain('number');
    return raise(withEmptiness(type, false), classification);
  }
  const fields = outputs.map(({ name, type }) => {
    return [name, raise(withEmptiness(type, false), classification)] as const;
  });
  const one = objectOf(Object.fromEntries(fields), classification);
  return hit.kind === 'collect' ? listOf(one) : one;
}
