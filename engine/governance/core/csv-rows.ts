import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from '../../kernel/problem.ts';

/** One line of a CSV file. */
export interface CsvRow {
  readonly cells: readonly string[];
  /** 1-based. */
  readonly line: number;
}

/** Something wrong in a CSV file: in a line, or in one cell of it. */
export interface CsvFault {
  readonly code: string;
  readonly line: number;
  /** Counts from 0. (Default: the whole line) */
  readonly cell?: number;
  readonly message: string;
}

/** A row as `csv-parse` gives it with the option `info`. */
interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** What is taken of a kind of CSV file, and the code of what is wrong with it as a whole. */
export interface CsvFormat {
  readonly code: string;
  readonly mostKilobytes: number;
}

/** Reads the rows of a CSV file, its header among them. */
export function readCsvRows(
  text: string,
  { code, mostKilobytes }: CsvFormat,
): { readonly rows: readonly CsvRow[]; readonly fault?: CsvFault } {
  if (text.length > mostKilobytes * 1024)
    return {
      rows: [],
      fault: { code, line: 1, message: `The file is longer than ${mostKilobytes} KB.` },
    };
  try {
    const parsed = parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true });
    const rows = parsed as unknown as readonly ParsedRow[];
    return { rows: rows.map(({ record, info }) => ({ cells: record, line: info.lines })) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines'] ?? 1);
    return { rows: [], fault: { code, line, message: `${error.message}.` } };
  }
}

/** Places a fault in its file. */
export function csvProblem(path: string, text: string, fault: CsvFault): Problem {
  const { code, line, cell, message } = fault;
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  const written = lines[line - 1] ?? '';
  const [first, last] = cell === undefined ? [0, written.length] : cellIn(written, cell);
  const position = { line, column: first + 1, from: start + first, to: start + last };
  return { code, severity: 'error', path: [], message, file: path, position };
}

/** Where a cell begins and ends in its line; commas inside quotes part no cells. */
function cellIn(line: string, cell: number): readonly [from: number, to: number] {
  let isQuoted = false;
  let from = 0;
  let index = 0;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') isQuoted = !isQuoted;
    if (line[at] !== ',' || isQuoted) continue;
    if (index === cell) return [from, at];
    index += 1;
    from = at + 1;
  }
  return [from, line.length];
}
