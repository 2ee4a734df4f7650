import type { Path } from '../../kernel/problem.ts';
import { resolveReference } from '../../kernel/validator/references.ts';
import type { Surroundings } from '../../kernel/validator/references.ts';
import { isSchemaObject } from '../../kernel/validator/subschemas.ts';
import type { SchemaObject } from '../../kernel/validator/subschemas.ts';

/** A schema, and where it stands in the file of the type that is compared. */
export interface Place extends Surroundings {
  readonly schema: unknown;
  /** Steps in the type's own file; behind a reference to another type, the place of the reference. */
  readonly site: Path;
  /** False behind a reference to another type. */
  readonly isOwn: boolean;
  /** The locked type that the schema is the whole of. */
  readonly typeName?: string;
}

/** One of the schemas that a value must fit all of; its `allOf` and `$ref` stand beside it. */
export interface Conjunct extends Place {
  readonly schema: SchemaObject;
}

/** No value fits it; only ever compared, never compiled. */
const NEVER: SchemaObject = { type: [] };

/** Steps from a schema to one inside it. */
export function stepInto(place: Place, schema: unknown, ...steps: Path): Place {
  const { root, types, isOwn } = place;
  return { schema, root, types, isOwn, site: isOwn ? [...place.site, ...steps] : place.site };
}

/** Lists what a value must fit all of, with the types that are referred to opened. */
export function conjunctsOf(places: readonly Place[]): readonly Conjunct[] {
  const found: Conjunct[] = [];
  const seen = new Set<unknown>();
  const open = [...places].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next.schema)) continue;
    if (typeof next.schema === 'object') seen.add(next.schema);
    const one = conjunctOf(next);
    if (one === undefined) continue;
    found.push(one);
    const referred = referredTo(one);
    open.push(...(referred === undefined ? [] : [referred]), ...[...partsOf(one)].reverse());
  }
  return found;
}

/** The schema of a place; `undefined` where it takes everything. */
export function conjunctOf(place: Place): Conjunct | undefined {
  if (place.schema === false) return { ...place, schema: NEVER };
  return isSchemaObject(place.schema) ? { ...place, schema: place.schema } : undefined;
}

/** The schemas of `allOf`. */
export function partsOf(conjunct: Conjunct): readonly Place[] {
  return branchesOf(conjunct, 'allOf');
}

/** The schemas in a list of a schema's, such as `anyOf`. */
export function branchesOf(conjunct: Conjunct, keyword: string): readonly Place[] {
  const list = conjunct.schema[keyword];
  if (!Array.isArray(list)) return [];
  return list.map((schema: unknown, index) => stepInto(conjunct, schema, keyword, index));
}

/** What the `$ref` of a schema means. */
export function referredTo(conjunct: Conjunct): Place | undefined {
  const reference = conjunct.schema['$ref'];
  if (typeof reference !== 'string') return undefined;
  const target = resolveReference(reference, conjunct);
  if (target === undefined) return undefined;
  if (!reference.startsWith('#'))
    return { ...target, site: conjunct.site, isOwn: false, typeName: reference };
  const steps = reference === '#' ? [] : reference.slice(2).split('/');
  const { isOwn } = conjunct;
  return { ...target, isOwn, site: isOwn ? ['schema', ...steps] : conjunct.site };
}

/** A schema without some of its keywords. */
export function without(schema: SchemaObject, keywords: readonly string[]): SchemaObject {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)),
  );
}
