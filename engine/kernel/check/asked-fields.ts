import type { FormField } from '../definition/form.ts';
import { TrellisError } from '../errors.ts';
import type { Environment } from '../expressions/expression.ts';
import type { Variables } from './variables.ts';
import { readExpression } from './read-expression.ts';

/**
 * Tells whether a form asks for a field when it is sent with this outcome. A condition that reads
 * more than the outcome gives `maybe`.
 */
export function asks(
  field: FormField,
  outcome: string | undefined,
  variables: Variables,
): 'yes' | 'no' | 'maybe' {
  if (field.when === undefined) return 'yes';
  const read = readExpression(field.when, { variables, present: 'all' });
  if (!read.ok || outcome === undefined) return 'maybe';
  if (!read.expression.reads.every((path) => path === 'outcome')) return 'maybe';
  try {
    return read.expression.evaluate(onlyKnowing(outcome)) === true ? 'yes' : 'no';
  } catch (error) {
    // A condition that cannot be worked out (a division by zero) tells nothing about the field.
    if (error instanceof TrellisError) return 'maybe';
    throw error;
  }
}

function onlyKnowing(outcome: string): Environment {
  const calendar = { timeZone: 'UTC', hours: [], holidays: [] };
  return { variables: { outcome }, now: 0, timeZone: 'UTC', calendar };
}
