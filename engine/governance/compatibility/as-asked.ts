import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { isSchemaObject } from '../../kernel/validator/subschemas.ts';
import type { TypeFile } from '../core/types.ts';
import type { Backfill } from '../core/upgrade.ts';

type Types = ReadonlyMap<string, TypeFile>;

/**
 * The schemas of types as far as values of the release before must fit them by themselves: what a
 * formula of `upcast` gives is not asked for, nor is a required field that has a default, or that
 * `upgrade.yaml` fills.
 */
export function asAsked(
  types: Types,
  before: Types,
  backfill: readonly Backfill[] = [],
): ReadonlyMap<string, JsonSchema> {
  return new Map(
    [...types].map(([name, type]) => {
      const earlier = before.get(name);
      const filled = backfill.filter((one) => one.type === name).map(({ field }) => field);
      return [name, earlier === undefined ? type.schema : asked(type, earlier, filled)] as const;
    }),
  );
}

function asked(type: TypeFile, before: TypeFile, filled: readonly string[]): JsonSchema {
  const { properties, required } = type.schema;
  if (!isSchemaObject(properties)) return type.schema;
  const given = formulasIn(type, before);
  const fields = Object.entries(properties).map(([name, field]) => [
    name,
    given.has(name) ? true : field,
  ]);
  const isLeft = (name: unknown): boolean =>
    typeof name === 'string' &&
    !given.has(name) &&
    !filled.includes(name) &&
    !hasDefault(properties[name]);
  return {
    ...type.schema,
    properties: Object.fromEntries(fields) as JsonSchema,
    ...(Array.isArray(required) && { required: required.filter(isLeft) }),
  };
}

/** The fields that formulas give values of the version before. */
function formulasIn({ upcast, version }: TypeFile, before: TypeFile): ReadonlySet<string> {
  const isNext = before.version === upcast?.from && before.version !== version;
  return new Set(isNext ? Object.keys(upcast.fields) : []);
}

function hasDefault(field: unknown): boolean {
  return isSchemaObject(field) && 'default' in field;
}
