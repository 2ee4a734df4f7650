import type { Classification } from '../classification.ts';
import { PUBLIC } from '../classification.ts';
import type { Kind, ValueType } from './value-type.ts';

/** The kinds that need nothing but their name. */
export type PlainKind = Exclude<Kind, 'list' | 'object' | 'one of' | 'file'>;

/** Makes a public type of a plain kind; never empty. */
export function plain(kind: PlainKind): ValueType {
  return { kind, mayBeEmpty: false, classification: PUBLIC };
}

export const TEXT = plain('text');
export const YES_NO = plain('yes/no');
export const WHOLE_NUMBER = plain('whole number');
/** A duration that may be empty. */
export const DURATION: ValueType = { ...plain('duration'), mayBeEmpty: true };
/** The type of the literal `null`. */
export const EMPTY: ValueType = { kind: 'empty', mayBeEmpty: true, classification: PUBLIC };

/** The type of an empty list's items: there are none that could tell their kind. */
export const NO_VALUE: ValueType = { kind: 'empty', mayBeEmpty: false, classification: PUBLIC };

/** Makes the type of a list; it is as sensitive as its items. */
export function listOf(of: ValueType): ValueType {
  return { kind: 'list', of, mayBeEmpty: false, classification: of.classification };
}

/** Makes the type of a value that is one of a few; a choice may bring fields beside it. */
export function oneOf(
  choices: readonly (string | number)[],
  brings?: Readonly<Record<string, readonly string[]>>,
): ValueType {
  const plainly = { kind: 'one of', choices, mayBeEmpty: false, classification: PUBLIC } as const;
  return brings === undefined ? plainly : { ...plainly, brings };
}

/** Makes the type of an object of which every field that cannot be empty is required. */
export function objectOf(
  fields: Readonly<Record<string, ValueType>>,
  classification: Classification = PUBLIC,
): ValueType {
  return {
    kind: 'object',
    fields,
    required: Object.keys(fields).filter((name) => fields[name]?.mayBeEmpty === false),
    mayBeEmpty: false,
    classification,
  };
}

/** The same type, saying whether its values may be missing. */
export function withEmptiness(type: ValueType, mayBeEmpty: boolean): ValueType {
  return type.mayBeEmpty === mayBeEmpty ? type : { ...type, mayBeEmpty };
}

/** Finds a field of an object's type; only what the type itself names. */
export function fieldOf(type: ValueType, name: string): ValueType | undefined {
  return type.kind === 'object' && Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
}

/** The same type without the value that a literal has. */
export function withoutLiteral(type: ValueType): ValueType {
  return type.literal === undefined ? type : without(type, 'literal');
}

/** A copy without one of its optional properties. */
export function without<T extends object>(value: T, key: keyof T): T {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as T;
}
