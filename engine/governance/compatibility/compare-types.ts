import type { Path } from '../../kernel/problem.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { TypeFile } from '../core/types.ts';
import type { Backfill } from '../core/upgrade.ts';
import { renameFields } from './aliases.ts';
import { asAsked } from './as-asked.ts';
import { asStored } from './as-stored.ts';
import { breaksBetween } from './breaks.ts';
import type { Break } from './breaks.ts';
import type { Direction } from './mode.ts';
import { readMode } from './mode.ts';
import { sentenceOf } from './sentences.ts';
import { typeVerdicts } from './type-verdicts.ts';
import { usersOf } from './users.ts';
import type { Verdict } from './verdict.ts';

type Types = ReadonlyMap<string, TypeFile>;

/** The types of a release that was made before. */
export interface EarlierTypes {
  /** What it is called in sentences: `release 1.3`. */
  readonly name: string;
  readonly types: Types;
}

/**
 * Tells which changes of types the modes of the newest earlier release forbid. Types with a
 * transitive mode are held against all earlier releases, the others against the newest. What
 * `backfill` of the newer release fills is not asked of earlier values. (Default: nothing)
 */
export function compareTypes(
  earlier: readonly EarlierTypes[],
  after: Types,
  backfill: readonly Backfill[] = [],
): readonly Verdict[] {
  const newest = earlier.at(-1);
  if (newest === undefined) return [];
  const verdicts = earlier.flatMap((one, index) => {
    const later = [...earlier.slice(index + 1).map(({ types }) => types), after];
    const isNewest = one === newest;
    const modes = modesOf(newest.types, isNewest);
    return [
      ...(isNewest ? typeVerdicts(one.name, renamedBy(one.types, later), after) : []),
      ...(['backward', 'forward'] as const).flatMap((direction) =>
        verdictsOf({ one, newest, later, after, backfill, direction, modes }),
      ),
    ];
  });
  return onceEach(verdicts);
}

interface Turn {
  readonly one: EarlierTypes;
  readonly newest: EarlierTypes;
  /** The types of each later release, the new ones last. */
  readonly later: readonly Types[];
  readonly after: Types;
  readonly backfill: readonly Backfill[];
  readonly direction: Direction;
  /** The modes that count against this release, by type. */
  readonly modes: ReadonlyMap<string, string>;
}

function verdictsOf(turn: Turn): readonly Verdict[] {
  const { one, newest, later, after, backfill, direction, modes } = turn;
  const isPromised = [...modes.values()].some((mode) =>
    readMode(mode).directions.includes(direction),
  );
  if (!isPromised) return [];
  const isBackward = direction === 'backward';
  const earlier = isBackward ? renamedBy(one.types, later) : one.types;
  const [before, now] = [schemasOf(earlier), schemasOf(after)];
  const breaks = isBackward
    ? breaksBetween(before, asAsked(after, newest.types, backfill), asStored(earlier))
    : breaksBetween(now, before, asStored(after));
  const users = usersOf([before, now]);
  return breaks.flatMap((found) => {
    const inheritedBy = [...(users.get(found.type) ?? [])].sort();
    const forbiddenBy = [found.type, ...inheritedBy].flatMap((type) => {
      const compatibility = modes.get(type) ?? 'none';
      const forbids = readMode(compatibility).directions.includes(direction);
      return forbids ? [{ type, compatibility }] : [];
    });
    if (forbiddenBy.length === 0) return [];
    return [{ ...verdictOf(found, direction, one.name), forbiddenBy, inheritedBy }];
  });
}

function verdictOf(
  found: Break,
  direction: Direction,
  against: string,
): Omit<Verdict, 'forbiddenBy' | 'inheritedBy'> {
  const { type, finding, isShown, example } = found;
  const isUnnamed = finding.rule === 'closed';
  const field = fieldAt(isUnnamed ? finding.of : finding.at);
  return {
    rule: finding.rule,
    type,
    field,
    direction,
    against,
    message: sentenceOf(fieldAt([type, ...finding.of]), finding, direction, against, isShown),
    path: finding.site,
    isShown,
    ...(example !== undefined && { example }),
  };
}

function fieldAt(at: Path): string {
  return at
    .map((step) => (typeof step === 'number' ? '[]' : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

/** The modes of the types, as long as they count for the release that is held against. */
function modesOf(types: Types, isNewest: boolean): ReadonlyMap<string, string> {
  const all = [...types].map(([name, { compatibility }]): [string, string] => [
    name,
    compatibility,
  ]);
  return new Map(all.filter(([, mode]) => isNewest || readMode(mode).isTransitive));
}

/** The types under the names that their fields were given since, one release after the other. */
function renamedBy(types: Types, later: readonly Types[]): Types {
  return later.reduce(
    (all, next) =>
      new Map(
        [...all].map(([name, type]) => {
          const counterpart = next.get(name);
          return [name, counterpart === undefined ? type : renameFields(type, counterpart)];
        }),
      ),
    types,
  );
}

function schemasOf(types: Types): ReadonlyMap<string, JsonSchema> {
  return new Map([...types].map(([name, { schema }]) => [name, schema]));
}

/** What several earlier releases say alike is said of the newest of them. */
function onceEach(verdicts: readonly Verdict[]): readonly Verdict[] {
  const keyOf = ({ rule, type, field, direction, path }: Verdict): string =>
    canonicalJson([rule, type, field, direction ?? '', path]);
  return [...new Map(verdicts.map((one) => [keyOf(one), one])).values()];
}
