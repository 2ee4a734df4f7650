import { covers } from '../../kernel/check/filled-fields.ts';
import type { CoreView, Grant, OperationView } from '../../kernel/core-view.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import { leavesOf } from '../../kernel/types/classify.ts';
import { fieldOf } from '../../kernel/types/make-type.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';

/**
 * The fields of types, like `Quote.netTotal`, that an operation writes into a record when it is given
 * this input; what names the record is not written. None for any other operation.
 */
export function fieldsWritten(operation: OperationView, input: JsonObject): readonly string[] {
  return distinct(
    writtenTo(operation, Object.keys(input)).flatMap(([name, type]) =>
      originsIn(type, input[name] ?? null),
    ),
  );
}

/** The fields that an operation can write which is given these parts of its input, whatever is in them. */
export function fieldsToBeWritten(
  operation: OperationView,
  given: readonly string[],
): readonly string[] {
  return distinct(
    writtenTo(operation, given).flatMap(([, type]) =>
      leavesOf(type).map((leaf) => leaf.type.origin),
    ),
  );
}

/** The grants by which a team may write a field, with the name that each says: the field, or its type. */
export function grantsToWrite(
  { grants }: Pick<CoreView, 'grants'>,
  team: string,
  field: string,
): readonly { readonly name: string; readonly grant: Grant }[] {
  return grants
    .filter((grant) => grant.team === team)
    .flatMap((grant) =>
      grant.write.filter((name) => covers(name, field)).map((name) => ({ name, grant })),
    );
}

function writtenTo(
  { record, effect, input }: OperationView,
  given: readonly string[],
): readonly (readonly [string, ValueType])[] {
  if (record === undefined || effect === 'read') return [];
  return given.flatMap((name) => {
    const type = record.key.includes(name) ? undefined : fieldOf(input, name);
    return type === undefined ? [] : [[name, type] as const];
  });
}

/** Where the values that are there come from; what is empty is written as well. */
function originsIn(type: ValueType, value: Json): readonly (string | undefined)[] {
  if (type.kind === 'object' && isObject(value))
    return Object.entries(value).flatMap(([name, part]) => {
      const field = type.fields[name];
      return field === undefined ? [] : originsIn(field, part);
    });
  if (type.kind === 'list' && Array.isArray(value))
    return [type.origin, ...value.flatMap((item: Json) => originsIn(type.of, item))];
  return leavesOf(type).map((leaf) => leaf.type.origin);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function distinct(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== undefined))];
}
