import type { JsonSchema } from '../kernel/types/value-type.ts';

/** The locked types that a value with schemas in it refers to, and those that these refer to, by name. */
export function referencesIn(
  value: unknown,
  types: ReadonlyMap<string, JsonSchema>,
): Readonly<Record<string, JsonSchema>> {
  const found: Record<string, JsonSchema> = {};
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, inner] of Object.entries(next as Record<string, unknown>)) {
      open.push(inner ?? null);
      const type = key === '$ref' && typeof inner === 'string' ? types.get(inner) : undefined;
      if (typeof inner !== 'string' || type === undefined || Object.hasOwn(found, inner)) continue;
      found[inner] = type;
      open.push(type);
    }
  }
  return found;
}
