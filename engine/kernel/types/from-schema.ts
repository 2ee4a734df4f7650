import { PUBLIC, join } from '../classification.ts';
import { isSchemaObject } from '../validator/subschemas.ts';
import { raise } from './classify.ts';
import { classificationWithin } from './declared-classification.ts';
import { draftOf } from './draft.ts';
import { fileOf } from './file-type.ts';
import type { PlainKind } from './make-type.ts';
import { EMPTY, oneOf, plain, withEmptiness } from './make-type.ts';
import type { ResolveType } from './schema-at.ts';
import type { JsonSchema, ValueType } from './value-type.ts';

export interface FromSchemaOptions {
  /** The locked type that the schema is of: names the object and the origin of its fields. */
  readonly typeName?: string;
  /** Makes the type of a draft instead of a whole value. (Default: false) */
  readonly draft?: boolean;
}

interface Place {
  readonly resolve: ResolveType;
  /** The schema that `#/$defs/…` points into. */
  readonly root: Schema;
  /** `Quote`, `Quote.address`: what the origin of a field begins with. */
  readonly origin?: string;
  /** How many references were followed to come here. */
  readonly depth: number;
  /** What was read before, so that types which name each other many times stay small. */
  readonly known: Map<string, ValueType>;
}

type Schema = Readonly<Record<string, unknown>>;

/** How many references are followed into one another; beyond, an object's fields are not told. */
const DEEPEST = 8;

const KIND_OF_FORMAT: Readonly<Record<string, PlainKind>> = {
  date: 'date',
  'date-time': 'date-time',
  duration: 'duration',
  decimal: 'decimal',
};

/** A value of which the schema says nothing that an expression could use. */
const OPAQUE: ValueType = {
  kind: 'object',
  fields: {},
  required: [],
  mayBeEmpty: false,
  classification: PUBLIC,
};

/**
 * Makes the type of the values that a locked JSON Schema (2020-12) describes. A `$ref` is another
 * type's bare name or `#/$defs/NAME`. A schema that allows values of several kinds, and what lies
 * deeper than 8 references, becomes an object without fields: it can be handed on but not looked into.
 */
export function typeFromSchema(
  schema: JsonSchema,
  resolve: ResolveType,
  options: FromSchemaOptions = {},
): ValueType {
  const { typeName } = options;
  const type = read(schema, {
    resolve,
    root: typeof schema === 'boolean' ? {} : schema,
    depth: 0,
    known: new Map(),
    ...(typeName !== undefined && { origin: typeName }),
  });
  const named =
    type.kind === 'object' && typeName !== undefined ? { ...type, name: typeName } : type;
  return options.draft === true ? draftOf(named) : named;
}

function read(schema: JsonSchema, place: Place): ValueType {
  if (typeof schema === 'boolean') return OPAQUE;
  const reference = schema['$ref'];
  const type =
    typeof reference === 'string' ? readReference(reference, place) : readInline(schema, place);
  return raise(
    type,
    classificationWithin(schema, (name) => target(name, place)?.schema),
  );
}

function readReference(reference: string, place: Place): ValueType {
  const depth = place.depth + 1;
  const key = `${depth} ${reference.startsWith('#') ? (place.origin ?? '') : ''}${reference}`;
  const known = place.known.get(key);
  if (known !== undefined) return known;
  const type = depth > DEEPEST ? OPAQUE : resolveReference(reference, { ...place, depth });
  place.known.set(key, type);
  return type;
}

function resolveReference(reference: string, place: Place): ValueType {
  const found = target(reference, place);
  if (found === undefined) return OPAQUE;
  const type = read(found.schema, found.place);
  const isLocal = reference.startsWith('#');
  return type.kind === 'object' && !isLocal ? { ...type, name: reference } : type;
}

/** What a reference means, and what that is read in. */
function target(
  reference: string,
  place: Place,
): { readonly schema: Schema; readonly place: Place } | undefined {
  if (reference === '#') return { schema: place.root, place };
  if (reference.startsWith('#/$defs/')) {
    const definition = own(record(place.root['$defs']), reference.slice('#/$defs/'.length));
    return isSchemaObject(definition) ? { schema: definition, place } : undefined;
  }
  const schema = place.resolve(reference);
  if (schema === undefined || typeof schema === 'boolean') return undefined;
  return { schema, place: { ...place, root: schema, origin: reference } };
}

function readInline(schema: Schema, place: Place): ValueType {
  const choices = choicesOf(schema);
  if (choices !== undefined) return typeOfChoices(choices);
  const kinds = typesOf(schema);
  const type = readKind(
    kinds.find((kind) => kind !== 'null'),
    schema,
    place,
  );
  return withEmptiness(type, type.mayBeEmpty || kinds.includes('null'));
}

function readKind(kind: unknown, schema: Schema, place: Place): ValueType {
  switch (kind) {
    case 'string':
      return readText(schema);
    case 'integer':
      return plain('whole number');
    case 'number':
      return plain('number');
    case 'boolean':
      return plain('yes/no');
    case 'array':
      return readList(schema, place);
    case 'object':
      return 'x-accept' in schema ? readFile(schema) : readObject(schema, place);
    default:
      return readBranches(schema, place);
  }
}

