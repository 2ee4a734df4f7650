import { isSchemaObject } from '../../kernel/validator/subschemas.ts';
import { earlierNames } from '../core/aliases.ts';
import type { TypeFile } from '../core/types.ts';
import { upgradeFrom } from '../core/upgrade.ts';
import type { CoreState } from '../impact/changed-core.ts';

/** What became of names on the way from one release to a later one. */
export interface NameChanges {
  /**
   * New names by what fields were called: `Customer.vatNo` is `taxId` now, or `tax.number` where it lies
   * elsewhere in the type.
   */
  readonly renamed: ReadonlyMap<string, string>;
  /** New names of what is no field: `oms.findCustomer` is `crm.findCustomer` now. */
  readonly names: ReadonlyMap<string, string>;
  /** Fields by their old names that every value must have now, and need not have had. */
  readonly required: ReadonlySet<string>;
  /** The formulas that fill fields, by their old names. */
  readonly filled: ReadonlyMap<string, string>;
}

/**
 * Follows names through releases, the oldest first: a field has a new one where a release says
 * `x-alias`, and all else where its `upgrade.yaml` says so. Each is called here what it was called in
 * the first.
 */
export function nameChangesOver([first, ...later]: readonly CoreState[]): NameChanges {
  const renamed = new Map<string, string>();
  const required = new Set<string>();
  const filled = new Map<string, string>();
  for (const [type, file] of first?.core.types ?? []) {
    for (const name of fieldsOf(file)) {
      const was = `${type}.${name}`;
      const field = followed(type, name, first, later);
      if (field.name !== name) renamed.set(was, field.name);
      if (field.isRequired && !isRequired(file, name)) required.add(was);
      if (field.fill !== undefined) filled.set(was, field.fill);
    }
  }
  return { renamed, names: otherChanges(first, later), required, filled };
}

/** The new names of operations, messages, core processes, roles and calendars. */
function otherChanges(
  first: CoreState | undefined,
  later: readonly CoreState[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  let before = first;
  for (const release of later) {
    const { renamed = {} } = upgradeFrom(release.core, before?.view.release ?? '') ?? {};
    for (const [old, now] of names) names.set(old, renamed[now] ?? now);
    for (const [old, now] of Object.entries(renamed)) {
      const isKnown = [...names.values()].includes(now) || first?.core.types.has(typeOf(old));
      if (isKnown !== true) names.set(old, now);
    }
    before = release;
  }
  return names;
}

function typeOf(name: string): string {
  return name.split('.')[0] ?? '';
}

/** What has become of one field in the last of several releases. */
interface FollowedField {
  readonly name: string;
  readonly isRequired: boolean;
  /** The formula that fills it, of the newest release that has one. */
  readonly fill?: string;
}

function followed(
  type: string,
  name: string,
  first: CoreState | undefined,
  later: readonly CoreState[],
): FollowedField {
  let field: FollowedField = { name, isRequired: false };
  let before = first;
  for (const release of later) {
    const file = release.core.types.get(type);
    if (file === undefined || before === undefined) break;
    const { backfill = [], renamed = {} } = upgradeFrom(release.core, before.view.release) ?? {};
    const moved = renamed[`${type}.${field.name}`]?.slice(type.length + 1);
    const now = moved ?? nameIn(file, field.name);
    const fill = backfill.find((one) => one.type === type && one.field === now)?.set ?? field.fill;
    field = { name: now, isRequired: isRequired(file, now), ...(fill !== undefined && { fill }) };
    before = release;
  }
  return field;
}

/** What a field is called in the next release. */
function nameIn(next: TypeFile, name: string): string {
  const names = earlierNames(next.schema);
  if (fieldsOf(next).includes(name)) return name;
  return [...names].find(([, old]) => old === name)?.[0] ?? name;
}

function fieldsOf({ schema }: TypeFile): readonly string[] {
  const { properties } = schema;
  return isSchemaObject(properties) ? Object.keys(properties) : [];
}

function isRequired({ schema }: TypeFile, name: string): boolean {
  const { required } = schema;
  return Array.isArray(required) && required.includes(name);
}
