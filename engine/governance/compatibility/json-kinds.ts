import type { Json } from '../../kernel/json.ts';
import { isSchemaObject } from '../../kernel/validator/subschemas.ts';
import { branchesOf, conjunctsOf } from './conjuncts.ts';
import type { Conjunct } from './conjuncts.ts';

/** The kinds of JSON values; a number is a whole one or a fraction. */
export const JSON_KINDS = [
  'null',
  'boolean',
  'integer',
  'fraction',
  'string',
  'array',
  'object',
] as const;
export type JsonKind = (typeof JSON_KINDS)[number];

/** Tells the kind of a value. */
export function kindOf(value: unknown): JsonKind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction';
  return typeof value as 'boolean' | 'string' | 'object';
}

/** Tells which kinds of values may fit all of the schemas. */
export function kindsOf(conjuncts: readonly Conjunct[], depth = 0): ReadonlySet<JsonKind> {
  const kinds = new Set<JsonKind>(JSON_KINDS);
  for (const conjunct of conjuncts) {
    for (const allowed of kindSets(conjunct, depth)) {
      for (const kind of kinds) if (!allowed.has(kind)) kinds.delete(kind);
    }
  }
  return kinds;
}

/** The values of `enum` or `const`. */
export function choicesOf({ schema }: Conjunct): readonly Json[] | undefined {
  if ('const' in schema) return [schema['const'] as Json];
  return Array.isArray(schema['enum']) ? (schema['enum'] as Json[]) : undefined;
}

/** Deeper branches are taken for able to be anything. */
const DEEPEST = 4;

function kindSets(conjunct: Conjunct, depth: number): readonly ReadonlySet<JsonKind>[] {
  const sets: ReadonlySet<JsonKind>[] = [];
  const { type } = conjunct.schema as { readonly type?: unknown };
  if (type !== undefined) sets.push(new Set([type].flat().flatMap(named)));
  const excluded = excludedBy(conjunct);
  if (excluded.length > 0) {
    sets.push(new Set(JSON_KINDS.filter((kind) => !excluded.includes(kind))));
  }
  const choices = choicesOf(conjunct);
  if (choices !== undefined) sets.push(new Set(choices.map(kindOf)));
  for (const keyword of depth < DEEPEST ? ['anyOf', 'oneOf'] : []) {
    const branches = branchesOf(conjunct, keyword);
    if (branches.length === 0) continue;
    sets.push(
      new Set(branches.flatMap((branch) => [...kindsOf(conjunctsOf([branch]), depth + 1)])),
    );
  }
  return sets;
}

/** A `not` of nothing but kinds leaves the others. */
function excludedBy({ schema: { not } }: Conjunct): readonly JsonKind[] {
  if (not === true) return JSON_KINDS;
  if (!isSchemaObject(not)) return [];
  const keywords = Object.keys(not);
  if (keywords.length === 0) return JSON_KINDS;
  return keywords.length === 1 && 'type' in not ? [not['type']].flat().flatMap(named) : [];
}

function named(type: unknown): readonly JsonKind[] {
  if (type === 'number') return ['integer', 'fraction'];
  return JSON_KINDS.filter((kind) => kind === type && kind !== 'fraction');
}
