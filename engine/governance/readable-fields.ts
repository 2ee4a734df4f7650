import type { CoreView } from '../kernel/core-view.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { ValueType } from '../kernel/types/value-type.ts';
import { authorize } from './authorize.ts';
import type { AccessActor } from './access/words.ts';

type Rights = Pick<CoreView, 'clearances' | 'fieldRights'>;

/**
 * Tells which fields of a type an actor may read, as paths from the value: `customer.legalName`,
 * `lines.sku` for a field of every item. The empty path stands for a plain value itself.
 */
export function readableFields(
  actor: AccessActor,
  type: ValueType,
  core: Rights,
): ReadonlySet<string> {
  const readable = new Set<string>();
  const visit = (inner: ValueType, path: string): void => {
    const fields = fieldsOf(inner);
    if (fields === undefined) {
      if (mayRead(actor, inner, core)) readable.add(path);
      return;
    }
    for (const [name, field] of Object.entries(fields))
      visit(field, path === '' ? name : `${path}.${name}`);
  };
  visit(type, '');
  return readable;
}

/**
 * Leaves of a stored value what an actor may read: fields that it may not, and fields that the type
 * does not know, are not there. `undefined` when it may read nothing of such values.
 */
export function readableValue(
  actor: AccessActor,
  type: ValueType,
  value: Json,
  core: Rights,
): Json | undefined {
  if (readableFields(actor, type, core).size === 0) return undefined;
  const fields = fieldsOf(type);
  if (fields === undefined || value === null) return value;
  const show = (item: Json): Json => readableObject(actor, fields, item, core);
  if (type.kind === 'list') return isList(value) ? value.map(show) : undefined;
  return show(value);
}

function readableObject(
  actor: AccessActor,
  fields: Readonly<Record<string, ValueType>>,
  value: Json,
  core: Rights,
): JsonObject {
  const given = isObject(value) ? value : {};
  const readable = Object.entries(fields).flatMap(([name, field]): [string, Json][] => {
    const inner = Object.hasOwn(given, name) ? given[name] : undefined;
    const shown = inner === undefined ? undefined : readableValue(actor, field, inner, core);
    return shown === undefined ? [] : [[name, shown]];
  });
  return Object.fromEntries(readable);
}

/** The fields to decide one by one; what has none is decided as a whole. */
function fieldsOf(type: ValueType): Readonly<Record<string, ValueType>> | undefined {
  const object = type.kind === 'list' ? type.of : type;
  if (object.kind !== 'object' || Object.keys(object.fields).length === 0) return undefined;
  return object.fields;
}

function mayRead(actor: AccessActor, type: ValueType, core: Rights): boolean {
  const { classification, origin } = type;
  const subject = { classification, core, ...(origin === undefined ? {} : { origin }) };
  return authorize(actor, 'field.read', subject).allowed;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
