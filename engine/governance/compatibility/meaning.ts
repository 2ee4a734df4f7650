import { canonicalJson } from '../canonical-json.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { isSchemaObject, subschemas } from '../../kernel/validator/subschemas.ts';
import type { SchemaObject } from '../../kernel/validator/subschemas.ts';
import type { Conjunct, Place } from './conjuncts.ts';
import { conjunctOf, referredTo, stepInto } from './conjuncts.ts';

/** What says something of a schema, and nothing of which values fit it. */
const NOTES: ReadonlySet<string> = new Set([
  ...['$schema', '$comment', '$defs', 'title', 'description', 'default', 'examples'],
  ...['deprecated', 'readOnly', 'writeOnly', 'contentEncoding', 'contentMediaType'],
  ...['x-classification', 'x-tags', 'x-alias'],
]);

/** What a schema asks for, as a text that is the same for the same wording. */
export interface Meaning {
  readonly text: string;
  /** The locked types that it refers to. */
  readonly types: ReadonlySet<string>;
}

/** Reads what the schema of a place asks for, or only what some of its keywords do. */
export function meaningOf(place: Place, keywords?: readonly string[]): Meaning {
  const types = new Set<string>();
  const conjunct = conjunctOf(place);
  if (conjunct === undefined) return { text: 'true', types };
  const asked = keywords === undefined ? conjunct : withOnly(conjunct, keywords);
  return { text: canonicalJson(wordsOf(asked, types, new Map())), types };
}

/** Names the types that ask for the same on both sides, with all that they refer to. */
export function unchangedTypes(
  one: ReadonlyMap<string, JsonSchema>,
  other: ReadonlyMap<string, JsonSchema>,
): ReadonlySet<string> {
  const unchanged = new Map<string, ReadonlySet<string>>();
  for (const [name, schema] of one) {
    const counterpart = other.get(name);
    if (counterpart === undefined) continue;
    const meaning = meaningOf(wholeOf(schema, one));
    const same = meaning.text === meaningOf(wholeOf(counterpart, other)).text;
    if (same) unchanged.set(name, meaning.types);
  }
  for (let before = -1; before !== unchanged.size;) {
    before = unchanged.size;
    for (const [name, types] of unchanged) {
      if ([...types].some((type) => !unchanged.has(type))) unchanged.delete(name);
    }
  }
  return new Set(unchanged.keys());
}

/** The place of a whole type. */
export function wholeOf(schema: JsonSchema, types: ReadonlyMap<string, JsonSchema>): Place {
  return { schema, root: schema, types, site: ['schema'], isOwn: true };
}

type Words = string | boolean | readonly unknown[];

/** A local reference is read where it stands; one that leads around is told by how far back it goes. */
function wordsOf(
  conjunct: Conjunct,
  types: Set<string>,
  trail: ReadonlyMap<unknown, number>,
): Words {
  const turn = trail.get(conjunct.schema);
  if (turn !== undefined) return `back ${trail.size - turn}`;
  const here = new Map(trail).set(conjunct.schema, trail.size);
  const inner = subschemas(conjunct.schema).filter(({ path }) => path[0] !== '$defs');
  const parents = new Set([...NOTES, '$ref', ...inner.map(({ path }) => String(path[0]))]);
  const plain = Object.entries(conjunct.schema).filter(([keyword]) => !parents.has(keyword));
  return [
    Object.fromEntries(plain),
    referenceWords(conjunct, types, here),
    inner
      .map(({ path, schema }): [string, unknown] => {
        const next = conjunctOf(stepInto(conjunct, schema));
        return [canonicalJson(path), next === undefined ? true : wordsOf(next, types, here)];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
}

function referenceWords(
  conjunct: Conjunct,
  types: Set<string>,
  trail: ReadonlyMap<unknown, number>,
): Words {
  const referred = referredTo(conjunct);
  if (referred === undefined) return false;
  if (referred.typeName !== undefined) {
    types.add(referred.typeName);
    return referred.typeName;
  }
  const target = conjunctOf(referred);
  return target === undefined ? true : wordsOf(target, types, trail);
}

function withOnly(conjunct: Conjunct, keywords: readonly string[]): Conjunct {
  const schema: SchemaObject = Object.fromEntries(
    Object.entries(conjunct.schema).filter(([keyword]) => keywords.includes(keyword)),
  );
  return isSchemaObject(schema) ? { ...conjunct, schema } : conjunct;
}
