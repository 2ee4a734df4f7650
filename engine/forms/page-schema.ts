import type { Column } from '../kernel/definition/form.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import { fieldsOf, flattened, itemsOf, requiredOf } from './schema-facets.ts';
import type { SchemaObject } from './self-contained.ts';

/** A part of a document and the schema it must fit. */
export interface Part {
  readonly target: readonly string[];
  readonly schema: JsonSchema;
}

/**
 * Makes the schema of a document of which only some parts are known: what encloses a part need not
 * be there, and whatever else the document holds is left alone.
 */
export function documentSchema(parts: readonly Part[]): JsonSchema {
  const whole = parts.find(({ target }) => target.length === 0);
  if (whole !== undefined) return whole.schema;
  const names = [...new Set(parts.map(({ target }) => target[0] ?? ''))];
  const properties = names.map((name) => [name, documentSchema(below(parts, name))] as const);
  return { type: 'object', properties: Object.fromEntries(properties) };
}

/** Cuts the schema of a list's entry down to the columns asked for, with those required that must be. */
export function entrySchema(schema: JsonSchema, columns: readonly Column[]): SchemaObject {
  const names = columns.map(({ name }) => name);
  const needed = [
    ...requiredOf(schema),
    ...columns.filter(({ required }) => required).map(({ name }) => name),
  ];
  const title = flattened(schema)['title'];
  const fields = Object.entries(fieldsOf(schema)).filter(([name]) => names.includes(name));
  const ordered = fields.sort(([a], [b]) => names.indexOf(a) - names.indexOf(b));
  return {
    type: 'object',
    ...(title === undefined ? {} : { title }),
    properties: Object.fromEntries(ordered),
    required: names.filter((name) => needed.includes(name)),
  };
}

/** Cuts the entries of a list's schema down to the columns that are asked for. */
export function withColumns(schema: JsonSchema, columns: readonly Column[]): SchemaObject {
  return { ...flattened(schema), items: entrySchema(itemsOf(schema), columns) };
}

/** Takes what lies at a path, through objects alone, out of a schema. */
export function withoutPath(
  schema: JsonSchema,
  [name = '', ...rest]: readonly string[],
): SchemaObject {
  const fields = Object.entries(fieldsOf(schema));
  const kept =
    rest.length === 0
      ? fields.filter(([field]) => field !== name)
      : fields.map(([field, inside]) => [
          field,
          field === name ? withoutPath(inside, rest) : inside,
        ]);
  return {
    ...flattened(schema),
    properties: Object.fromEntries(kept) as SchemaObject,
    required: requiredOf(schema).filter((field) => field !== name || rest.length > 0),
    // Another page fills the rest.
    additionalProperties: true,
  };
}

function below(parts: readonly Part[], name: string): readonly Part[] {
  return parts
    .filter(({ target }) => target[0] === name)
    .map(({ target, schema }) => ({ target: target.slice(1), schema }));
}
