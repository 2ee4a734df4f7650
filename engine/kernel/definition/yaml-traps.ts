import type { YAMLError } from 'yaml';
import type { Fix } from '../problem.ts';
import { endOfUnquoted, quoted } from './yaml-quotes.ts';
import type { Refusal } from './yaml-scan.ts';

/** What to tell about a place where YAML reads something else than its author meant. */
export interface Trap {
  readonly code: string;
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly fix?: Fix;
}

/** Explains a part of YAML that Trellis does not read. */
export function explainRefusal(text: string, refusal: Refusal, deepest: number): Trap {
  const { kind, from, to } = refusal;
  switch (kind) {
    case 'depth':
      return {
        code: 'yaml-depth',
        from,
        to,
        message: `This is nested deeper than ${deepest} levels.`,
      };
    case 'directive':
      return {
        code: 'yaml-directive',
        from,
        to,
        message: 'Lines that begin with % are not read. Take this line and the `---` below it out.',
      };
    case 'tag':
      return inQuotes(
        text,
        refusal,
        'yaml-tag',
        (whole) => `YAML reads the ! in ${whole} as a tag.`,
      );
    case 'anchor':
    case 'alias':
      return inQuotes(
        text,
        refusal,
        'yaml-anchor',
        (whole) => `Anchors (&) and aliases (*) are not read: ${whole}.`,
      );
  }
}

/** Explains a syntax error of the YAML parser, with a cure where the cause is a known trap. */
export function explainSyntax(text: string, error: YAMLError): Trap {
  const [at, end] = error.pos;
  const to = Math.max(at, Math.min(end, at + 200));
  if (error.code === 'MULTIPLE_DOCS') {
    const message = 'The file holds more than one document. Take the `---` out, or make two files.';
    return { code: 'yaml-documents', message, from: at, to };
  }
  if (error.code === 'TAB_AS_INDENT') {
    const message = 'The line is indented by a tab. Indent by spaces.';
    return { code: 'yaml-syntax', message, from: at, to };
  }
  const interval = unquotedInterval(text, at, error);
  if (interval !== undefined) {
    const { from, whole } = interval;
    return {
      code: 'yaml-quotes',
      message: `YAML reads ${whole} as a list. Put it in quotes: '${whole}'`,
      from,
      to: from + whole.length,
      fix: {
        title: 'Put it in quotes',
        edits: [{ from, to: from + whole.length, text: quoted(whole) }],
      },
    };
  }
  const start = startOfValue(text, at);
  if (start !== undefined && isMissingQuotes(text, start, error)) {
    const refusal = { from: start, to, inFlow: false };
    return inQuotes(
      text,
      refusal,
      'yaml-quotes',
      (whole) => `YAML cannot read ${whole} as one text.`,
    );
  }
  const inside = startInFlow(text, at, error);
  if (inside !== undefined) {
    const refusal = { from: inside, to: inside, inFlow: true };
    return inQuotes(
      text,
      refusal,
      'yaml-quotes',
      (whole) => `Inside { } and [ ] YAML cannot read ${whole} as one text.`,
    );
  }
  return {
    code: 'yaml-syntax',
    message: `This is not YAML: ${firstSentence(error)}.`,
    from: at,
    to,
  };
}

function inQuotes(
  text: string,
  place: Pick<Refusal, 'from' | 'to' | 'inFlow'>,
  code: string,
  what: (whole: string) => string,
): Trap {
  const { from } = place;
  const to = Math.max(place.to, endOfUnquoted(text, from, place.inFlow));
  const whole = text.slice(from, to);
  const replacement = quoted(withoutOddQuotes(whole));
  return {
    code,
    message: `${what(whole.slice(0, 80))} Put it in quotes: ${replacement.slice(0, 90)}`,
    from,
    to,
    fix: { title: 'Put it in quotes', edits: [{ from, to, text: replacement }] },
  };
}

/** `'it's'` already has quotes, only not the right ones: take them off before putting new ones on. */
function withoutOddQuotes(whole: string): string {
  return /^'.*'$/.test(whole) ? whole.slice(1, -1).replaceAll("''", "'") : whole;
}

/** The value on the line of an error, when the error lies in the value: after `name: ` or `- `. */
function startOfValue(text: string, at: number): number | undefined {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lead = /^[ ]*(?:- +)*(?:[A-Za-z][\w .-]*:[ ]+)?/.exec(text.slice(lineStart, at + 1))?.[0];
  if (lead === undefined || lead.trim() === '') return undefined;
  const start = lineStart + lead.length;
  return start <= at ? start : undefined;
}

/** Errors that a value inside `{ }` makes which should have been quoted. */
const IN_FLOW: ReadonlySet<YAMLError['code']> = new Set([
  ...(['BAD_SCALAR_START', 'BLOCK_IN_FLOW', 'UNEXPECTED_TOKEN'] as const),
]);

/** Where the value of an error begins that lies inside `{ }`, after its `name: `. */
function startInFlow(text: string, at: number, error: YAMLError): number | undefined {
  if (!IN_FLOW.has(error.code) && error.code !== 'MISSING_CHAR') return undefined;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const before = text.slice(Math.max(lineStart, at - 500), at);
  const lead = /^.*[{,][ ]*[A-Za-z][\w.-]*:[ ]+/.exec(before)?.[0];
  if (lead === undefined) return undefined;
  const start = at - before.length + lead.length;
  // A comma between the brackets of a function ended the value.
  const isCut = /\([^()]*,[^()]*$/.test(text.slice(start, at));
  if (error.code === 'MISSING_CHAR' && !isCut) return undefined;
  // A group or a list may be wrong in itself; of a text it is sure that it needs quotes.
  return /^([[]|\{(?!\{))/.test(text.slice(start, start + 2)) ? undefined : start;
}

/** A decision cell like `[1000..10000)`, on the line where YAML misses its closing bracket. */
function unquotedInterval(
  text: string,
  at: number,
  error: YAMLError,
): { readonly from: number; readonly whole: string } | undefined {
  if (error.code !== 'BAD_INDENT') return undefined;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(lineStart, lineStart + 500).split('\n')[0] ?? '';
  const match = /\[[^\s[\],'"]{1,40}\.\.[^\s[\],'"]{1,40}\)/.exec(line);
  return match === null ? undefined : { from: lineStart + match.index, whole: match[0] };
}

/** Errors that a value makes which should have been one quoted text. */
function isMissingQuotes(text: string, start: number, error: YAMLError): boolean {
  if (text.slice(start, error.pos[0]).includes('\n')) return false;
  const rest = text.slice(start, endOfUnquoted(text, start, false));
  switch (error.code) {
    case 'BAD_SCALAR_START':
      return /^[^-?{[]/.test(rest);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return /^[^-?{[].*:\s/.test(rest);
    case 'UNEXPECTED_TOKEN':
      return /^(["'>|]|\{\{)/.test(rest);
    default:
      return false;
  }
}

function firstSentence(error: YAMLError): string {
  return (error.message.split(/[\n;]/)[0] ?? '').slice(0, 200).replace(/[.:]$/, '');
}
