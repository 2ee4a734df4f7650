import type { JsonObject, Json } from '../../kernel/json.ts';
import type { Problem } from '../../kernel/problem.ts';
import { nearestName } from '../../kernel/types/nearest-name.ts';
import { fieldOf } from '../../kernel/types/make-type.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';
import type { SchemaError, Validate } from '../../kernel/validator/schema-error.ts';
import { pathOf } from '../../kernel/validator/pointer.ts';
import { isIsoDate } from '../../kernel/values/iso-date.ts';
import { csvProblem, readCsvRows } from './csv-rows.ts';
import type { CsvFault, CsvRow } from './csv-rows.ts';

/** The columns that say when a row holds: the first and the last day, both included. */
export const VALID_FROM = 'validFrom';
export const VALID_TO = 'validTo';

/** One row of a table of reference data. */
export interface ReferenceRow {
  readonly value: JsonObject;
  /** The first day on which it holds. (Default: always before `validTo`) */
  readonly validFrom?: string;
  /** The last day on which it holds. (Default: for ever) */
  readonly validTo?: string;
}

/** What a table is read by. */
export interface TableType {
  readonly name: string;
  readonly type: ValueType;
  readonly key: readonly string[];
  readonly unique: readonly string[];
}

interface PlacedRow extends ReferenceRow {
  readonly line: number;
}

const FORMAT = { code: 'reference', mostKilobytes: 1024 };

/** Reads the rows of a table that was checked before. */
export function referenceRows(text: string, table: TableType): readonly ReferenceRow[] {
  const { rows } = readCsvRows(text, FORMAT);
  const [header, ...lines] = rows;
  return lines.map((row) => rowOf(row, header?.cells ?? [], table.type));
}

/** Tells everything that is wrong in a table: its columns, then its cells, then rows that are at odds. */
export function referenceProblems(
  path: string,
  text: string,
  table: TableType,
  validate: Validate,
): readonly Problem[] {
  const { rows, fault } = readCsvRows(text, FORMAT);
  const [header, ...lines] = rows;
  const faults =
    fault === undefined
      ? (firstFaults([
          () => columnFaults(header, table),
          () => lines.flatMap((row) => cellFaults(row, header?.cells ?? [], table, validate)),
          () => oddRows(lines, header?.cells ?? [], table),
        ]) ?? [])
      : [fault];
  return faults.map((each) => csvProblem(path, text, each));
}

function firstFaults(
  checks: readonly (() => readonly CsvFault[])[],
): readonly CsvFault[] | undefined {
  for (const check of checks) {
    const faults = check();
    if (faults.length > 0) return faults;
  }
  return undefined;
}

