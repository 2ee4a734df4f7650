import { nearestName } from '../types/nearest-name.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Context } from './context.ts';
import { FUNCTIONS } from './functions/functions.ts';
import type { Node } from './node.ts';
import type { Syntax, SyntaxOf } from './parse.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusal.ts';
import { ASK_ABOUT_STATE } from './syntax-traps.ts';

/** What stands in this language for functions that other languages have. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['has', 'x != null'],
  ['string', 'text(x)'],
  ['timestamp', 'date("2027-03-14")'],
  ['duration', 'hours(n)'],
  ['length', 'size(x)'],
  ['len', 'size(x)'],
  ['endsWith', 'matches(x, "end$")'],
  ['toUpperCase', 'upper(x)'],
  ['toLowerCase', 'lower(x)'],
  ['avg', 'sum(xs) / size(xs)'],
]);

/** Checks the use of a function, written `f(x, …)` or `x.f(…)`. */
export function checkCall(
  syntax: SyntaxOf<'call' | 'rcall'>,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  const name = syntax.args[0];
  const args: readonly Syntax[] =
    syntax.op === 'call' ? syntax.args[1] : [syntax.args[1], ...syntax.args[2]];
  const definition = FUNCTIONS.get(name);
  if (definition === undefined) throw unknownFunction(syntax, name);
  return definition.check({ definition, syntax, args, context, wanted });
}

function unknownFunction(syntax: SyntaxOf<'call' | 'rcall'>, name: string): Refusal {
  if (name === 'finished') return refuse('syntax', syntax, ASK_ABOUT_STATE);
  const finding = `There is no function "${name}".`;
  const other = OTHERS.get(name);
  if (other !== undefined) {
    return refuse('unknown-function', syntax, `${finding} Write ${other} instead.`);
  }
  const near = nearestName(name, [...FUNCTIONS.keys()]);
  const advice =
    near === undefined
      ? `There is: ${[...FUNCTIONS.keys()].join(', ')}.`
      : `Did you mean "${near}"?`;
  return refuse('unknown-function', syntax, `${finding} ${advice}`);
}
