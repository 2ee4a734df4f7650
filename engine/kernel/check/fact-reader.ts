import type { Expression } from '../definition/values.ts';
import type { CheckedExpression } from '../expressions/expression.ts';
import type { Filled } from './filled-fields.ts';
import { meet, rootOf } from './filled-fields.ts';
import { readExpression } from './read-expression.ts';
import type { Variables } from './variables.ts';

/**
 * Reads expressions while the search for presence goes over the statechart, and remembers what was
 * present at each of them.
 */
export class FactReader {
  readonly #cache = new Map<Expression, Map<string, CheckedExpression | undefined>>();
  readonly #seen = new Map<Expression, Map<string, Filled>>();

  /** Checks an expression of a state; `undefined` where it has problems of its own. */
  read(
    expression: Expression,
    variables: Variables,
    filled: Filled,
    state: string,
  ): CheckedExpression | undefined {
    this.#remember(expression, filled, state);
    const known = this.#cache.get(expression) ?? new Map<string, CheckedExpression | undefined>();
    this.#cache.set(expression, known);
    const key = relevant(expression, filled);
    if (known.has(key)) return known.get(key);
    const result = readExpression(expression, { variables, present: filled });
    const read = result.ok ? result.expression : undefined;
    known.set(key, read);
    return read;
  }

  /** What is present at an expression, state by state; nothing where no case can come. */
  seenAt(expression: Expression): ReadonlyMap<string, Filled> {
    return this.#seen.get(expression) ?? new Map<string, Filled>();
  }

  #remember(expression: Expression, filled: Filled, state: string): void {
    const seen = this.#seen.get(expression) ?? new Map<string, Filled>();
    this.#seen.set(expression, seen);
    seen.set(state, meet(seen.get(state), filled));
  }
}

/** The filled paths that an expression could read; two readings that share them are the same. */
function relevant({ source }: Expression, filled: Filled): string {
  return [...filled]
    .filter((path) => source.includes(rootOf(path)))
    .sort()
    .join(' ');
}
