import type { LockedType } from '../kernel/core-view.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';

export type SchemaObject = Exclude<JsonSchema, boolean>;

/** How many nodes one field's schema may have once every reference in it is written out. */
const MAX_NODES = 5000;

const DROPPED = new Set(['$defs', 'definitions', '$schema', '$id', '$anchor', '$comment']);
const NAMED = new Set(['properties', 'patternProperties', 'dependentSchemas', 'dependencies']);
const LISTED = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const SINGLE = new Set([
  'items',
  'additionalItems',
  'additionalProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
]);

export type SelfContained =
  | { readonly ok: true; readonly schema: JsonSchema }
  | { readonly ok: false; readonly reason: string };

interface Walk {
  readonly types: ReadonlyMap<string, LockedType>;
  /** The document that `#/…` points into, and its type's name (`''` for the field's own schema). */
  readonly root: JsonSchema;
  readonly rootName: string;
  /** References that are being written out, to see circles. */
  readonly open: readonly string[];
  readonly budget: { left: number };
}

class Unreadable extends Error {}

/**
 * Writes every reference of a schema out, so that any part of it can be used alone. Where a type
 * contains itself, its name is kept (`{ $ref: Folder }`); a circle inside one document ends in
 * `true`, which accepts everything.
 */
export function selfContained(
  schema: JsonSchema,
  types: ReadonlyMap<string, LockedType>,
): SelfContained {
  try {
    const walk = { types, root: schema, rootName: '', open: [], budget: { left: MAX_NODES } };
    return { ok: true, schema: writeOut(schema, walk) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, reason: error.message };
    throw error;
  }
}

/** Tells a schema with keywords from `true`, `false` and what is no schema. */
export function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function writeOut(value: unknown, walk: Walk): JsonSchema {
  if (--walk.budget.left < 0) {
    throw new Unreadable(`it has more than ${MAX_NODES} parts once its references are written out`);
  }
  if (typeof value === 'boolean') return value;
  if (!isSchemaObject(value)) throw new Unreadable('a part of it is not a schema');
  if (typeof value['$dynamicRef'] === 'string') return true;
  const { $ref: reference, ...rest } = value;
  if (typeof reference !== 'string') return keywords(value, walk);
  const target = follow(reference, walk);
  if (typeof target === 'boolean' || Object.keys(rest).length === 0) return target;
  return { ...target, ...keywords(rest, walk) };
}

function keywords(schema: SchemaObject, walk: Walk): SchemaObject {
  const entries = Object.entries(schema).filter(([keyword]) => !DROPPED.has(keyword));
  return Object.fromEntries(
    entries.map(([keyword, value]) => [keyword, part(keyword, value, walk)]),
  );
}

function part(keyword: string, value: unknown, walk: Walk): unknown {
  if (NAMED.has(keyword) && isSchemaObject(value)) {
    const named = Object.entries(value).map(([name, inner]) => [
      name,
      Array.isArray(inner) ? inner : writeOut(inner, walk),
    ]);
    return Object.fromEntries(named) as SchemaObject;
  }
  if (Array.isArray(value) && (LISTED.has(keyword) || keyword === 'items')) {
    return value.map((inner: unknown) => writeOut(inner, walk));
  }
  return SINGLE.has(keyword) ? writeOut(value, walk) : value;
}

function follow(reference: string, walk: Walk): JsonSchema {
  const [typeName = '', fragment = ''] = reference.split('#', 2);
  const name = typeName === '' ? walk.rootName : typeName;
  const root = name === '' ? walk.root : walk.types.get(name)?.schema;
  if (root === undefined) throw new Unreadable(`it refers to "${reference}", which is not there`);
  const key = `${name}#${fragment}`;
  if (walk.open.includes(key)) return name === '' ? true : { $ref: fragment === '' ? name : key };
  const target = inside(root, fragment);
  if (target === undefined) throw new Unreadable(`it refers to "${reference}", which is not there`);
  return writeOut(target, { ...walk, root, rootName: name, open: [...walk.open, key] });
}

function inside(root: JsonSchema, fragment: string): unknown {
  let value: unknown = root;
  for (const raw of fragment.split('/').slice(1)) {
    const name = decoded(raw).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = (value as SchemaObject)[name];
  }
  return value;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
