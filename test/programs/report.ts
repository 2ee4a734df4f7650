/** One measured number. `limit` is what it is held against, in the same unit; `ratio` their quotient. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number | null;
  readonly ratio: number | null;
}

/** Something that holds or does not, as a sentence. */
export interface Check {
  readonly text: string;
  readonly passed: boolean;
}

/** What a measuring program found. */
export interface Findings {
  readonly figures: readonly Figure[];
  readonly checks: readonly Check[];
}

/** The one object of `--json`. */
export interface Report {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly figures: readonly Figure[];
}

/** Makes a figure; numbers are kept to four significant digits, which is more than they are worth. */
export function figure(name: string, value: number, unit: string, limit?: number): Figure {
  return {
    name,
    value: rounded(value),
    unit,
    limit: limit === undefined ? null : rounded(limit),
    ratio: limit === undefined || limit === 0 ? null : rounded(value / limit),
  };
}

/** An aim: the ratio of a figure is at least `least`. A figure without a ratio misses it. */
export function ratioAim({ name, ratio }: Figure, least: number): Check {
  const found = ratio === null ? 'no limit was measured' : `it is ${ratio}`;
  return {
    text: `${name} is at least ${least} of its limit: ${found}`,
    passed: ratio !== null && ratio >= least,
  };
}

/** An aim: the ratio of a figure is at most `most`. A figure without a ratio misses it. */
export function withinAim({ name, ratio }: Figure, most: number): Check {
  const found = ratio === null ? 'no limit was measured' : `it is ${ratio}`;
  return {
    text: `${name} is at most ${most} of its limit: ${found}`,
    passed: ratio !== null && ratio <= most,
  };
}

export function reportOf(name: string, { figures, checks }: Findings): Report {
  const passed = checks.filter((check) => check.passed).length;
  return { name, passed, failed: checks.length - passed, figures };
}

/** Writes findings for people: the figures as a table, a line for each check, and how many held. */
export function showFindings({ figures, checks }: Findings): string {
  const head = ['figure', 'value', 'limit', 'ratio', 'unit'];
  const rows = figures.map(({ name, value, limit, ratio, unit }) => [
    name,
    showNumber(value),
    limit === null ? '' : showNumber(limit),
    ratio === null ? '' : ratio.toFixed(2),
    unit,
  ]);
  const lines = checks.map(({ text, passed }) => `${passed ? 'passed' : 'FAILED'}  ${text}`);
  const passed = checks.filter((check) => check.passed).length;
  const count = `${String(passed)} passed, ${String(checks.length - passed)} failed`;
  const below = lines.length === 0 ? [] : ['', ...lines, '', count];
  return [...showTable([head, ...rows]), ...below, ''].join('\n');
}

function showTable(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = rows[0]?.map((_cell, column) => column) ?? [];
  const widths = columns.map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const last = columns.length - 1;
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 || column === last ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

function showNumber(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
