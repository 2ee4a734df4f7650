import type { Expression } from '../definition/values.ts';
import type { ExpressionProblem } from '../expressions/expression.ts';
import type { Path, Problem } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import type { CheckCode } from './codes.ts';

/** Makes an error at a path. */
export function error(
  code: CheckCode,
  path: Path,
  message: string,
  trace?: readonly string[],
): Problem {
  return { code, severity: 'error', path, message, ...(trace !== undefined && { trace }) };
}

/** Makes a warning at a path. */
export function warning(code: CheckCode, path: Path, message: string): Problem {
  return { code, severity: 'warning', path, message };
}

/** Turns a finding inside an expression into a problem of the workflow, at its characters. */
export function insideExpression(
  { path, literal }: Expression,
  found: ExpressionProblem,
  { map }: Checkup,
): Problem {
  const { code, message } = found;
  const problem: Problem = { code, severity: 'error', path, message };
  // What is written as `{ value: … }` or as a plain number has no characters of an expression.
  if (map === undefined || literal !== undefined) return problem;
  const fix = found.fix && map.fixInside(path, found.fix);
  return {
    ...problem,
    position: map.locateInside(path, found.from, found.to),
    ...(fix !== undefined && { fix }),
  };
}
