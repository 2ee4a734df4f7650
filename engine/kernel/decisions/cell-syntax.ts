/** What a cell of a decision table says of its input, as written. */
export type CellTest =
  /** `-`: whatever the value. */
  | { readonly kind: 'any' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'compare'; readonly op: Comparison; readonly text: string }
  | {
      readonly kind: 'interval';
      readonly from: string;
      readonly to: string;
      readonly includesFrom: boolean;
      readonly includesTo: boolean;
    }
  | { readonly kind: 'not'; readonly of: CellTest }
  | { readonly kind: 'either'; readonly tests: readonly CellTest[] };

export type Comparison = '<' | '<=' | '>' | '>=';

export type ParsedCell =
  { readonly ok: true; readonly test: CellTest } | { readonly ok: false; readonly message: string };

const LONGEST = 500;

/** Reads a cell: `-`, `empty`, `key, oem`, `>= 10000`, `[1000..10000)`, `not(retail)`. */
export function parseCell(cell: string): ParsedCell {
  const text = cell.trim();
  if (text.length > LONGEST) return wrong(`A cell has at most ${LONGEST} characters.`);
  if (text === '-' || text === '') return { ok: true, test: { kind: 'any' } };
  const negated = /^not\s*\((.*)\)$/s.exec(text);
  if (negated === null) return parseList(text);
  const inner = parseList((negated[1] ?? '').trim());
  return inner.ok ? { ok: true, test: { kind: 'not', of: inner.test } } : inner;
}

function parseList(text: string): ParsedCell {
  const parts = splitAtCommas(text);
  if (parts === undefined) return wrong('A quote is missing in this cell.');
  const tests: CellTest[] = [];
  for (const part of parts) {
    const parsed = parseItem(part);
    if (!parsed.ok) return parsed;
    tests.push(parsed.test);
  }
  const [only] = tests;
  return { ok: true, test: tests.length === 1 && only ? only : { kind: 'either', tests } };
}

/** Splits at commas that stand outside of quotes; `undefined` where a quote is left open. */
function splitAtCommas(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (text[at] !== ',' || isQuoted) continue;
    parts.push(text.slice(start, at).trim());
    start = at + 1;
  }
  return isQuoted ? undefined : [...parts, text.slice(start).trim()];
}

function parseItem(text: string): ParsedCell {
  if (text === '') return wrong('A value is missing before or after a comma.');
  if (text === '-') return wrong('"-" accepts everything and stands alone in a cell.');
  if (text === 'empty') return { ok: true, test: { kind: 'empty' } };
  if (/^[[(\]]/.test(text) && text.includes('..')) return parseInterval(text);
  const [, op, rest = ''] = /^(<=|>=|<|>|==|=|!=)(.*)$/s.exec(text) ?? [];
  return op === undefined ? value(text) : parseComparison(op, rest.trim());
}

function parseComparison(op: string, rest: string): ParsedCell {
  if (op === '!=') return wrong(`Write not(${rest}) instead of !=.`);
  if (op.startsWith('=')) return wrong(`Write the value alone, ${rest}, without ${op}.`);
  const bound = value(rest);
  if (!bound.ok || bound.test.kind !== 'value') return bound;
  return { ok: true, test: { kind: 'compare', op: op as Comparison, text: bound.test.text } };
}

function parseInterval(text: string): ParsedCell {
  const match = /^([[(\]])(.*?)\.\.(.*?)([\])[])$/s.exec(text);
  const [, open = '', from = '', to = '', close = ''] = match ?? [];
  if (match === null || from.trim() === '' || to.trim() === '') {
    return wrong('An interval is written [1000..10000): [ and ] include the end, ( and ) do not.');
  }
  return {
    ok: true,
    test: {
      kind: 'interval',
      from: from.trim(),
      to: to.trim(),
      includesFrom: open === '[',
      includesTo: close === ']',
    },
  };
}

function value(text: string): ParsedCell {
  if (text === '') return wrong('A value is missing in this cell.');
  const quoted = /^"([^"]*)"$/.exec(text);
  if (quoted !== null) return { ok: true, test: { kind: 'value', text: quoted[1] ?? '' } };
  if (text.includes('"')) return wrong('Quotes stand around a whole value.');
  return { ok: true, test: { kind: 'value', text } };
}

function wrong(message: string): ParsedCell {
  return { ok: false, message };
}
