import type { Expression } from '../kernel/definition/values.ts';
import type { Form, FormRule } from '../kernel/definition/form.ts';
import { readExpression } from '../kernel/check/read-expression.ts';
import type { Variables } from '../kernel/check/variables.ts';
import type { CheckedExpression, Environment } from '../kernel/expressions/expression.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { Problem } from '../kernel/problem.ts';
import type { ValueType } from '../kernel/types/value-type.ts';
import { OWN } from './form-model.ts';
import { pointerOf } from './pointer.ts';

const YES_NO: ValueType = {
  kind: 'yes/no',
  mayBeEmpty: true,
  classification: { level: 'public', tags: [] },
};

/** Reads a condition of a form; what is wrong with it is reported at its place. */
export function readCondition(
  written: Expression,
  variables: Variables,
  report: (problem: Problem) => void,
): CheckedExpression | undefined {
  const read = readExpression(written, { variables, present: 'all' }, YES_NO);
  if (read.ok) return read.expression;
  for (const { code, message } of read.problems) {
    report({ code, severity: 'error', path: written.path, message });
  }
  return undefined;
}

/** Tells whether a condition holds; one that cannot be worked out does not. */
export function holds(condition: CheckedExpression, environment: Environment): boolean {
  try {
    return condition.evaluate(environment) === true;
  } catch (error) {
    if (error instanceof TrellisError) return false;
    throw error;
  }
}

/** The pointers of the values that a condition reads; the outcome is none of them. */
export function pointersRead(condition: CheckedExpression): readonly string[] {
  return condition.reads
    .filter((path) => path !== 'outcome')
    .map((path) => pointerTo(path.split('.')));
}

/** The pointer of the question at which a rule's message stands, if its author named one. */
export function placeOf(rule: FormRule, form: Form): string | undefined {
  if (rule.at === undefined) return undefined;
  const own = form.pages
    .flatMap(({ fields }) => fields)
    .some(({ scope, target }) => scope === 'form' && target.join('.') === rule.at?.join('.'));
  return own ? pointerOf([OWN, ...rule.at]) : pointerTo(rule.at);
}

function pointerTo(path: readonly string[]): string {
  const [first, ...rest] = path;
  return pointerOf(first === 'form' ? [OWN, ...rest] : path);
}
