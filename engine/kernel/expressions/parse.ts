import { Environment, ParseError } from '@marcbachmann/cel-js';
import type { ASTNode } from '@marcbachmann/cel-js';
import { Latest } from '../latest.ts';
import type { ExpressionProblem } from './expression.ts';
import { joinRegionNames } from './region-names.ts';
import { hideQuestions } from './state-questions.ts';
import { explainSyntax } from './syntax-traps.ts';

/** A part of a parsed expression, with the place in the source where it stands. */
export type Syntax = ASTNode;
export type SyntaxOf<Op extends Syntax['op']> = Extract<Syntax, { readonly op: Op }>;

export type Parsed =
  | { readonly ok: true; readonly syntax: Syntax }
  | { readonly ok: false; readonly problem: ExpressionProblem };

/** The longest source of one expression, in characters. */
const LONGEST_SOURCE = 4000;

const PARSER = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: 400,
    maxDepth: 32,
    maxListElements: 200,
    maxMapEntries: 50,
    maxCallArguments: 8,
  },
});

/** More signs in a row than this are no formula; the parser would go one call deeper for each. */
const SIGNS = /(?:[!-]\s*){33}/;

/** Parses an expression; whatever stands in the source, the answer is a tree or a placed problem. */
export function parseExpression(source: string): Parsed {
  if (source.length > LONGEST_SOURCE) {
    const message = `The formula is longer than ${LONGEST_SOURCE} characters.`;
    return { ok: false, problem: tooBig(source, message) };
  }
  if (SIGNS.test(source)) {
    return { ok: false, problem: tooBig(source, 'The formula has too many signs in a row.') };
  }
  return LATEST.of(source);
}

/** A formula is read by the check, by each look at it from another place and by the compiler. */
const LATEST = new Latest(300_000, parse);

function parse(source: string): Parsed {
  try {
    return { ok: true, syntax: PARSER.parse(hideQuestions(joinRegionNames(source))).ast };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ok: false, problem: explain(source, error) };
  }
}

function explain(source: string, error: ParseError): ExpressionProblem {
  if (error.code === 'limit_exceeded') {
    const message = 'The formula is too big: at most 400 parts, 32 levels deep, lists of 200.';
    return tooBig(source, message);
  }
  const { start, end } = error.range ?? { start: 0, end: source.length };
  const from = Math.min(start, source.length);
  return explainSyntax(source, from, Math.max(from, Math.min(end, source.length)), error.code);
}

function tooBig(source: string, message: string): ExpressionProblem {
  const advice = ' Split it: set a field of its own first.';
  return { code: 'too-big', message: message + advice, from: 0, to: source.length };
}
