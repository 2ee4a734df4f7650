import type { CoreView } from '../../kernel/core-view.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import type { PlacedUse } from '../uses/placed-use.ts';
import { whereUsed } from '../uses/where-used.ts';
import type { ChangedCore } from './changed-core.ts';

/** Those of the uses that are of something which has changed. */
export function changedUses(
  uses: readonly PlacedUse[],
  changed: ChangedCore,
  before: CoreView,
  after: CoreView,
): readonly PlacedUse[] {
  const named = new Set([
    ...changed.names,
    ...[...changed.roles].map((role) => `role:${role}`),
    ...[...changed.calendars].map((name) => `calendar:${name}`),
  ]);
  const found = new Set<PlacedUse>(
    uses.filter(({ what }) => !before.types.has(what) && named.has(what)),
  );
  for (const name of changed.names) {
    const [old, now] = [before.types.get(name)?.schema, after.types.get(name)?.schema];
    if (old === undefined) continue;
    for (const field of changedFields(old, now ?? true)) {
      const whole = field === undefined || !hasField(old, field);
      const of = whereUsed(whole ? name : `${name}.${field}`, uses, before);
      for (const use of of)
        if (now === undefined || !isOtherField(use, name, whole)) found.add(use);
    }
  }
  return uses.filter((use) => found.has(use));
}

/** Of a change of the whole type, as of a field that is new, single other fields know nothing. */
function isOtherField({ what }: PlacedUse, type: string, whole: boolean): boolean {
  return whole && what.startsWith(`${type}.`);
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields in which two schemas differ; `undefined` where they differ in something else too. */
function changedFields(old: JsonSchema, now: JsonSchema): readonly (string | undefined)[] {
  const [one, other] = [fieldsOf(old), fieldsOf(now)];
  const differing = [...new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])].filter(
    (name) => {
      const isSame = JSON.stringify(one.fields[name]) === JSON.stringify(other.fields[name]);
      return !isSame || one.required.includes(name) !== other.required.includes(name);
    },
  );
  return one.rest === other.rest ? differing : [...differing, undefined];
}

function fieldsOf(schema: JsonSchema): {
  readonly fields: Fields;
  readonly required: readonly unknown[];
  readonly rest: string;
} {
  const { properties = {}, required = [], ...rest } = typeof schema === 'boolean' ? {} : schema;
  return {
    fields: properties as Fields,
    required: [required].flat(),
    rest: JSON.stringify(rest),
  };
}

function hasField(schema: JsonSchema, name: string): boolean {
  return Object.hasOwn(fieldsOf(schema).fields, name);
}
