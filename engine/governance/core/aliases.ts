import type { Path } from '../../kernel/problem.ts';
import { isSchemaObject, subschemas } from '../../kernel/validator/subschemas.ts';
import type { Fault } from './fault.ts';

/** The keyword under which a field says what it was called before. */
export const ALIAS = 'x-alias';

/** What the fields of an object were called before, by their names now. */
export function earlierNames(schema: unknown): ReadonlyMap<string, string> {
  const properties = isSchemaObject(schema) ? schema['properties'] : undefined;
  const names = new Map<string, string>();
  if (!isSchemaObject(properties)) return names;
  for (const [name, field] of Object.entries(properties)) {
    const old = isSchemaObject(field) ? field[ALIAS] : undefined;
    if (typeof old === 'string') names.set(name, old);
  }
  return names;
}

/** Tells which fields of a schema say that they had a name which they cannot have had. */
export function aliasFaults(schema: unknown, path: Path): readonly Fault[] {
  if (!isSchemaObject(schema)) return [];
  return [...(ALIAS in schema ? [misplaced([...path, ALIAS])] : []), ...faultsInside(schema, path)];
}

function faultsInside(schema: Readonly<Record<string, unknown>>, path: Path): readonly Fault[] {
  const fields = new Set(Object.keys(Object(schema['properties']) as object));
  const taken = new Map<string, string>();
  return subschemas(schema).flatMap(({ path: steps, schema: inner }) => {
    const at = [...path, ...steps];
    if (steps[0] !== 'properties' || !isSchemaObject(inner)) return aliasFaults(inner, at);
    const name = String(steps[1]);
    const alias = inner[ALIAS];
    const inField = faultsInside(inner, at);
    if (typeof alias !== 'string') return inField;
    const other = taken.get(alias);
    taken.set(alias, name);
    if (fields.has(alias)) return [stillThere(alias, name, [...at, ALIAS]), ...inField];
    return other === undefined ? inField : [twice(alias, other, [...at, ALIAS]), ...inField];
  });
}

function misplaced(path: Path): Fault {
  const message = `"${ALIAS}" says what a field was called before: it stands beside a field under "properties".`;
  return { code: 'alias-place', path, message };
}

function stillThere(alias: string, name: string, path: Path): Fault {
  const message =
    alias === name
      ? `"${name}" has its own name as its alias. Take "${ALIAS}" out.`
      : `"${alias}" is still a field, so "${name}" cannot be its new name. Take the field "${alias}" out, or this alias.`;
  return { code: 'alias-exists', path, message };
}

function twice(alias: string, other: string, path: Path): Fault {
  const message = `"${other}" says already that it was called "${alias}". Only one field can be its new name.`;
  return { code: 'alias-twice', path, message };
}
