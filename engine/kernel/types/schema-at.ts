import type { JsonSchema } from './value-type.ts';

/** Finds a locked type's schema by its name. */
export type ResolveType = (name: string) => JsonSchema | undefined;

/** Stands for any item in a path that goes through a list: `lines.[].sku`. */
export const ITEM = '[]';

/**
 * Finds the schema of what lies at `path` inside values of `schema`, following references to
 * locked types; `undefined` where the schema says nothing of it.
 */
export function schemaAt(
  schema: JsonSchema,
  path: readonly string[],
  resolve: ResolveType,
): JsonSchema | undefined {
  let current: JsonSchema | undefined = schema;
  for (const name of path) {
    current = propertyOf(current, name, resolve);
    if (current === undefined) return undefined;
  }
  return current;
}

function propertyOf(
  schema: JsonSchema | undefined,
  name: string,
  resolve: ResolveType,
): JsonSchema | undefined {
  if (schema === undefined || typeof schema === 'boolean') return undefined;
  const reference = schema['$ref'];
  if (typeof reference === 'string') return propertyOf(resolve(reference), name, resolve);
  if (name === ITEM) return schema['items'] as JsonSchema | undefined;
  const properties = schema['properties'] as Readonly<Record<string, JsonSchema>> | undefined;
  if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name];
  const parts = (schema['allOf'] ?? []) as readonly JsonSchema[];
  return parts.map((part) => propertyOf(part, name, resolve)).find((found) => found !== undefined);
}
