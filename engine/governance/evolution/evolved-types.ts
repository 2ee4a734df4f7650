import { upgradeFrom } from '../core/upgrade.ts';
import type { CoreState } from '../impact/changed-core.ts';
import { isSchemaObject } from '../../kernel/validator/subschemas.ts';
import { referencesIn } from '../impact/references-in.ts';

/** What tells how a field is shown, or which values it may have: no value becomes another one by it. */
const NO_MOVE: ReadonlySet<string> = new Set([
  ...['title', 'description', '$comment', 'examples', 'x-classification', 'x-tags'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['x-minimum', 'x-maximum', 'minLength', 'maxLength', 'pattern', 'format', 'enum'],
  ...['minItems', 'maxItems', 'uniqueItems'],
]);

/** Names the types whose values a release takes over from the one before, with all that hold one of them. */
export function evolvedTypes(before: CoreState, after: CoreState): ReadonlySet<string> {
  const [was, is] = [before.core.types, after.core.types];
  const { backfill = [] } = upgradeFrom(after.core, before.view.release) ?? {};
  const filled = new Set(backfill.map(({ type }) => type));
  const found = new Set(
    [...was.keys()].filter((name) => {
      const [one, other] = [was.get(name), is.get(name)];
      if (one === undefined || other === undefined) return false;
      const isUpcast = other.upcast !== undefined && one.version !== other.version;
      if (isUpcast || filled.has(name)) return true;
      return JSON.stringify(wayOf(one.schema)) !== JSON.stringify(wayOf(other.schema));
    }),
  );
  const references = [...was].map(([name, { schema }]) => ({ name, of: referencesIn(schema) }));
  for (let known = -1; known < found.size;) {
    known = found.size;
    for (const { name, of } of references) if (of.some((one) => found.has(one))) found.add(name);
  }
  return found;
}

/** A schema without what moves no value. */
function wayOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(wayOf);
  if (!isSchemaObject(schema)) return schema;
  const told = Object.entries(schema).filter(([keyword]) => !NO_MOVE.has(keyword));
  return Object.fromEntries(told.map(([keyword, value]) => [keyword, partOf(keyword, value)]));
}

function partOf(keyword: string, value: unknown): unknown {
  if (['items', 'allOf'].includes(keyword)) return wayOf(value);
  if (!['properties', '$defs'].includes(keyword) || !isSchemaObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wayOf(inner)]));
}
