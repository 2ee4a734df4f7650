import type { Classification, Level } from '../classification.ts';
import { LEVELS, PUBLIC, join } from '../classification.ts';
import { isSchemaObject, subschemas } from '../validator/subschemas.ts';
import type { SchemaObject } from '../validator/subschemas.ts';

/** Finds what a `$ref` means, with what it is read in. */
export type Resolve = (reference: string) => SchemaObject | undefined;

/** Keywords whose schemas become types of their own, each with what it declares. */
const TYPED: ReadonlySet<unknown> = new Set(['properties', 'items', '$defs']);

/**
 * Joins what a schema declares of its values: beside its other keywords, and in all branches and
 * maps inside it that no type is made of. What is said of one branch holds for the whole.
 */
export function classificationWithin(schema: SchemaObject, resolve: Resolve): Classification {
  return join(declaredClassification(schema), declaredInside(schema, resolve, new Set()));
}

/** What a schema itself says of how sensitive its values are. */
export function declaredClassification(schema: SchemaObject): Classification {
  const level = LEVELS.find((known): known is Level => known === schema['x-classification']);
  const tags = Array.isArray(schema['x-tags']) ? (schema['x-tags'] as string[]) : [];
  if (level === undefined && tags.length === 0) return PUBLIC;
  return { level: level ?? 'public', tags: [...new Set(tags)].sort() };
}

function declaredInside(
  schema: SchemaObject,
  resolve: Resolve,
  seen: Set<SchemaObject>,
): Classification {
  return subschemas(schema)
    .filter(({ path: [keyword] }) => !TYPED.has(keyword))
    .map(({ path, schema: inner }) =>
      // The fields of an `allOf` are fields of the whole, each with its own.
      path[0] === 'allOf' && isSchemaObject(inner)
        ? join(declaredClassification(inner), declaredInside(inner, resolve, seen))
        : declaredAnywhere(inner, resolve, seen),
    )
    .reduce(join, PUBLIC);
}

function declaredAnywhere(
  schema: unknown,
  resolve: Resolve,
  seen: Set<SchemaObject>,
): Classification {
  if (!isSchemaObject(schema) || seen.has(schema)) return PUBLIC;
  seen.add(schema);
  const reference = schema['$ref'];
  const referred = typeof reference === 'string' ? resolve(reference) : undefined;
  return [referred, ...subschemas(schema).map((part) => part.schema)]
    .map((part) => declaredAnywhere(part, resolve, seen))
    .reduce(join, declaredClassification(schema));
}
