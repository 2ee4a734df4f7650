import type { JsonObject } from '../json.ts';
import { remembered } from '../remembered.ts';
import { withEmptiness } from './make-type.ts';
import type { ValueType } from './value-type.ts';

type ObjectType = Extract<ValueType, { kind: 'object' }>;

/**
 * The type of a value that is filled bit by bit: it and every field inside it may be empty. Lists
 * begin empty and are never missing; their items are whole.
 */
export const draftOf: (type: ValueType) => ValueType = remembered((type: ValueType): ValueType => {
  if (type.kind === 'list') return withEmptiness(type, false);
  if (type.kind !== 'object') return withEmptiness(type, true);
  const fields = Object.entries(type.fields).map(([name, field]) => [name, draftOf(field)]);
  return {
    ...type,
    fields: Object.fromEntries(fields) as Record<string, ValueType>,
    mayBeEmpty: true,
  };
});

/** Tells whether an object's type is a draft: a field may be empty that a whole value must have. */
export function isDraft(type: ObjectType): boolean {
  return type.required.some((name) => type.fields[name]?.mayBeEmpty === true);
}

/**
 * What a draft begins as: `[]` for a list, the same inside an object; `undefined` for all else.
 */
export function initialValue(draft: ValueType): JsonObject | readonly never[] | undefined {
  if (draft.kind === 'list') return [];
  if (draft.kind !== 'object') return undefined;
  const filled: Record<string, JsonObject | readonly never[]> = {};
  for (const [name, field] of Object.entries(draft.fields)) {
    const value = draft.required.includes(name) ? initialValue(field) : undefined;
    if (value !== undefined) filled[name] = value;
  }
  return Object.keys(filled).length > 0 ? filled : undefined;
}

/** The same type with nothing in it empty: what was checked before is compiled like this. */
export const wholeOf: (type: ValueType) => ValueType = remembered((type: ValueType): ValueType => {
  if (type.kind !== 'object') return withEmptiness(type, false);
  const fields = Object.entries(type.fields).map(([name, field]) => [name, wholeOf(field)]);
  return {
    ...type,
    fields: Object.fromEntries(fields) as Record<string, ValueType>,
    mayBeEmpty: false,
  };
});
