import Handlebars from 'handlebars';
import type { ExpressionProblem } from '../expressions/expression.ts';
import { Latest } from '../latest.ts';

export type ParsedText =
  | { readonly ok: true; readonly program: hbs.AST.Program }
  | { readonly ok: false; readonly problem: ExpressionProblem };

/** The longest source of a text, in characters. */
const LONGEST = 64 * 1024;
/** The most `{{…}}` in one text; they bound how deep blocks can lie in one another. */
const MOST_MUSTACHES = 1000;

/** Parses a text's Handlebars source; it is never handed to their compiler. */
export function parseText(source: string): ParsedText {
  const mustaches = source.split('{{').length - 1;
  if (source.length > LONGEST || mustaches > MOST_MUSTACHES) {
    const message = `The text is too big: at most 64 KB with ${MOST_MUSTACHES} {{…}} in it.`;
    return { ok: false, problem: { code: 'too-big', message, from: 0, to: source.length } };
  }
  return LATEST.of(source);
}

/** A text is read by the check and by the compiler. */
const LATEST = new Latest(500_000, parse);

function parse(source: string): ParsedText {
  try {
    return { ok: true, program: Handlebars.parse(source) };
  } catch (error) {
    return { ok: false, problem: explain(source, error) };
  }
}

function explain(source: string, error: unknown): ExpressionProblem {
  const reason = error instanceof Error ? error.message : String(error);
  const mismatch = /^(.*?) doesn't match (.*?) - (\d+):(\d+)/.exec(reason);
  if (mismatch !== null) {
    const from = offsetOf(source, Number(mismatch[3]), Number(mismatch[4]));
    const message = `{{#${mismatch[1] ?? ''}}} is closed by {{/${mismatch[2] ?? ''}}}. Close it by its own name.`;
    return { code: 'text-syntax', message, from, to: lineEnd(source, from) };
  }
  const line = Number(/on line (\d+)/.exec(reason)?.[1] ?? 1);
  const from = offsetOf(source, line, 0);
  const message = `Line ${line} cannot be read: look for a missing {{, }} or {{/…}}.`;
  return { code: 'text-syntax', message, from, to: lineEnd(source, from) };
}

/** Finds the offset of a line (from 1) and column (from 0). */
export function offsetOf(source: string, line: number, column: number): number {
  let from = 0;
  for (let current = 1; current < line; current++) {
    const end = source.indexOf('\n', from);
    if (end < 0) break;
    from = end + 1;
  }
  return Math.min(from + column, source.length);
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}
