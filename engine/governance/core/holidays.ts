import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from '../../kernel/problem.ts';
import { isIsoDate } from '../../kernel/values/iso-date.ts';

/** A table of days on which nobody works. */
export interface ReadHolidays {
  /** ISO dates, sorted; empty where there is a problem. */
  readonly dates: readonly string[];
  readonly problems: readonly Problem[];
}

interface Row {
  readonly cells: readonly string[];
  /** 1-based. */
  readonly line: number;
}

interface RowFault {
  readonly line: number;
  readonly message: string;
}

const COLUMNS = 'date,name';
const MOST_CHARACTERS = 256 * 1024;

/** Reads holidays from CSV with the columns `date` (ISO) and `name`. */
export function readHolidays(path: string, text: string): ReadHolidays {
  const { rows, fault } = readRows(text);
  const faults = fault === undefined ? faultsOf(rows) : [fault];
  if (faults.length > 0)
    return { dates: [], problems: faults.map((each) => problemAt(path, text, each)) };
  return { dates: rows.slice(1).map(dateOf).sort(), problems: [] };
}

function readRows(text: string): { readonly rows: readonly Row[]; readonly fault?: RowFault } {
  if (text.length > MOST_CHARACTERS)
    return { rows: [], fault: { line: 1, message: 'The file is longer than 256 KB.' } };
  try {
    const parsed = parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true });
    const rows = parsed as unknown as readonly ParsedRow[];
    return { rows: rows.map(({ record, info }) => ({ cells: record, line: info.lines })) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows: [], fault: { line: Number(error['lines'] ?? 1), message: `${error.message}.` } };
  }
}

/** A row as `csv-parse` gives it with the option `info`. */
interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function faultsOf(rows: readonly Row[]): readonly RowFault[] {
  const [header, ...days] = rows;
  if (header?.cells.join(',') !== COLUMNS)
    return [{ line: 1, message: `The first line must name the columns: ${COLUMNS}.` }];
  const seen = new Set<string>();
  return days.flatMap((row) => {
    const date = dateOf(row);
    if (!isIsoDate(date))
      return [{ line: row.line, message: `"${date}" is not a date. Write it like 2027-03-17.` }];
    if (seen.has(date))
      return [{ line: row.line, message: `${date} stands here twice. Take one of them away.` }];
    seen.add(date);
    return [];
  });
}

function dateOf({ cells }: Row): string {
  return cells[0] ?? '';
}

function problemAt(path: string, text: string, { line, message }: RowFault): Problem {
  const lines = text.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  const to = from + (lines[line - 1]?.length ?? 0);
  const position = { line, column: 1, from, to };
  return { code: 'holidays', severity: 'error', path: [], message, file: path, position };
}
