import type { Path } from '../../kernel/problem.ts';
import { typeFromSchema } from '../../kernel/types/from-schema.ts';
import type { JsonSchema, ValueType } from '../../kernel/types/value-type.ts';
import type { SchemaObject } from '../../kernel/validator/subschemas.ts';
import { isSchemaObject, subschemas } from '../../kernel/validator/subschemas.ts';
import type { Fault } from './fault.ts';

const MAP =
  'expressions and forms know fields by their names. Write a list of objects, with a field for the name and one for the value';

/** Keywords of JSON Schema of which records, expressions and forms could not all make something. */
const REFUSED: Readonly<Record<string, string>> = {
  prefixItems: 'the places of a list have no names. Write an object with a field for each',
  unevaluatedItems: 'a list has one kind of entry. Write "items", and "maxItems" for its length',
  patternProperties: MAP,
  propertyNames: MAP,
  writeOnly:
    'who may read a field follows from how sensitive it is. Write "x-classification" instead',
  contentEncoding: 'it keeps nothing from being stored. A file is written with "x-accept"',
  contentMediaType: 'it keeps nothing from being stored. A file is written with "x-accept"',
};
/** Keywords that may say yes or no, but not of which kind unknown fields are. */
const ONLY_YES_OR_NO = ['additionalProperties', 'unevaluatedProperties'] as const;
/** Schemas that are read as values of their own; all others only narrow what these say. */
const VALUES: ReadonlySet<unknown> = new Set(['properties', 'items', '$defs']);
/** Beside a reference these would be read by some, and not by others. */
const NOT_BESIDE_REFERENCE = ['properties', 'items', 'type', 'enum', 'const'] as const;

type Resolve = (name: string) => JsonSchema | undefined;

interface Reading {
  readonly root: SchemaObject;
  readonly resolve: Resolve;
}

/**
 * Tells where a type's schema uses keywords that the validator understands, but of which expressions
 * or forms could make nothing.
 */
export function keywordFaults(schema: unknown, path: Path = ['schema']): readonly Fault[] {
  if (!isSchemaObject(schema)) return [];
  return [
    ...refusedIn(schema, path),
    ...subschemas(schema).flatMap((inner) => keywordFaults(inner.schema, [...path, ...inner.path])),
  ];
}

/**
 * Tells where a type's schema does not say of what kind a value is, or which fields it has, so that
 * expressions and forms would know less of it than the validator. The schema is right by itself.
 */
export function kindFaults(schema: SchemaObject, resolve: Resolve): readonly Fault[] {
  return valueFaults(schema, ['schema'], { root: schema, resolve });
}

function valueFaults(schema: unknown, path: Path, reading: Reading): readonly Fault[] {
  if (!isSchemaObject(schema)) return [unclear(path, NOTHING_SAID)];
  const values = subschemas(schema).filter((inner) => VALUES.has(inner.path[0]));
  return [
    ...unclearFaults(schema, path, reading),
    ...hiddenFields(schema, path, reading),
    ...values.flatMap((inner) => valueFaults(inner.schema, [...path, ...inner.path], reading)),
  ];
}

function refusedIn(schema: SchemaObject, path: Path): readonly Fault[] {
  const refused = Object.keys(schema).flatMap((keyword) => {
    const reason = Object.hasOwn(REFUSED, keyword) ? REFUSED[keyword] : undefined;
    return reason === undefined ? [] : [notTaken(keyword, reason, path)];
  });
  const maps = ONLY_YES_OR_NO.filter((keyword) => isSchemaObject(schema[keyword]));
  const beside =
    '$ref' in schema ? NOT_BESIDE_REFERENCE.filter((keyword) => keyword in schema) : [];
  return [
    ...refused,
    ...maps.map((keyword) => notTaken(keyword, MAP, path)),
    ...beside.map((keyword) =>
      notTaken(keyword, 'it stands beside "$ref". Join the two with "allOf: [ … ]"', path),
    ),
  ];
}

function notTaken(keyword: string, reason: string, path: Path): Fault {
  const message = `"${keyword}" is not taken in a type: ${reason}.`;
  return { code: 'type-keyword', path: [...path, keyword], message };
}

const NOTHING_SAID =
  'Nothing says what this is. Write its "type", its choices as "enum", or "$ref" with the name of a type.';

function unclearFaults(schema: SchemaObject, path: Path, reading: Reading): readonly Fault[] {
  if (schema['$ref'] === '#') return [];
  const type = typeOf(schema, reading);
  if (type.kind === 'list') return 'items' in schema ? [] : [unclear(path, NO_ITEMS)];
  return isOpaque(type) ? [unclear(path, whyUnclear(schema))] : [];
}

const NO_ITEMS = 'Nothing says what is in this list. Write "items".';

function whyUnclear(schema: SchemaObject): string {
  const { type } = schema;
  if (Array.isArray(type))
    return 'This may be of several kinds. Write one, with "null" beside it at most, or a field for each kind.';
  if ('enum' in schema || 'const' in schema)
    return 'Choices are texts and numbers, or yes and no. Write those, or a field for each part.';
  if (type === 'object')
    return 'Nothing says which fields this has. Write "properties", or "$ref" with the name of a type.';
  if ('anyOf' in schema || 'oneOf' in schema || 'allOf' in schema)
    return 'This may be of several kinds. Write the kind beside it, or a field for each of them.';
  return NOTHING_SAID;
}

/** Fields that stand in a branch alone are there for the validator, and for nobody else. */
function hiddenFields(schema: SchemaObject, path: Path, reading: Reading): readonly Fault[] {
  const type = typeOf(schema, reading);
  const known = type.kind === 'object' ? Object.keys(type.fields) : [];
  return subschemas(schema)
    .filter(({ path: [keyword], inPlace }) => inPlace && keyword !== 'allOf')
    .flatMap((branch) => {
      const fields = Object.keys(Object(propertiesOf(branch.schema)) as object);
      return fields
        .filter((name) => !known.includes(name))
        .map((name) => {
          const message = `The field "${name}" stands in a branch alone, where expressions and forms do not find it. Write it under "properties" as well.`;
          return unclear([...path, ...branch.path, 'properties', name], message);
        });
    });
}

function propertiesOf(schema: unknown): unknown {
  return isSchemaObject(schema) ? schema['properties'] : undefined;
}

function typeOf(schema: SchemaObject, { root, resolve }: Reading): ValueType {
  const whole = '$defs' in root ? { ...schema, $defs: root['$defs'] } : schema;
  return typeFromSchema(whole, resolve);
}

function isOpaque(type: ValueType): boolean {
  return type.kind === 'object' && Object.keys(type.fields).length === 0;
}

function unclear(path: Path, message: string): Fault {
  return { code: 'type-unclear', path, message };
}