function columnFaults(
  header: CsvRow | undefined,
  { name, type, key }: TableType,
): readonly CsvFault[] {
  const columns = header?.cells ?? [];
  const fault = (message: string, cell?: number): CsvFault => ({
    ...{ code: 'reference-column', line: header?.line ?? 1, message },
    ...(cell !== undefined && { cell }),
  });
  const known = [
    ...Object.keys(type.kind === 'object' ? type.fields : {}),
    ...[VALID_FROM, VALID_TO],
  ];
  const wrong = columns.flatMap((column, cell) => {
    if (!known.includes(column)) {
      const meant = nearestName(column, known);
      const hint =
        meant === undefined ? `There are: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
      return [fault(`${name} has no field "${column}". ${hint}`, cell)];
    }
    if (columns.indexOf(column) !== cell)
      return [fault(`The column "${column}" stands here twice.`, cell)];
    const field = fieldOf(type, column);
    if (field === undefined || isPlain(field)) return [];
    return [fault(`"${column}" is a group, a list or a file, and cannot stand in one cell.`, cell)];
  });
  const missing = key.filter((field) => !columns.includes(field));
  if (missing.length === 0) return wrong;
  return [...wrong, fault(`The key of ${name} is missing. Add the column ${missing.join(', ')}.`)];
}

function isPlain({ kind }: ValueType): boolean {
  return kind !== 'object' && kind !== 'list' && kind !== 'file' && kind !== 'empty';
}

function cellFaults(
  row: CsvRow,
  columns: readonly string[],
  { type }: TableType,
  validate: Validate,
): readonly CsvFault[] {
  const { value, validFrom, validTo } = rowOf(row, columns, type);
  const fault = (column: string, message: string): CsvFault => ({
    ...{ code: 'reference-cell', line: row.line, message },
    ...(columns.includes(column) && { cell: columns.indexOf(column) }),
  });
  const dates = [VALID_FROM, VALID_TO].flatMap((column) => {
    const written = row.cells[columns.indexOf(column)] ?? '';
    if (written === '' || isIsoDate(written)) return [];
    return [fault(column, `"${written}" is not a date. Write it like 2027-03-17.`)];
  });
  if (dates.length > 0) return dates;
  if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
    return [fault(VALID_TO, `It would end on ${validTo}, before it begins on ${validFrom}.`)];
  return validate(value).map((error) => fault(columnOf(error), sentenceOf(error)));
}

function columnOf({ pointer }: SchemaError): string {
  return String(pathOf(pointer)[0] ?? '');
}

function sentenceOf(error: SchemaError): string {
  const column = columnOf(error);
  return column === '' ? `The line ${error.message}.` : `"${column}" ${error.message}.`;
}

/** At any moment there is one row of a key, and one of what is unique. */
function oddRows(
  lines: readonly CsvRow[],
  columns: readonly string[],
  { type, key, unique }: TableType,
): readonly CsvFault[] {
  const rows = lines.map((row): PlacedRow => ({ ...rowOf(row, columns, type), line: row.line }));
  return [key, unique].flatMap((fields) => {
    if (fields.length === 0) return [];
    return [...groupsOf(rows, fields).values()].flatMap((group) => overlaps(group, fields));
  });
}

function groupsOf(
  rows: readonly PlacedRow[],
  fields: readonly string[],
): ReadonlyMap<string, readonly PlacedRow[]> {
  const groups = new Map<string, PlacedRow[]>();
  for (const row of rows) {
    const parts = partsOf(row.value, fields);
    if (parts === undefined) continue;
    const group = groups.get(parts);
    if (group === undefined) groups.set(parts, [row]);
    else group.push(row);
  }
  return groups;
}

function partsOf(value: JsonObject, fields: readonly string[]): string | undefined {
  const parts = fields.map((name): Json => value[name] ?? null);
  return parts.includes(null) ? undefined : JSON.stringify(parts);
}

function overlaps(group: readonly PlacedRow[], fields: readonly string[]): readonly CsvFault[] {
  const inOrder = [...group].sort((a, b) => compare(a.validFrom ?? '', b.validFrom ?? ''));
  return inOrder.flatMap((row, index) => {
    const before = inOrder[index - 1];
    if (before === undefined) return [];
    const isOver = before.validTo !== undefined && before.validTo < (row.validFrom ?? '');
    if (isOver) return [];
    const message =
      `Line ${before.line} has the same ${fields.join(' and ')} ${periodOf(before)}, and this one ${periodOf(row)}. ` +
      `Only one can hold on any day: end one of them before the other begins, by ${VALID_TO}.`;
    return [{ code: 'reference-overlap', line: row.line, message }];
  });
}

function periodOf({ validFrom, validTo }: ReferenceRow): string {
  if (validFrom === undefined) return validTo === undefined ? 'always' : `until ${validTo}`;
  return validTo === undefined ? `from ${validFrom}` : `from ${validFrom} to ${validTo}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function rowOf({ cells }: CsvRow, columns: readonly string[], type: ValueType): ReferenceRow {
  const written = columns.map((column, index) => [column, cells[index] ?? ''] as const);
  const filled = written.filter(([, cell]) => cell !== '');
  const [validFrom, validTo] = [VALID_FROM, VALID_TO].map(
    (name) => filled.find(([column]) => column === name)?.[1],
  );
  const fields = filled.flatMap(([column, cell]) => {
    const field = fieldOf(type, column);
    return field === undefined ? [] : [[column, valueOf(cell, field)] as const];
  });
  return {
    value: Object.fromEntries(fields),
    ...(validFrom !== undefined && { validFrom }),
    ...(validTo !== undefined && { validTo }),
  };
}

/** What cannot be read as its kind stays a text, which the type then refuses. */
function valueOf(cell: string, type: ValueType): Json {
  switch (type.kind) {
    case 'number':
    case 'whole number':
      return NUMERAL.test(cell) ? Number(cell) : cell;
    case 'yes/no':
      return YES_NO.get(cell.toLowerCase()) ?? cell;
    case 'one of':
      return type.choices.find((choice) => String(choice) === cell) ?? cell;
    default:
      return cell;
  }
}

const NUMERAL = /^-?\d{1,15}(\.\d+)?$/;
const YES_NO: ReadonlyMap<string, boolean> = new Map([
  ...(['yes', 'true'] as const).map((word) => [word, true] as const),
  ...(['no', 'false'] as const).map((word) => [word, false] as const),
]);
