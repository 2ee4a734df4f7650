import { checkExpression } from '../expressions/check.ts';
import type { CheckedExpression, ExpressionProblem, Scope } from '../expressions/expression.ts';
import type { ValueType } from '../types/value-type.ts';
import { withoutLiteral } from '../types/make-type.ts';

/** Where names are looked up at one place of a text. Each `each` opens one more. */
export interface TextScope {
  readonly variables: Scope['variables'];
  /** The name under which the item stands among the variables; none outside of every `each`. */
  readonly item?: string;
  /** The path of the list that the items are of. */
  readonly prefix?: string;
  readonly outer?: TextScope;
  readonly depth: number;
}

/** The variables of the items, innermost last. No name of an author begins like that. */
const ITEM = /\b_item\d+\b/g;

export function rootScope(variables: Scope['variables']): TextScope {
  return { variables, depth: 0 };
}

/** The scope inside `{{#each}}`. */
export function itemScope(outer: TextScope, type: ValueType, prefix: string): TextScope {
  const item = `_item${outer.depth + 1}`;
  return {
    variables: { ...outer.variables, [item]: withoutLiteral(type) },
    item,
    prefix,
    outer,
    depth: outer.depth + 1,
  };
}

/** A path of a text that was found, and what flows through it. */
export interface FoundPath {
  readonly expression: CheckedExpression;
  readonly flows: CheckedExpression['flows'];
  /** Where the value lies in the case's data, also where it was named by way of an item. */
  readonly prefix: string;
}

/** Tells what a path means, or what is wrong with it; offsets count from the path's start. */
export function findPath(
  parts: readonly string[],
  scope: TextScope,
): FoundPath | ExpressionProblem {
  const steps = scope.item === undefined ? parts : [scope.item, ...parts];
  // Nothing is needed here: what is empty leaves nothing.
  const checked = checkExpression(steps.join('.'), {
    variables: scope.variables,
    present: 'all',
  });
  if (checked.ok) {
    const { expression } = checked;
    return {
      expression,
      flows: expression.flows.map((flow) => ({ ...flow, path: tracedPath(flow.path, scope) })),
      prefix: tracedPath(steps.join('.'), scope),
    };
  }
  const [problem] = checked.problems;
  return {
    code: problem?.code ?? 'syntax',
    message: (problem?.message ?? 'The path cannot be read.').replace(ITEM, 'this'),
    from: 0,
    to: 0,
    ...fixOf(steps, problem),
  };
}

function fixOf(
  steps: readonly string[],
  problem: ExpressionProblem | undefined,
): Pick<ExpressionProblem, 'fix'> {
  const edit = problem?.fix?.edits[0];
  if (problem?.fix === undefined || edit === undefined) return {};
  const source = steps.join('.');
  const text = (source.slice(0, edit.from) + edit.text + source.slice(edit.to)).replace(
    ITEM,
    'this',
  );
  return { fix: { title: problem.fix.title, edits: [{ from: 0, to: 0, text }] } };
}

/** Says of an item's field from which list it came. */
function tracedPath(path: string, scope: TextScope): string {
  for (let at: TextScope | undefined = scope; at !== undefined; at = at.outer) {
    if (at.item === undefined || at.prefix === undefined) continue;
    if (path === at.item || path.startsWith(`${at.item}.`)) {
      return at.prefix + path.slice(at.item.length);
    }
  }
  return path;
}
