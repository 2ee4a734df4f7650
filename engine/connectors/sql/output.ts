import type { SqlOperation } from '../../governance/connector-manifest.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';

/** One row as a driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

type Properties = Readonly<Record<string, unknown>>;

/**
 * Makes the output of a row: JSON columns are parsed, empty columns are left out, and what the
 * drivers do not agree on (exact numbers, yes/no, times) takes the form that the output declares.
 *
 * @throws `TrellisError` with code `wrong-answer` for a column that cannot be JSON.
 */
export function outputOfRow(row: Row, operation: SqlOperation): JsonObject {
  const properties = rowProperties(operation);
  const output: [string, Json][] = [];
  for (const [column, value] of Object.entries(row)) {
    if (value === null || value === undefined || column === operation.errorColumn) continue;
    const json = operation.json?.includes(column) === true && typeof value === 'string';
    output.push([column, json ? parse(column, value) : convert(column, value, properties[column])]);
  }
  return Object.fromEntries(output);
}

function rowProperties({ output, result }: SqlOperation): Properties {
  if (result === 'row') return recordAt(output, 'properties');
  const rows = recordAt(recordAt(output, 'properties'), 'rows');
  return recordAt(recordAt(rows, 'items'), 'properties');
}

function recordAt(value: Properties, key: string): Properties {
  const found = value[key];
  return typeof found === 'object' && found !== null ? { ...found } : {};
}

function parse(column: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TrellisError('wrong-answer', `The column "${column}" holds no JSON.`);
  }
}

function convert(column: string, value: unknown, property: unknown): Json {
  const { type, format } = declared(property);
  switch (typeof value) {
    case 'string':
      return (type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value)
        ? Number(value)
        : value;
    case 'number':
      if (type === 'boolean') return value !== 0;
      return type === 'string' ? String(value) : value;
    case 'boolean':
      return value;
    default:
      if (value instanceof Date) return format === 'date' ? dayOf(value) : value.toISOString();
      return structured(column, value);
  }
}

function declared(property: unknown): { readonly type?: unknown; readonly format?: unknown } {
  return typeof property === 'object' && property !== null ? property : {};
}

/** PostgreSQL's driver makes a date the midnight that begins it in the host's own zone. */
function dayOf(midnight: Date): string {
  const parts = [midnight.getFullYear(), midnight.getMonth() + 1, midnight.getDate()];
  return parts.map((part, at) => String(part).padStart(at === 0 ? 4 : 2, '0')).join('-');
}

function structured(column: string, value: unknown): Json {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    return value as Json;
  }
  throw new TrellisError(
    'wrong-answer',
    `The column "${column}" holds bytes, which have no JSON form.`,
  );
}
