import type { Json, JsonObject } from '../kernel/json.ts';

/** Writes a path of names and indexes as a JSON Pointer (RFC 6901): `/lines/0/sku`. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${escapePart(String(part))}`).join('');
}

/** Reads a JSON Pointer back into its names. */
export function pathOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Answers the value at a pointer, or `undefined` where there is none. Reads own properties only. */
export function valueAt(document: Json, pointer: string): Json | undefined {
  let value: Json | undefined = document;
  for (const part of pathOf(pointer)) {
    if (value === null || typeof value !== 'object') return undefined;
    value = ownValue(value, part);
    if (value === undefined) return undefined;
  }
  return value;
}

/**
 * Copies a document with the value at a pointer replaced, or taken out where it is `undefined`.
 * Objects on the way are made as needed and taken out again when they become empty; a list is
 * never made, and an index outside a list changes nothing.
 */
export function withValueAt(
  document: JsonObject,
  pointer: string,
  value: Json | undefined,
): JsonObject {
  const changed = put(document, pathOf(pointer), value);
  return isObject(changed) ? changed : {};
}

/** Lays one document over another: objects join field by field, everything else is replaced. */
export function overlay(below: JsonObject, above: JsonObject): JsonObject {
  const result = new Map(Object.entries(below));
  for (const [name, value] of Object.entries(above)) {
    const under = result.get(name);
    result.set(name, isObject(under) && isObject(value) ? overlay(under, value) : value);
  }
  return Object.fromEntries(result);
}

/** Tells a JSON object from lists, scalars and nothing. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells a JSON list from everything else. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Makes the HTML id that belongs to a pointer; different pointers never share one. */
export function idOf(pointer: string): string {
  const parts = pathOf(pointer).map((part) =>
    part.replaceAll(/[^A-Za-z0-9]/gu, (char) => `_${(char.codePointAt(0) ?? 0).toString(16)}_`),
  );
  return ['f', ...parts].join('-');
}

function escapePart(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}

function ownValue(holder: JsonObject | readonly Json[], part: string): Json | undefined {
  if (isList(holder)) return /^(0|[1-9]\d{0,5})$/u.test(part) ? holder[Number(part)] : undefined;
  return Object.hasOwn(holder, part) ? holder[part] : undefined;
}

function put(
  holder: Json | undefined,
  path: readonly string[],
  value: Json | undefined,
): Json | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (isList(holder)) {
    return holder.map((item, index) =>
      String(index) === part ? (put(item, rest, value) ?? emptyLike(item)) : item,
    );
  }
  const fields = new Map(Object.entries(isObject(holder) ? holder : {}));
  const changed = put(fields.get(part), rest, value);
  if (changed === undefined) fields.delete(part);
  else fields.set(part, changed);
  return fields.size === 0 ? undefined : Object.fromEntries(fields);
}

// A list keeps the place of an item that lost its last field, so that the others keep theirs.
function emptyLike(item: Json): Json {
  return isObject(item) ? {} : item;
}
