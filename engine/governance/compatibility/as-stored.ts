import { fieldsAlone, itemsAlone, namesAllFields } from '../../kernel/types/alone.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { isSchemaObject, subschemas } from '../../kernel/validator/subschemas.ts';
import type { SchemaObject } from '../../kernel/validator/subschemas.ts';
import type { TypeFile } from '../core/types.ts';

/**
 * The schemas of types as their stored values are: what a type does not know is left out of a value
 * before it is kept (`createTrim`), so that an object whose fields are all named has no others.
 * Stays open: an extensible type, and one that a schema refers to beside other demands on the value.
 */
export function asStored(types: ReadonlyMap<string, TypeFile>): ReadonlyMap<string, JsonSchema> {
  const shared = sharedIn([...types.values()].map(({ schema }) => schema));
  return new Map(
    [...types].map(([name, { schema, extensible }]) => [
      name,
      closed(schema, !extensible && !shared.has(name)),
    ]),
  );
}

function closed(schema: JsonSchema, isClosed = true): JsonSchema {
  if (!isSchemaObject(schema)) return schema;
  const fields = fieldsAlone(schema);
  const items = itemsAlone(schema);
  return {
    ...schema,
    ...(fields !== undefined && { properties: closedFields(fields) }),
    ...(items !== undefined && { items: closed(items as JsonSchema) }),
    ...(isClosed &&
      fields !== undefined &&
      namesAllFields(schema, fields) && { additionalProperties: false }),
  };
}

function closedFields(fields: Readonly<Record<string, unknown>>): SchemaObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, closed(field as JsonSchema)]),
  );
}

/** The types that a schema refers to where it may demand more of the same value. */
function sharedIn(schemas: readonly unknown[]): ReadonlySet<string> {
  const alone = new Set<unknown>(reach(schemas, partsAlone));
  const shared = new Set<string>();
  for (const schema of reach(schemas, (one) => subschemas(one).map((inner) => inner.schema))) {
    const reference = schema['$ref'];
    const isAlone = alone.has(schema) && subschemas(schema).length === 0;
    if (typeof reference === 'string' && !isAlone) shared.add(reference);
  }
  return shared;
}

function partsAlone(schema: SchemaObject): readonly unknown[] {
  return [...Object.values(fieldsAlone(schema) ?? {}), itemsAlone(schema)];
}

/** Schemas with those that lie in them, as far as a step leads. */
function reach(
  schemas: readonly unknown[],
  step: (schema: SchemaObject) => readonly unknown[],
): ReadonlySet<SchemaObject> {
  const found = new Set<SchemaObject>();
  const open = [...schemas];
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    if (!isSchemaObject(next) || found.has(next)) continue;
    found.add(next);
    open.push(...step(next));
  }
  return found;
}
