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
  readonly #read = new Map<Expression, Readings>();
  readonly #seen = new Map<Expression, Map<string, Filled>>();

  /** Checks an expression of a state; `undefined` where it has problems of its own. */
  read(
    expression: Expression,
    variables: Variables,
    filled: Filled,
    state: string,
  ): CheckedExpression | undefined {
    this.#remember(expression, filled, state);
    const readings: Readings = this.#read.get(expression) ?? {
      byFilled: new Map(),
      byKey: new Map(),
    };
    this.#read.set(expression, readings);
    const { byFilled, byKey } = readings;
    if (byFilled.has(filled)) return byFilled.get(filled);
    const key = relevant(expression, filled);
    const read = byKey.has(key) ? byKey.get(key) : checked(expression, variables, filled);
    byKey.set(key, read);
    byFilled.set(filled, read);
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

/** What was read at one expression: by the very facts, and by those that could make a difference. */
interface Readings {
  readonly byFilled: Map<Filled, CheckedExpression | undefined>;
  readonly byKey: Map<string, CheckedExpression | undefined>;
}

function checked(
  expression: Expression,
  variables: Variables,
  present: Filled,
): CheckedExpression | undefined {
  const result = readExpression(expression, { variables, present });
  return result.ok ? result.expression : undefined;
}

/** The filled paths that an expression could read; two readings that share them are the same. */
function relevant({ source }: Expression, filled: Filled): string {
  return [...filled]
    .filter((path) => source.includes(rootOf(path)))
    .sort()
    .join(' ');
}
