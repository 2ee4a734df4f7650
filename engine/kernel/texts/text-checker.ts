import { showClassification } from '../classification.ts';
import type { CheckedExpression, ExpressionProblem, FieldRead } from '../expressions/expression.ts';
import type { Fix } from '../problem.ts';
import { offsetOf } from './parse-text.ts';
import type { TextCode } from './problem-codes.ts';

export type TextFlow = CheckedExpression['flows'][number];

/** What is shared by the whole check of one text. */
export interface TextChecker {
  readonly source: string;
  readonly helpers: readonly string[];
  readonly locale: string;
  readonly link: 'required' | 'forbidden';
  readonly problems: ExpressionProblem[];
  readonly flows: Map<string, TextFlow>;
  readonly fields: FieldRead[];
  /** How many `{{link}}` stand where they are always shown. */
  links: number;
}

interface Located {
  readonly loc: hbs.AST.SourceLocation;
}

/** The offsets at which a part of a text begins and ends. */
export function placeOf(checker: TextChecker, { loc }: Located): { from: number; to: number } {
  return {
    from: offsetOf(checker.source, loc.start.line, loc.start.column),
    to: offsetOf(checker.source, loc.end.line, loc.end.column),
  };
}

/** Notes a problem at a part of the text. */
export function report(
  checker: TextChecker,
  node: Located,
  code: TextCode,
  message: string,
  fix?: Fix,
): void {
  checker.problems.push({
    code,
    message,
    ...placeOf(checker, node),
    ...(fix !== undefined && { fix }),
  });
}

/** Notes what flows into the text. */
export function noteFlows(checker: TextChecker, flows: readonly TextFlow[]): void {
  for (const flow of flows) {
    checker.flows.set(`${flow.path} ${showClassification(flow.type.classification)}`, flow);
  }
}
