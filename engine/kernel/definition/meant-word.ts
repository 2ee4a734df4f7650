import type { Path } from '../problem.ts';
import { nearestName } from '../types/nearest-name.ts';
import { KINDS } from '../types/value-type.ts';
import type { SchemaError } from '../validator/schema-error.ts';
import { TYPE } from './schema/patterns.ts';

/** What other languages call the kinds. */
const ELSEWHERE: ReadonlyMap<string, (typeof KINDS)[number]> = new Map([
  ['string', 'text'],
  ['email', 'text'],
  ['integer', 'whole number'],
  ['int', 'whole number'],
  ['whole', 'whole number'],
  ['float', 'number'],
  ['double', 'number'],
  ['money', 'decimal'],
  ['currency', 'decimal'],
  ['amount', 'decimal'],
  ['boolean', 'yes/no'],
  ['bool', 'yes/no'],
  ['yesno', 'yes/no'],
  ['datetime', 'date-time'],
  ['timestamp', 'date-time'],
  ['time', 'date-time'],
  ['array', 'list'],
  ['record', 'object'],
  ['map', 'object'],
  ['enum', 'one of'],
  ['choice', 'one of'],
  ['oneof', 'one of'],
  ['select', 'one of'],
  ['upload', 'file'],
  ['document', 'file'],
]);

/**
 * Finds what was probably meant by a word that may not stand where it does: one of the words that
 * may, or a kind by the name that it has elsewhere, as YAML. `undefined` where nothing comes near.
 */
export function meantWord(error: SchemaError, path: Path, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const { allowedValues, pattern } = error.params;
  if (Array.isArray(allowedValues)) {
    const words = (allowedValues as readonly unknown[]).filter((one) => typeof one === 'string');
    return path.at(-1) === 'kind' ? meantKind(value) : nearestName(value, words);
  }
  // A type in the data is a name; a kind stands in braces.
  const kind = pattern === TYPE ? meantKind(value) : undefined;
  return kind === undefined ? undefined : `{ kind: ${kind} }`;
}

/** The kind that a word probably means: a kind, what other languages call it, or nearly so. */
export function meantKind(word: string): string | undefined {
  const plain = word.toLowerCase();
  const kind = KINDS.find((one) => one === plain);
  return kind ?? ELSEWHERE.get(plain.replaceAll(/[ _-]/gu, '')) ?? nearestName(plain, KINDS);
}
