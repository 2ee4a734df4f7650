import type { Json, JsonObject } from '../../kernel/json.ts';

/** Writes the key of a record as one text: a text as it is, anything else as JSON. */
export function keyOf(key: readonly string[], value: JsonObject): string {
  const parts = key.map((name): Json => value[name] ?? null);
  const [first] = parts;
  return parts.length === 1 && typeof first === 'string' ? first : JSON.stringify(parts);
}

/** Writes what no other record may have as one text; `undefined` where a part of it is empty. */
export function uniqueOf(unique: readonly string[], value: JsonObject): string | undefined {
  const parts = unique.map((name): Json => value[name] ?? null);
  return parts.length === 0 || parts.includes(null) ? undefined : JSON.stringify(parts);
}
