import type { Json, JsonObject, ValueType } from '../../engine/index.ts';

/** One value of each entry of a list, as it can be changed by hand. */
export interface CaseColumn {
  /** Inside the entry, `sku` or `price.net`. */
  readonly name: string;
  readonly type: ValueType;
}

/** What was entered for a list, entry by entry: texts by the names of their columns. */
export type EnteredRow = ReadonlyMap<string, string>;

/** The columns of a list of objects that hold plain values alone; of anything else `undefined`. */
export function columnsOf(type: ValueType): readonly CaseColumn[] | undefined {
  if (type.kind !== 'list' || type.of.kind !== 'object') return undefined;
  const columns = columnsIn(type.of, '');
  const isPlain = columns.every(({ type: { kind } }) => kind !== 'list' && kind !== 'object');
  return isPlain && columns.length > 0 ? columns : undefined;
}

function columnsIn(type: ValueType, prefix: string): readonly CaseColumn[] {
  if (type.kind !== 'object') return [];
  return Object.entries(type.fields).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const inner = columnsIn(field, `${path}.`);
    return inner.length > 0 ? inner : [{ name: path, type: field }];
  });
}

/** Writes a list as it is entered: JSON with what is filled of its columns, and nothing else. */
export function listText(value: Json | undefined, columns: readonly CaseColumn[]): string {
  const entries: readonly Json[] = Array.isArray(value) ? value : [];
  return textOf(
    entries.map((entry) =>
      columns.reduce<JsonObject>((row, { name }) => {
        const found = valueIn(entry, name.split('.'));
        return found === null ? row : withValue(row, name.split('.'), found);
      }, {}),
    ),
  );
}

/**
 * Reads rows as the text of a list. Rows without anything in them are left out; what cannot be read
 * stays as it was entered, and is found when the list is held against its type.
 */
export function rowsText(rows: readonly EnteredRow[], columns: readonly CaseColumn[]): string {
  const entries = rows.flatMap((row): readonly JsonObject[] => {
    const filled = columns.filter(({ name }) => (row.get(name) ?? '').trim() !== '');
    if (filled.length === 0) return [];
    return [
      filled.reduce<JsonObject>((entry, { name, type }) => {
        return withValue(entry, name.split('.'), readCell(row.get(name) ?? '', type));
      }, {}),
    ];
  });
  return textOf(entries);
}

/** Reads the text of a list as rows; none where it is no list. */
export function rowsIn(text: string, columns: readonly CaseColumn[]): readonly EnteredRow[] {
  const entries = text.trim() === '' ? [] : jsonOf(text);
  return (Array.isArray(entries) ? (entries as readonly Json[]) : []).map(
    (entry) =>
      new Map(
        columns.map(({ name }) => {
          const found = valueIn(entry, name.split('.'));
          return [name, typeof found === 'string' ? found : cellText(found)];
        }),
      ),
  );
}

function textOf(entries: readonly JsonObject[]): string {
  return entries.length === 0 ? '' : JSON.stringify(entries, null, 2);
}

function cellText(value: Json): string {
  return value === null ? '' : JSON.stringify(value);
}

function readCell(text: string, type: ValueType): Json {
  switch (type.kind) {
    case 'number':
    case 'whole number':
    case 'yes/no':
      return jsonOf(text) ?? text.trim();
    case 'one of':
      return type.choices.find((choice) => String(choice) === text) ?? text;
    case 'text':
      return text.replaceAll('\r\n', '\n');
    default:
      return text.trim();
  }
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function valueIn(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = value as JsonObject;
  return Object.hasOwn(fields, step) ? valueIn(fields[step] ?? null, rest) : null;
}

function withValue(entry: JsonObject, [step, ...rest]: readonly string[], value: Json): JsonObject {
  if (step === undefined) return entry;
  const inner = entry[step];
  const outer = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {};
  return {
    ...entry,
    [step]: rest.length === 0 ? value : withValue(outer as JsonObject, rest, value),
  };
}
