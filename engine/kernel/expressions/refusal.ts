import type { Fix } from '../problem.ts';
import type { ExpressionProblem } from './expression.ts';
import type { ExpressionCode } from './problem-codes.ts';

/** Carries a problem from where it is found to where the check of that part began. */
export class Refusal extends Error {
  readonly problems: readonly ExpressionProblem[];

  constructor(problems: readonly ExpressionProblem[]) {
    super(problems[0]?.message ?? 'refused');
    this.problems = problems;
  }
}

/** Where a problem lies: a part of the syntax, or a checked node. */
export type Place =
  { readonly start: number; readonly end: number } | { readonly from: number; readonly to: number };

/** Makes a refusal of one part of an expression. */
export function refuse(code: ExpressionCode, place: Place, message: string, fix?: Fix): Refusal {
  const [from, to] = 'start' in place ? [place.start, place.end] : [place.from, place.to];
  return new Refusal([{ code, message, from, to, ...(fix !== undefined && { fix }) }]);
}

/** A fix that replaces one part of the source. */
export function replacing(place: Place, text: string, title = `Write ${text}`): Fix {
  const [from, to] = 'start' in place ? [place.start, place.end] : [place.from, place.to];
  return { title, edits: [{ from, to, text }] };
}

/** Does all pieces of work, and refuses with the problems of all that fail. */
export function allOf<T>(work: readonly (() => T)[]): readonly T[] {
  const results: T[] = [];
  const problems: ExpressionProblem[] = [];
  for (const piece of work) {
    try {
      results.push(piece());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new Refusal(problems);
  return results;
}
