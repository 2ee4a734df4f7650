import type { FieldUse } from '../../kernel/check/field-uses.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import { TrellisError } from '../../kernel/errors.ts';
import { nearestName } from '../../kernel/types/nearest-name.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';

/**
 * Finds the uses of a type or of one of its fields. Whoever uses a whole value uses all that is in
 * it, values of other types included.
 * @throws `TrellisError` with code `no-field` for a name that the core does not have.
 */
export function whereUsed<Use extends Pick<FieldUse, 'what'>>(
  name: string,
  uses: readonly Use[],
  { types }: Pick<CoreView, 'types'>,
): readonly Use[] {
  const contents = new Map([...types.values()].map(({ name: of, type }) => [of, namesIn(type)]));
  const known = new Set([
    ...types.keys(),
    ...[...contents.values()].flatMap((names) => [...names]),
  ]);
  if (!known.has(name)) throw unknown(name, [...known]);
  return uses.filter(
    ({ what }) =>
      what === name || what.startsWith(`${name}.`) || contents.get(what)?.has(name) === true,
  );
}

/** The fields and the types that a value of a type may hold. */
function namesIn(type: ValueType): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<ValueType>();
  const open: ValueType[] = [type];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.origin !== undefined) names.add(next.origin);
    if (next.kind === 'list') open.push(next.of);
    if (next.kind !== 'object') continue;
    if (next.name !== undefined) names.add(next.name);
    open.push(...Object.values(next.fields));
  }
  return names;
}

function unknown(name: string, known: readonly string[]): TrellisError {
  const near = nearestName(name, known);
  const meant = near === undefined ? '' : ` Did you mean "${near}"?`;
  return new TrellisError(
    'no-field',
    `The core has no type and no field "${name}".${meant} A field is written with its type, like Quote.netTotal.`,
  );
}