function readFile({ 'x-accept': accept, 'x-maxSize': maxSize }: Schema): ValueType {
  return fileOf(
    Array.isArray(accept) ? (accept as string[]) : undefined,
    typeof maxSize === 'string' ? maxSize : undefined,
  );
}

function readText(schema: Schema): ValueType {
  const format = schema['format'];
  return plain((typeof format === 'string' ? own(KIND_OF_FORMAT, format) : undefined) ?? 'text');
}

function readList(schema: Schema, place: Place): ValueType {
  const items = schema['items'];
  const of = items === undefined ? OPAQUE : read(items as JsonSchema, place);
  return { kind: 'list', of, mayBeEmpty: false, classification: of.classification };
}

function readObject(schema: Schema, place: Place): ValueType {
  const required = requiredIn(schema);
  const fields = new Map<string, ValueType>();
  for (const [name, property] of Object.entries(record(schema['properties'])))
    fields.set(name, readField(name, property as JsonSchema, required.includes(name), place));
  const parts = Array.isArray(schema['allOf']) ? (schema['allOf'] as unknown[]) : [];
  const needed = new Set([...required, ...parts.flatMap(requiredIn)]);
  for (const part of branches(schema['allOf'], place)) {
    if (part.kind !== 'object') continue;
    for (const name of part.required) needed.add(name);
    for (const [name, field] of Object.entries(part.fields))
      fields.set(name, both(fields.get(name), field));
  }
  const known = [...needed].filter((name) => fields.has(name));
  for (const [name, field] of fields)
    if (needed.has(name) && !required.includes(name)) fields.set(name, withEmptiness(field, false));
  const classification = [...fields.values()]
    .map((field) => field.classification)
    .reduce(join, PUBLIC);
  return {
    kind: 'object',
    // A plain assignment to `__proto__` would not make a field of that name.
    fields: Object.fromEntries(fields),
    ...{ required: known, mayBeEmpty: false, classification },
  };
}

function requiredIn(schema: unknown): readonly string[] {
  const required = isSchemaObject(schema) ? schema['required'] : undefined;
  return Array.isArray(required) ? (required as string[]) : [];
}

/** A field that two parts of an `allOf` describe: as the first says, and as sensitive as both. */
function both(first: ValueType | undefined, field: ValueType): ValueType {
  return first === undefined ? field : raise(first, field.classification);
}

function readField(
  name: string,
  property: JsonSchema,
  isRequired: boolean,
  place: Place,
): ValueType {
  const origin = place.origin === undefined ? undefined : `${place.origin}.${name}`;
  const type = read(property, origin === undefined ? place : { ...place, origin });
  const filled = withEmptiness(type, type.mayBeEmpty || !isRequired);
  return origin === undefined ? filled : { ...filled, origin };
}

/** `oneOf`, `anyOf` and `allOf` tell a kind only where all that they allow has the same one. */
function readBranches(schema: Schema, place: Place): ValueType {
  if ('properties' in schema) return readObject(schema, place);
  const all = branches(schema['allOf'], place);
  if (all.filter(hasFields).length > 1) return readObject(schema, place);
  if (all.length > 0) return all.find((type) => !isOpaque(type)) ?? OPAQUE;
  const any = [...branches(schema['oneOf'], place), ...branches(schema['anyOf'], place)];
  const [first, ...rest] = any.filter((type) => type.kind !== 'empty');
  if (first === undefined || !rest.every((type) => isSamePlainKind(first, type))) return OPAQUE;
  return withEmptiness(first, any.length > rest.length + 1 || first.mayBeEmpty);
}

function branches(list: unknown, place: Place): readonly ValueType[] {
  if (!Array.isArray(list)) return [];
  return (list as JsonSchema[]).map((branch) =>
    typeof branch === 'object' && branch['type'] === 'null' ? EMPTY : read(branch, place),
  );
}

function hasFields(type: ValueType): boolean {
  return type.kind === 'object' && Object.keys(type.fields).length > 0;
}

function isOpaque(type: ValueType): boolean {
  return type.kind === 'object' && !hasFields(type);
}

function isSamePlainKind(a: ValueType, b: ValueType): boolean {
  return a.kind === b.kind && a.kind !== 'object' && a.kind !== 'list' && a.kind !== 'one of';
}

function choicesOf(schema: Schema): readonly unknown[] | undefined {
  if ('const' in schema) return [schema['const']];
  return Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : undefined;
}

function typeOfChoices(values: readonly unknown[]): ValueType {
  const choices = values.filter((value) => value !== null);
  const mayBeEmpty = choices.length < values.length;
  if (choices.every((value) => typeof value === 'string' || typeof value === 'number')) {
    return withEmptiness(oneOf(choices), mayBeEmpty);
  }
  const isYesNo = choices.every((value) => typeof value === 'boolean');
  return withEmptiness(isYesNo ? plain('yes/no') : OPAQUE, mayBeEmpty);
}

function typesOf(schema: Schema): readonly unknown[] {
  const type = schema['type'];
  return Array.isArray(type) && type.filter((kind) => kind !== 'null').length < 2 ? type : [type];
}

/** What a schema itself says of how sensitive its values are. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function own<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
