import type { ExpressionProblem } from './expression.ts';
import type { ExpressionCode } from './problem-codes.ts';

/** Where the parser stopped: the source, and the part of it that it could not read. */
interface Stop {
  readonly source: string;
  readonly from: number;
  readonly to: number;
}

type Trap = (stop: Stop) => ExpressionProblem | undefined;

/** What a formula's author may have meant, where the parser only sees that something is wrong. */
const TRAPS: readonly Trap[] = [
  stateQuestion,
  typographicQuotes,
  plainWords,
  singleEquals,
  wordOperator,
  singleSign,
  otherNotEqual,
  notWord,
];

/** Explains why a source cannot be read, in the words of its author, with a cure where one is known. */
export function explainSyntax(
  source: string,
  from: number,
  to: number,
  code: string,
): ExpressionProblem {
  const stop = { source, from, to };
  for (const trap of TRAPS) {
    const problem = trap(stop);
    if (problem !== undefined) return problem;
  }
  return { code: 'syntax', message: describe(stop, code), from, to };
}

function describe({ source, from, to }: Stop, code: string): string {
  if (source.trim() === '') return 'The formula is empty. Write a field, a number or a condition.';
  if (code.startsWith('unterminated')) return 'A quoted text has no end: a quote is missing.';
  if (code === 'newline_in_string') return 'A quoted text must end on the line where it begins.';
  if (code === 'reserved_identifier')
    return `"${source.slice(from, to)}" cannot be used as a name.`;
  if (code.includes('escape')) return 'A backslash in a text must be written twice: \\\\.';
  if (code === 'invalid_macro_argument') {
    return 'The first part must be a name for the item: lines.all(l, l.qty > 0).';
  }
  const at = source.slice(from, to).trim();
  if (at === '') return 'The formula ends too early: something is missing at its end.';
  return `"${at}" was not expected here. Is an operator, a comma or a bracket missing before it?`;
}

/** How a question about a state is written. */
export const ASK_ABOUT_STATE =
  'Ask about one state by its path, without quotes: in(asking/price), finished(asking/price).';

/** `in(path)` that was not written so: the parser knows `in` as an operator only. */
function stateQuestion({ source, from }: Stop): ExpressionProblem | undefined {
  if (!/^in\s*\(/.test(source.slice(from))) return undefined;
  return { code: 'syntax', message: ASK_ABOUT_STATE, from, to: from + 2 };
}

function typographicQuotes({ source }: Stop): ExpressionProblem | undefined {
  if (!/[“”„‘’]/.test(source)) return undefined;
  return replaceAll(
    source,
    'missing-quotes',
    'Quotes must be straight: "…".',
    source.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'"),
  );
}

/** `Thank you for your order`: no formula at all. */
function plainWords({ source }: Stop): ExpressionProblem | undefined {
  const text = source.trim();
  const isProse = /^\p{L}[\p{L}\p{N}'’.,!?;:-]*(\s+[\p{L}\p{N}'’.,!?;:&-]+)+$/u.test(text);
  if (!isProse || /(^|\s)(and|or|not|in)\s/i.test(text)) return undefined;
  return replaceAll(
    source,
    'missing-quotes',
    `A text needs quotes: ${JSON.stringify(text)}. In YAML write it as '${JSON.stringify(text)}'.`,
    JSON.stringify(text),
  );
}

function singleEquals({ source, from }: Stop): ExpressionProblem | undefined {
  if (source[from] !== '=') return undefined;
  return replaceAt(
    'single-equals',
    'To compare, write two equals signs: ==.',
    from,
    source[from + 1] === '>' ? from + 2 : from + 1,
    source[from + 1] === '>' ? '>=' : '==',
  );
}

const WORDS: Readonly<Record<string, string>> = { and: '&&', or: '||', is: '==', equals: '==' };

function wordOperator({ source, from, to }: Stop): ExpressionProblem | undefined {
  const word = source.slice(from, to);
  const sign = Object.hasOwn(WORDS, word.toLowerCase()) ? WORDS[word.toLowerCase()] : undefined;
  if (sign === undefined) return undefined;
  return replaceAt('wrong-operator', `Write ${sign} instead of "${word}".`, from, to, sign);
}

function singleSign({ source, from }: Stop): ExpressionProblem | undefined {
  const sign = source[from];
  if (sign !== '&' && sign !== '|') return undefined;
  const message = `Write ${sign}${sign} instead of ${sign}.`;
  return replaceAt('wrong-operator', message, from, from + 1, sign + sign);
}

function otherNotEqual({ source, from, to }: Stop): ExpressionProblem | undefined {
  if (source[from] !== '>' || source[from - 1] !== '<') return undefined;
  return replaceAt('wrong-operator', 'Write != instead of <>.', from - 1, to, '!=');
}

function notWord({ source, from }: Stop): ExpressionProblem | undefined {
  const match = /\b(not\s+)$/i.exec(source.slice(0, from));
  if (match === null) return undefined;
  return replaceAt('wrong-operator', 'Write ! instead of "not".', match.index, from, '!');
}

function replaceAt(
  code: ExpressionCode,
  message: string,
  from: number,
  to: number,
  text: string,
): ExpressionProblem {
  return { code, message, from, to, fix: { title: `Write ${text}`, edits: [{ from, to, text }] } };
}

function replaceAll(
  source: string,
  code: ExpressionCode,
  message: string,
  text: string,
): ExpressionProblem {
  return replaceAt(code, message, 0, source.length, text);
}
