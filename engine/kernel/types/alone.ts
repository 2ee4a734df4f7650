/**
 * Which parts of a value a schema speaks of alone, so that nothing else says what they are. A second
 * schema for the same object could know fields that the first one does not.
 */
import { isSchemaObject, subschemas } from '../validator/subschemas.ts';
import type { SchemaObject } from '../validator/subschemas.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The fields under `properties` where nothing else in a schema speaks of them; else `undefined`. */
export function fieldsAlone(schema: SchemaObject): Fields | undefined {
  const { properties } = schema;
  if (!isSchemaObject(properties) || '$ref' in schema) return undefined;
  const isAlone = subschemas(schema).every(
    ({ path, inPlace }) => !inPlace && path[0] !== 'patternProperties',
  );
  return isAlone ? properties : undefined;
}

/** What speaks of other fields than those under `properties`, or of all that an object has. */
const OPENING: ReadonlySet<string> = new Set([
  ...['additionalProperties', 'unevaluatedProperties', 'propertyNames'],
  ...['minProperties', 'maxProperties', 'enum', 'const'],
]);

/** Tells whether the fields that a schema speaks of alone are all that its objects are meant to have. */
export function namesAllFields(schema: SchemaObject, fields: Fields): boolean {
  if (Object.keys(schema).some((keyword) => OPENING.has(keyword))) return false;
  const asked = [schema['required'] ?? [], namesIn(schema['dependentRequired'])].flat();
  return asked.every((name) => typeof name === 'string' && Object.hasOwn(fields, name));
}

/** The schema of all items of a list where nothing else in a schema speaks of them. */
export function itemsAlone(schema: SchemaObject): unknown {
  return subschemas(schema).every(({ path }) => path[0] === 'items') ? schema['items'] : undefined;
}

function namesIn(dependent: unknown): readonly unknown[] {
  if (!isSchemaObject(dependent)) return [];
  return [...Object.keys(dependent), ...Object.values(dependent).flat()];
}
