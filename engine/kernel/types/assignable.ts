import { nearestName } from './nearest-name.ts';
import { isDraft } from './draft.ts';
import { whyUnfit } from './file-type.ts';
import { showChoices, showKind } from './show.ts';
import type { ValueType } from './value-type.ts';

/** One reason why a value does not fit where it is to go. */
export interface Mismatch {
  readonly code: 'wrong-kind' | 'may-be-empty' | 'not-a-choice';
  /** The fields that lead from the value to the part that does not fit; empty for the whole. */
  readonly path: readonly string[];
  /** A whole sentence: `text is not a decimal.` */
  readonly message: string;
  readonly suggestion?: string;
}

type ObjectType = Extract<ValueType, { kind: 'object' }>;

/** The most reasons that are given for one value. */
const MOST = 20;

/**
 * Tells why a value of type `from` cannot go where `to` is expected; an empty list means that it
 * can, as it is stored. A whole number is a number; what is one of a few texts is a text; a number
 * and a decimal never mix. Classification plays no part.
 */
export function assignable(from: ValueType, to: ValueType): readonly Mismatch[] {
  const found: Mismatch[] = [];
  compare(from, to, [], found);
  return found.slice(0, MOST);
}

function compare(from: ValueType, to: ValueType, path: readonly string[], found: Mismatch[]): void {
  // Half-filled drafts are told field by field: that is what their author has to fill.
  const isHalfFilled = from.kind === 'object' && to.kind === 'object' && isDraft(from);
  if (from.mayBeEmpty && !to.mayBeEmpty && !(isHalfFilled && to.required.length > 0)) {
    found.push({ code: 'may-be-empty', path, message: `It may be empty here.` });
    return;
  }
  if (from.kind === 'empty') return;
  if (from === to || found.length > MOST) return;
  compareKinds(from, to, path, found);
}

function compareKinds(
  from: ValueType,
  to: ValueType,
  path: readonly string[],
  found: Mismatch[],
): void {
  if (from.kind === 'list' && to.kind === 'list') {
    compare(from.of, to.of, path, found);
  } else if (from.kind === 'object' && to.kind === 'object') {
    compareFields(from, to, path, found);
  } else if (from.kind === 'file' && to.kind === 'file') {
    const message = whyUnfit(from, to);
    if (message !== undefined) found.push({ code: 'wrong-kind', path, message });
  } else if (to.kind === 'one of') {
    compareChoices(from, to.choices, path, found);
  } else if (!fits(from, to)) {
    found.push(wrongKind(from, to, path));
  }
}

function fits(from: ValueType, to: ValueType): boolean {
  if (from.kind === to.kind) return true;
  if (from.kind === 'whole number') return to.kind === 'number';
  if (from.kind !== 'one of') return false;
  const isText = from.choices.every((choice) => typeof choice === 'string');
  return isText ? to.kind === 'text' : from.choices.every(Number.isFinite) && to.kind === 'number';
}

function compareFields(
  from: ObjectType,
  to: ObjectType,
  path: readonly string[],
  found: Mismatch[],
): void {
  for (const [name, wanted] of Object.entries(to.fields)) {
    const given = Object.hasOwn(from.fields, name) ? from.fields[name] : undefined;
    const place = [...path, name];
    if (given !== undefined) {
      // A draft's optional part that nothing fills is simply left out.
      if (!(given.mayBeEmpty && wanted.mayBeEmpty && given.kind === 'object')) {
        compare(given, wanted, place, found);
      }
    } else if (!wanted.mayBeEmpty) {
      const message = `${showKind(from)} has no field "${name}", which ${showKind(to)} needs.`;
      found.push({ code: 'wrong-kind', path, message });
    }
  }
}

function compareChoices(
  from: ValueType,
  choices: readonly (string | number)[],
  path: readonly string[],
  found: Mismatch[],
): void {
  const given = from.kind === 'one of' ? from.choices : literalOf(from);
  if (given === undefined) {
    found.push({
      code: 'wrong-kind',
      path,
      message: `This is ${withArticle(showKind(from))}, but it must be one of: ${showChoices(choices)}.`,
    });
    return;
  }
  for (const value of given) {
    if (!choices.includes(value)) found.push({ path, ...notAChoice(value, choices) });
  }
}

/** Says that a value is not among the allowed ones, and which one was probably meant. */
export function notAChoice(
  value: string | number | boolean,
  choices: readonly (string | number)[],
): Omit<Mismatch, 'path'> {
  const near = nearestName(String(value), choices.map(String));
  return {
    code: 'not-a-choice',
    message:
      `"${String(value)}" is not one of the allowed values: ${showChoices(choices)}.` +
      (near === undefined ? '' : ` Did you mean "${near}"?`),
    ...(near !== undefined && { suggestion: near }),
  };
}

function literalOf(type: ValueType): readonly (string | number)[] | undefined {
  const { literal } = type;
  return typeof literal === 'string' || typeof literal === 'number' ? [literal] : undefined;
}

function wrongKind(from: ValueType, to: ValueType, path: readonly string[]): Mismatch {
  const advice = from.kind === 'number' && to.kind === 'decimal' ? ' The two never mix.' : '';
  return {
    code: 'wrong-kind',
    path,
    message: `This is ${withArticle(showKind(from))}, but ${withArticle(showKind(to))} is needed here.${advice}`,
  };
}

/** Puts `a` or `an` before the name of a kind. */
export function withArticle(name: string): string {
  if (name === 'empty' || name.startsWith('one of')) return name;
  return /^[aeiou]/i.test(name) ? `an ${name}` : `a ${name}`;
}
