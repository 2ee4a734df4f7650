import type { Json } from '../../kernel/json.ts';
import { remembered } from '../../kernel/remembered.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';
import type { BodyPath } from './sealed.ts';

/** The tag of what tells of a person. */
const PERSONAL = 'personal';

/**
 * Which parts of a value are personal. What a type does not know is: nobody can say what it tells of.
 * A file is as well, for whoever sends one may name anybody in it.
 */
export type PersonalMask =
  | { readonly kind: 'none' | 'whole' }
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, PersonalMask> }
  | { readonly kind: 'items'; readonly of: PersonalMask };

export const NONE: PersonalMask = { kind: 'none' };
export const WHOLE: PersonalMask = { kind: 'whole' };

/** The parts of values of a type that are personal. */
export const maskOf: (type: ValueType) => PersonalMask = remembered(maskOfType);

/** An object, and a list of objects, is as personal as each of its fields: what is said of all stands at each. */
function maskOfType(type: ValueType): PersonalMask {
  if (type.kind === 'list') {
    const of = maskOf(type.of);
    return of.kind === 'fields' || of.kind === 'items' ? { kind: 'items', of } : of;
  }
  if (type.kind === 'object' && Object.keys(type.fields).length > 0) {
    return maskOfFields(
      Object.entries(type.fields).map(([name, field]): [string, PersonalMask] => [
        name,
        maskOf(field),
      ]),
    );
  }
  return type.kind === 'file' || type.classification.tags.includes(PERSONAL) ? WHOLE : NONE;
}

/** The parts of an object that are personal, by its fields. */
export function maskOfFields(fields: readonly (readonly [string, PersonalMask])[]): PersonalMask {
  return { kind: 'fields', fields: new Map(fields) };
}

/** Tells whether a value of which no part is unknown can hold something personal. */
export function holdsPersonal(mask: PersonalMask): boolean {
  switch (mask.kind) {
    case 'none':
      return false;
    case 'whole':
      return true;
    case 'items':
      return holdsPersonal(mask.of);
    case 'fields':
      return [...mask.fields.values()].some(holdsPersonal);
  }
}

/** The places of the personal parts of a value, below `at`. */
export function personalPaths(
  value: Json | undefined,
  mask: PersonalMask,
  at: BodyPath,
): readonly BodyPath[] {
  if (value === undefined || isNothing(value) || mask.kind === 'none') return [];
  if (isList(value)) {
    if (mask.kind !== 'items') return [at];
    return value.flatMap((item, index) => personalPaths(item, mask.of, [...at, index]));
  }
  if (typeof value !== 'object' || value === null || mask.kind !== 'fields') return [at];
  return Object.entries(value).flatMap(([name, inner]) =>
    personalPaths(inner, mask.fields.get(name) ?? WHOLE, [...at, name]),
  );
}

/** A value without its personal parts; nothing where all of it is personal. */
export function withoutPersonal(value: Json, mask: PersonalMask): Json | undefined {
  if (isNothing(value) || mask.kind === 'none') return value;
  if (isList(value)) {
    if (mask.kind !== 'items') return undefined;
    return value.flatMap((item) => withoutPersonal(item, mask.of) ?? []);
  }
  if (typeof value !== 'object' || value === null || mask.kind !== 'fields') return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
      const left = withoutPersonal(inner, mask.fields.get(name) ?? WHOLE);
      return left === undefined ? [] : [[name, left]];
    }),
  );
}

/** An empty value tells nothing of anybody. */
function isNothing(value: Json): boolean {
  return value === null || value === '' || (isList(value) && value.length === 0);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
