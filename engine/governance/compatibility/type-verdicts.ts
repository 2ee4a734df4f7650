import { canonicalJson } from '../canonical-json.ts';
import { isSchemaObject, subschemas } from '../../kernel/validator/subschemas.ts';
import type { TypeFile } from '../core/types.ts';
import { without } from './conjuncts.ts';
import { readMode } from './mode.ts';
import type { TypeRule, Verdict } from './verdict.ts';

type Types = ReadonlyMap<string, TypeFile>;

/** Tells what modes forbid beside the changes of what values fit: of keys, of frozen types, of whole types. */
export function typeVerdicts(against: string, before: Types, after: Types): readonly Verdict[] {
  return [...before.values()].flatMap((type) => {
    const { directions, isFrozen } = readMode(type.compatibility);
    if (directions.length === 0) return [];
    const later = after.get(type.type);
    if (later === undefined) return [removed(type, against)];
    const make = (rule: TypeRule, path: readonly string[], message: string): Verdict => ({
      ...frameOf(type, against),
      rule,
      path,
      message: `${type.type} ${message}`,
      ...(rule !== 'frozen' && { direction: directions[0] ?? 'backward' }),
    });
    if (isFrozen && wordsOf(type) !== wordsOf(later)) {
      return [make('frozen', ['schema'], FROZEN)];
    }
    return [
      ...(isSame(type.key, later.key) ? [] : [make('key', ['key'], KEY)]),
      ...(isSame(type.unique, later.unique) ? [] : [make('unique', ['unique'], UNIQUE)]),
    ];
  });
}

const FROZEN =
  'is frozen: nothing but titles and descriptions may change. Make a new type for the new form, or change "compatibility" in a release before this one.';
const KEY =
  'has another key, so that records are told apart in another way than before. Keep the key; a new one needs a new type.';
const UNIQUE =
  'has other fields that no two records share, so that records which were right side by side may not be any more, or the other way round. Keep "unique" as it was.';

function removed(type: TypeFile, against: string): Verdict {
  return {
    ...frameOf(type, against),
    rule: 'type-removed',
    direction: readMode(type.compatibility).directions[0] ?? 'backward',
    path: [],
    message: `${type.type} is not there any more, so that nothing of ${against} can be read as one. Keep the type, or change its "compatibility" to none in a release before this one.`,
  };
}

type Frame = Omit<Verdict, 'rule' | 'path' | 'message'>;

function frameOf({ type, compatibility }: TypeFile, against: string): Frame {
  return {
    type,
    field: '',
    against,
    isShown: true,
    forbiddenBy: [{ type, compatibility }],
    inheritedBy: [],
  };
}

function isSame(one: TypeFile['unique'], other: TypeFile['unique']): boolean {
  return canonicalJson([one ?? []].flat()) === canonicalJson([other ?? []].flat());
}

/** All that a type says, without titles and descriptions. */
function wordsOf({ schema, key, unique }: TypeFile): string {
  return canonicalJson([untitled(schema), [key].flat(), [unique ?? []].flat()]);
}

function untitled(schema: unknown): unknown {
  if (!isSchemaObject(schema)) return schema;
  const rest = without(schema, ['title', 'description']);
  const inner = subschemas(rest);
  const parents = new Set(inner.map(({ path }) => path[0]));
  return [
    Object.fromEntries(Object.entries(rest).filter(([keyword]) => !parents.has(keyword))),
    inner
      .map((part): [string, unknown] => [canonicalJson(part.path), untitled(part.schema)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
}
