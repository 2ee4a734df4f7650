import type { Problem } from '../../kernel/problem.ts';
import { isIsoDate } from '../../kernel/values/iso-date.ts';
import { csvProblem, readCsvRows } from './csv-rows.ts';
import type { CsvFault, CsvRow } from './csv-rows.ts';

/** A table of days on which nobody works. */
export interface ReadHolidays {
  /** ISO dates, sorted; empty where there is a problem. */
  readonly dates: readonly string[];
  readonly problems: readonly Problem[];
}

const FORMAT = { code: 'holidays', mostKilobytes: 256 };
const COLUMNS = 'date,name';

/** Reads holidays from CSV with the columns `date` (ISO) and `name`. */
export function readHolidays(path: string, text: string): ReadHolidays {
  const { rows, fault } = readCsvRows(text, FORMAT);
  const faults = fault === undefined ? faultsOf(rows) : [fault];
  if (faults.length > 0)
    return { dates: [], problems: faults.map((each) => csvProblem(path, text, each)) };
  return { dates: rows.slice(1).map(dateOf).sort(), problems: [] };
}

function faultsOf(rows: readonly CsvRow[]): readonly CsvFault[] {
  const [header, ...days] = rows;
  if (header?.cells.join(',') !== COLUMNS)
    return [faultAt(1, `The first line must name the columns: ${COLUMNS}.`)];
  const seen = new Set<string>();
  return days.flatMap((row) => {
    const date = dateOf(row);
    if (!isIsoDate(date))
      return [faultAt(row.line, `"${date}" is not a date. Write it like 2027-03-17.`)];
    if (seen.has(date))
      return [faultAt(row.line, `${date} stands here twice. Take one of them away.`)];
    seen.add(date);
    return [];
  });
}

function faultAt(line: number, message: string): CsvFault {
  return { code: FORMAT.code, line, message };
}

function dateOf({ cells }: CsvRow): string {
  return cells[0] ?? '';
}
