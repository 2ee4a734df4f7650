import { nearestName } from '../types/nearest-name.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Context } from './context.ts';
import { ELSEWHERE } from './elsewhere.ts';
import type { SyntaxOf } from './parse.ts';
import type { ExpressionCode } from './problem-codes.ts';
import type { Refusal } from './refusal.ts';
import { refuse, replacing } from './refusal.ts';
import { isQuestion } from './state-questions.ts';

/** `now`: the one name that every expression has. */
export const NOW = 'now';
const NAMES_SHOWN = 10;

/** Refuses a name that nothing here has, or that is a text without its quotes. */
export function unknownName(
  syntax: SyntaxOf<'id'>,
  context: Context,
  wanted: ValueType | undefined,
): Refusal {
  const name = syntax.args;
  const quoted = JSON.stringify(name);
  const isChoice = wanted?.kind === 'one of' && wanted.choices.includes(name);
  const elsewhere = ELSEWHERE.get(name);
  if (!isChoice && elsewhere !== undefined) {
    return refuse('unknown-name', syntax, `There is no "${name}" here: ${elsewhere}`);
  }
  const variables = Object.keys(context.shared.scope.variables).filter((one) => !isQuestion(one));
  const names = ['today()', ...context.locals.keys(), ...variables, NOW];
  if (isChoice || (wanted?.kind === 'text' && nearestName(name, names) === undefined)) {
    const message = `"${name}" is not a name that is known here. A text needs quotes: ${quoted}.`;
    throw refuse('missing-quotes', syntax, message, replacing(syntax, quoted));
  }
  const message = `There is no "${name}" here.`;
  return unknown('unknown-name', syntax, name, message, names);
}

/** Refuses a name: with the one that may be meant, else with what there is. */
export function unknown(
  code: ExpressionCode,
  place: { start: number; end: number },
  name: string,
  finding: string,
  names: readonly string[],
): Refusal {
  const near = nearestName(name, names);
  if (near !== undefined) {
    return refuse(code, place, `${finding} Did you mean "${near}"?`, replacing(place, near));
  }
  if (names.length === 0) return refuse(code, place, finding);
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  const more = names.length > NAMES_SHOWN ? ', …' : '';
  return refuse(code, place, `${finding} There is: ${shown}${more}.`);
}
