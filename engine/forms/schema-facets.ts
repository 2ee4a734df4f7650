import type { Json } from '../kernel/json.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import { humanise } from './label.ts';
import type { Choice } from './form-model.ts';
import type { SchemaObject } from './self-contained.ts';
import { isSchemaObject } from './self-contained.ts';

/** What kind of answer a schema asks for; `other` is what only JSON can hold. */
export type AnswerKind =
  | 'text'
  | 'number'
  | 'whole number'
  | 'decimal'
  | 'yes/no'
  | 'date'
  | 'one of'
  | 'list'
  | 'object'
  | 'file'
  | 'other';

/** The keywords by which an object says more than which fields it has. */
const COMPOSED = ['anyOf', 'oneOf', 'if', 'dependentSchemas', 'dependencies', 'not'];

/** Joins the parts of an `allOf` into one schema, for reading; what is said twice holds as said first. */
export function flattened(schema: JsonSchema): SchemaObject {
  if (typeof schema === 'boolean') return {};
  const { allOf, ...own } = schema;
  if (!Array.isArray(allOf)) return own;
  return allOf
    .filter(isSchemaObject)
    .map(flattened)
    .reduce<SchemaObject>(
      (joined, part) => ({ ...part, ...joined, ...joinedFields(joined, part) }),
      own,
    );
}

/** Tells what kind of answer a schema asks for. */
export function answerKind(schema: JsonSchema): AnswerKind {
  const flat = flattened(schema);
  if ('x-accept' in flat) return 'file';
  if (choicesOf(flat) !== undefined) return 'one of';
  const composed = COMPOSED.some((keyword) => keyword in flat);
  const type = typeName(flat);
  if (type === 'object') {
    return composed && Object.keys(fieldsOf(flat)).length === 0 ? 'other' : 'object';
  }
  return composed ? 'other' : plainKind(type, flat);
}

/** The allowed values of an `enum`, a `const` or an `anyOf`/`oneOf` of constants, with their titles. */
export function choicesOf(schema: JsonSchema): readonly Choice[] | undefined {
  const flat = flattened(schema);
  const listed = listedValues(flat);
  if (listed === undefined) return undefined;
  // An empty text stands for no answer, and so does null: neither can be chosen.
  const values = listed.filter(({ value }) => value !== null && value !== '');
  if (values.length === 0) return undefined;
  const texts = values.every(({ value }) => typeof value === 'string');
  return values.map(({ value, title }) => ({
    value,
    posted: texts && typeof value === 'string' ? value : JSON.stringify(value),
    label: title ?? (typeof value === 'string' ? value : JSON.stringify(value)),
  }));
}

/** The fields of an object, in their order. */
export function fieldsOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  const properties = flattened(schema)['properties'];
  return isSchemaObject(properties) ? (properties as Record<string, JsonSchema>) : {};
}

/** Tells whether a value is a file or has one inside. */
export function holdsFile(schema: JsonSchema): boolean {
  const kind = answerKind(schema);
  if (kind === 'list') return holdsFile(itemsOf(schema));
  return kind === 'object' ? Object.values(fieldsOf(schema)).some(holdsFile) : kind === 'file';
}

/** The names of the fields that an object must have. */
export function requiredOf(schema: JsonSchema): readonly string[] {
  const required = flattened(schema)['required'];
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

/** The schema of a list's entries. */
export function itemsOf(schema: JsonSchema): JsonSchema {
  const items = flattened(schema)['items'];
  return isSchemaObject(items) ? items : true;
}

/** A keyword's number, where it is one. */
export function numberOf(schema: JsonSchema, keyword: string): number | undefined {
  const value = flattened(schema)[keyword];
  return typeof value === 'number' ? value : undefined;
}

/** A keyword's text, where it is one and not empty. */
export function textOf(schema: JsonSchema, keyword: string): string | undefined {
  const value = flattened(schema)[keyword];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The label of a field: its schema's title, else its name in plain words. */
export function labelOf(schema: JsonSchema, name: string): string {
  return textOf(schema, 'title') ?? humanise(name);
}

function joinedFields(a: SchemaObject, b: SchemaObject): SchemaObject {
  const properties = { ...fieldsOf(b), ...fieldsOf(a) };
  const required = [...new Set([...requiredOf(a), ...requiredOf(b)])];
  return {
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
  };
}

function typeName(flat: SchemaObject): string | undefined {
  const { type } = flat;
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) {
    const named = type.filter((name) => name !== 'null');
    return named.length === 1 && typeof named[0] === 'string' ? named[0] : undefined;
  }
  return 'properties' in flat ? 'object' : undefined;
}

function plainKind(type: string | undefined, flat: SchemaObject): AnswerKind {
  switch (type) {
    case 'string':
      return stringKind(flat);
    case 'integer':
      return 'whole number';
    case 'number':
      return 'number';
    case 'boolean':
      return 'yes/no';
    case 'array':
      return isSchemaObject(flat['items']) && !('prefixItems' in flat) ? 'list' : 'other';
    default:
      return 'other';
  }
}

function stringKind(flat: SchemaObject): AnswerKind {
  if (flat['format'] === 'date') return 'date';
  if (flat['format'] === 'decimal') return 'decimal';
  return 'text';
}

interface Listed {
  readonly value: Json;
  readonly title?: string;
}

function listedValues(flat: SchemaObject): readonly Listed[] | undefined {
  if (Array.isArray(flat['enum'])) return flat['enum'].map((value: Json) => ({ value }));
  if ('const' in flat) return [{ value: flat['const'] as Json }];
  const parts = flat['oneOf'] ?? flat['anyOf'];
  if (!Array.isArray(parts) || parts.length === 0) return undefined;
  const constants = parts.filter(isSchemaObject).filter((part) => 'const' in part);
  if (constants.length !== parts.length) return undefined;
  return constants.map((part) => {
    const { title } = part;
    const value = part['const'] as Json;
    return typeof title === 'string' ? { value, title } : { value };
  });
}
