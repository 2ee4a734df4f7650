import type { Json } from '../kernel/json.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import type { FileValue } from '../kernel/values/file-value.ts';
import { isFileValue } from '../kernel/values/file-value.ts';
import { datePartsOf } from './date-parts.ts';
import type { ShownField } from './form-model.ts';
import { isList, valueAt } from './pointer.ts';
import { answerKind, choicesOf, itemsOf, numberOf, textOf } from './schema-facets.ts';

/** A value as people read it. */
export type ShownValue =
  | { readonly kind: 'empty' }
  /** One line, or several for a list or a text with line breaks. */
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  /** Uploaded files, by name and size. */
  | { readonly kind: 'files'; readonly files: readonly FileValue[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly ShownValue[])[];
    };

interface TableColumn {
  readonly label: string;
  /** True for numbers, which are set flush right. */
  readonly numeric: boolean;
}

const EMPTY: ShownValue = { kind: 'empty' };
const MONTH_NAMES = new Intl.DateTimeFormat('en-IE', { month: 'long', timeZone: 'UTC' });

/**
 * Writes a value for people: dates in words, numbers with commas between thousands, decimals with
 * the places that their type asks for, choices by their titles.
 */
export function showValue(
  value: Json | undefined,
  schema: JsonSchema,
  timeZone: string,
): ShownValue {
  if (value === undefined || value === null || value === '') return EMPTY;
  if (answerKind(schema) === 'file' && isFileValue(value)) return { kind: 'files', files: [value] };
  if (isList(value)) {
    const items = itemsOf(schema);
    const files = value.filter(isFileValue);
    if (files.length > 0 && answerKind(items) === 'file') return { kind: 'files', files };
    const lines = value.map((item) => showScalar(item, items, timeZone));
    return lines.length === 0 ? EMPTY : { kind: 'text', lines };
  }
  const lines = showScalar(value, schema, timeZone).split('\n');
  return { kind: 'text', lines };
}

/** Writes a list of objects as a table with one row an entry. */
export function showTable(
  value: Json | undefined,
  columns: readonly ShownField[],
  timeZone: string,
): ShownValue {
  if (!isList(value) || value.length === 0) return EMPTY;
  return {
    kind: 'table',
    columns: columns.map(({ label, schema }) => ({ label, numeric: isNumeric(schema) })),
    rows: value.map((entry) =>
      columns.map(({ pointer, schema }) => showValue(valueAt(entry, pointer), schema, timeZone)),
    ),
  };
}

function isNumeric(schema: JsonSchema): boolean {
  return ['number', 'whole number', 'decimal'].includes(answerKind(schema));
}

function showScalar(value: Json, schema: JsonSchema, timeZone: string): string {
  const label = choicesOf(schema)?.find((choice) => choice.value === value)?.label;
  if (label !== undefined) return label;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number')
    return value.toLocaleString('en-IE', { maximumFractionDigits: 20 });
  if (typeof value !== 'string') return JSON.stringify(value);
  switch (textOf(schema, 'format')) {
    case 'date':
      return showDate(value);
    case 'date-time':
      return showMoment(value, timeZone);
    case 'decimal':
      return showDecimal(value, numberOf(schema, 'x-scale') ?? 0);
    default:
      return value;
  }
}

function showDate(iso: string): string {
  const { day, month, year } = datePartsOf(iso);
  if (year === '') return iso;
  return `${day} ${MONTH_NAMES.format(Date.UTC(2000, Number(month) - 1, 1))} ${year}`;
}

function showMoment(iso: string, timeZone: string): string {
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) return iso;
  const format = new Intl.DateTimeFormat('en-IE', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  });
  return format.format(instant);
}

/** Never through a floating number: a decimal keeps every digit. */
function showDecimal(decimal: string, scale: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(decimal);
  if (match === null) return decimal;
  const [, sign = '', whole = '', places = ''] = match;
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/gu, ',');
  const shown = places.padEnd(scale, '0');
  return `${sign}${grouped}${shown === '' ? '' : `.${shown}`}`;
}
