import type { FieldUse } from '../../kernel/check/field-uses.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import { TrellisError } from '../../kernel/errors.ts';
import { remembered } from '../../kernel/remembered.ts';
import { nearestName } from '../../kernel/types/nearest-name.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';

/**
 * Finds the uses of a type or of one of its fields, or of an operation, a message, a core process, a
 * role (`role:NAME`) or a calendar (`calendar:NAME`). Whoever uses a whole value uses all that is in
 * it, values of other types included.
 * @throws `TrellisError` with code `no-field` for a name that the core does not have.
 */
export function whereUsed<Use extends Pick<FieldUse, 'what'>>(
  name: string,
  uses: readonly Use[],
  core: CoreView,
): readonly Use[] {
  if (otherNames(core).has(name)) return uses.filter(({ what }) => what === name);
  const { contents, known } = namesOf(core.types);
  if (!known.has(name)) throw unknown(name, [...known, ...otherNames(core)]);
  return uses.filter(
    ({ what }) =>
      what === name || what.startsWith(`${name}.`) || contents.get(what)?.has(name) === true,
  );
}

/** The names of the core that are neither types nor fields, as uses spell them. */
export function otherNames(core: CoreView): ReadonlySet<string> {
  return new Set([
    ...core.operations.keys(),
    ...core.messages.keys(),
    ...core.runnables.keys(),
    ...core.roles.map((role) => `role:${role}`),
    ...[...core.calendars.keys()].map((name) => `calendar:${name}`),
  ]);
}

/** What each type may hold, and the names of all types and their fields. */
const namesOf = remembered((types: CoreView['types']) => {
  const contents = new Map([...types.values()].map(({ name, type }) => [name, namesIn(type)]));
  const known = new Set([...types.keys(), ...[...contents.values()].flatMap((one) => [...one])]);
  return { contents, known };
});

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
    `The core has nothing that is called "${name}".${meant} A field is written with its type, like Quote.netTotal, an operation with its connector, like oms.createOrder, and a role like role:sales-rep.`,
  );
}
