import type { Path } from '../problem.ts';
import type { JsonSchema } from '../types/value-type.ts';

export type SchemaObject = Exclude<JsonSchema, boolean>;

/** A schema inside a schema. With `inPlace` it is held against the same value as its parent. */
export interface Subschema {
  readonly path: Path;
  readonly schema: unknown;
  readonly inPlace: boolean;
}

const MAPS = ['properties', 'patternProperties', '$defs', 'dependentSchemas'] as const;
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
const SINGLES = [
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'not',
  'if',
  'then',
  'else',
] as const;
const IN_PLACE: ReadonlySet<string> = new Set([
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'],
]);

/** Lists the schemas directly inside a schema, with their paths. */
export function subschemas(schema: SchemaObject): Subschema[] {
  const found: Subschema[] = [];
  const add = (keyword: string, path: Path, inner: unknown): void => {
    found.push({ path, schema: inner, inPlace: IN_PLACE.has(keyword) });
  };
  for (const keyword of SINGLES) {
    if (Object.hasOwn(schema, keyword)) add(keyword, [keyword], schema[keyword]);
  }
  for (const keyword of LISTS) {
    const list = schema[keyword];
    if (!Array.isArray(list)) continue;
    for (const [index, inner] of list.entries()) add(keyword, [keyword, index], inner);
  }
  for (const keyword of MAPS) {
    const map = schema[keyword];
    if (!isSchemaObject(map)) continue;
    for (const [name, inner] of Object.entries(map)) add(keyword, [keyword, name], inner);
  }
  return found;
}

/** Tells whether a value is an object that may be a schema. */
export function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
