import type { JsonSchema } from '../types/value-type.ts';
import { isSchemaObject, subschemas } from './subschemas.ts';
import type { SchemaObject } from './subschemas.ts';

/** What a reference is read in. */
export interface Surroundings {
  /** The schema that `#/$defs/NAME` points into. */
  readonly root: JsonSchema;
  readonly types: ReadonlyMap<string, JsonSchema>;
}

export interface Target extends Surroundings {
  readonly schema: unknown;
}

/** Finds what a `$ref` means: `#`, `#/$defs/NAME` or a locked type's name. */
export function resolveReference(reference: string, around: Surroundings): Target | undefined {
  const { root, types } = around;
  if (reference === '#') return { schema: root, root, types };
  const local = /^#\/\$defs\/([A-Za-z0-9_-]+)$/.exec(reference)?.[1];
  if (local !== undefined) {
    const definitions = isSchemaObject(root) ? root['$defs'] : undefined;
    if (!isSchemaObject(definitions) || !Object.hasOwn(definitions, local)) return undefined;
    return { schema: definitions[local], root, types };
  }
  const type = types.get(reference);
  return type === undefined ? undefined : { schema: type, root: type, types };
}

/**
 * Tells which schemas a schema is made of: itself, those inside it, and those it refers to. With
 * `inPlace`, only those that are held against the same value.
 */
export type Reach = (schema: unknown, inPlace: boolean) => ReadonlySet<unknown>;

/** Makes a `Reach` for the parts of one schema. */
export function createReach(around: Surroundings): Reach {
  const wide = new WeakMap<SchemaObject, ReadonlySet<unknown>>();
  const narrow = new WeakMap<SchemaObject, ReadonlySet<unknown>>();
  let rootOf: ReadonlyMap<unknown, JsonSchema> | undefined;
  return (schema, inPlace) => {
    if (!isSchemaObject(schema)) return new Set();
    const memory = inPlace ? narrow : wide;
    const known = memory.get(schema);
    if (known !== undefined) return known;
    rootOf ??= rootsOfAll(around);
    const root = rootOf.get(schema) ?? around.root;
    const reach = collect({ ...around, root, schema }, inPlace);
    memory.set(schema, reach);
    return reach;
  };
}

function collect(start: Target, inPlace: boolean): Set<unknown> {
  const found = new Set<unknown>();
  const open: Target[] = [start];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const at = next;
    if (!isSchemaObject(at.schema) || found.has(at.schema)) continue;
    found.add(at.schema);
    const inner = subschemas(at.schema).filter((part) => part.inPlace || !inPlace);
    open.push(...inner.map(({ schema }) => ({ ...at, schema })));
    const reference = at.schema['$ref'];
    const target = typeof reference === 'string' ? resolveReference(reference, at) : undefined;
    if (target !== undefined) open.push(target);
  }
  return found;
}

/** For every schema inside the types: the type, which its local references point into. */
function rootsOfAll({ types }: Surroundings): ReadonlyMap<unknown, JsonSchema> {
  const roots = new Map<unknown, JsonSchema>();
  for (const type of types.values()) {
    const open: unknown[] = [type];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (!isSchemaObject(next) || roots.has(next)) continue;
      roots.set(next, type);
      open.push(...subschemas(next).map(({ schema }) => schema));
    }
  }
  return roots;
}
