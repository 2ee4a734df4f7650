import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { isSchemaObject } from '../../kernel/validator/subschemas.ts';
import type { SchemaObject } from '../../kernel/validator/subschemas.ts';
import { earlierNames } from '../core/aliases.ts';
import type { TypeFile } from '../core/types.ts';

/** Gives the fields of an earlier type the names that a later one says they have now. */
export function renameFields(earlier: TypeFile, later: TypeFile): TypeFile {
  const names = aliasesOf(later.schema);
  const { unique } = earlier;
  const schema = renamed(earlier.schema, later.schema);
  if (!isSchemaObject(schema) || schema === earlier.schema) return earlier;
  return {
    ...earlier,
    schema,
    key: renamedAll(earlier.key, names),
    ...(unique !== undefined && { unique: renamedAll(unique, names) }),
  };
}

/** The new names of the fields of a schema, by their old ones. */
function aliasesOf(schema: JsonSchema): ReadonlyMap<string, string> {
  return new Map([...earlierNames(schema)].map(([name, old]) => [old, name]));
}

/** Follows both schemas together; what has no counterpart stays as it is. */
function renamed(earlier: unknown, later: unknown): unknown {
  if (Array.isArray(earlier)) {
    if (!Array.isArray(later)) return earlier;
    const list: readonly unknown[] = earlier.map((one, index) => renamed(one, later[index]));
    return list.some((one, index) => one !== earlier[index]) ? list : earlier;
  }
  if (!isSchemaObject(earlier) || !isSchemaObject(later)) return earlier;
  const names = freeNames(earlier, later);
  const parts = Object.entries(earlier).map(([keyword, inner]): [string, unknown] => {
    if (keyword === 'properties') return [keyword, renamedFields(inner, later[keyword], names)];
    if (names.size > 0 && keyword === 'required') return [keyword, renamedAll(inner, names)];
    if (names.size > 0 && keyword === 'dependentRequired') {
      return [keyword, renamedDependents(inner, names)];
    }
    return [keyword, VALUES.has(keyword) ? inner : renamed(inner, later[keyword])];
  });
  const isSame = parts.every(([keyword, inner]) => inner === earlier[keyword]);
  return isSame ? earlier : Object.fromEntries(parts);
}

/** What stands there is no schema. */
const VALUES: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'required']);

/** Of the names that a later schema has for fields, those that the earlier one does not use yet. */
function freeNames(earlier: SchemaObject, later: SchemaObject): ReadonlyMap<string, string> {
  const properties = isSchemaObject(earlier['properties']) ? earlier['properties'] : {};
  return new Map(
    [...aliasesOf(later)].filter(
      ([old, name]) => Object.hasOwn(properties, old) && !Object.hasOwn(properties, name),
    ),
  );
}

function renamedFields(
  earlier: unknown,
  later: unknown,
  names: ReadonlyMap<string, string>,
): unknown {
  if (!isSchemaObject(earlier)) return earlier;
  const counterparts = isSchemaObject(later) ? later : {};
  const fields = Object.entries(earlier).map(([old, inner]): [string, unknown] => {
    const name = names.get(old) ?? old;
    return [name, renamed(inner, counterparts[name])];
  });
  const isSame = fields.every(([name, inner]) => earlier[name] === inner);
  return isSame ? earlier : Object.fromEntries(fields);
}

function renamedDependents(earlier: unknown, names: ReadonlyMap<string, string>): unknown {
  if (!isSchemaObject(earlier)) return earlier;
  return Object.fromEntries(
    Object.entries(earlier).map(([old, needed]) => [
      names.get(old) ?? old,
      renamedAll(needed, names),
    ]),
  );
}

function renamedAll<T>(fields: T, names: ReadonlyMap<string, string>): T {
  const nameOf = (field: unknown): unknown =>
    typeof field === 'string' ? (names.get(field) ?? field) : field;
  return (Array.isArray(fields) ? fields.map(nameOf) : nameOf(fields)) as T;
}
