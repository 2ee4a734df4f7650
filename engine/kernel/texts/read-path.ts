import { shapeClassification } from '../types/classify.ts';
import { YES_NO } from '../types/make-type.ts';
import type { TextChecker, TextFlow } from './text-checker.ts';
import { noteFlows, placeOf, report } from './text-checker.ts';
import type { FoundPath, TextScope } from './text-scope.ts';
import { findPath } from './text-scope.ts';

/** Checks the path that a block asks about: of a list or a group of fields, only how much there is. */
export function readAsked(
  expression: hbs.AST.Expression,
  scope: TextScope,
  checker: TextChecker,
): FoundPath | undefined {
  return readPath(expression, scope, checker, ({ flows, prefix, expression: { type } }) => {
    if (type.kind !== 'list' && type.kind !== 'object') return flows;
    return [{ path: prefix, type: { ...YES_NO, classification: shapeClassification(type) } }];
  });
}

/** Checks a path of a text; notes what is wrong with it, or else what flows through it. */
export function readPath(
  expression: hbs.AST.Expression,
  scope: TextScope,
  checker: TextChecker,
  flowsThrough: (found: FoundPath) => readonly TextFlow[] = ({ flows }) => flows,
): FoundPath | undefined {
  if (!isPath(expression)) {
    report(checker, expression, 'not-allowed', 'Only a field can stand here, such as customer.id.');
    return undefined;
  }
  const start = scopeOf(expression, scope, checker);
  if (start === undefined) return undefined;
  const found = findPath(expression.parts, start);
  if ('expression' in found) {
    noteFlows(checker, flowsThrough(found));
    const place = placeOf(checker, expression);
    checker.fields.push(...found.expression.fields.map(({ what }) => ({ what, ...place })));
    return found;
  }
  const place = placeOf(checker, expression);
  const outer = outside(expression, start);
  const fix =
    outer === undefined
      ? found.fix
      : { title: `Write ${outer}`, edits: [{ from: 0, to: 0, text: outer }] };
  checker.problems.push({
    code: found.code,
    message: outer === undefined ? found.message : `Inside {{#each}} this is written ${outer}.`,
    ...place,
    ...(fix !== undefined && {
      fix: { ...fix, edits: fix.edits.map(({ text }) => ({ ...place, text })) },
    }),
  });
  return undefined;
}

export function isPath(expression: hbs.AST.Expression): expression is hbs.AST.PathExpression {
  return expression.type === 'PathExpression';
}

/** What a field can be called; `[0]` and the like are no names. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Finds where a path begins: `../` leads out of an `each`. */
function scopeOf(
  path: hbs.AST.PathExpression,
  scope: TextScope,
  checker: TextChecker,
): TextScope | undefined {
  if (path.data || !path.parts.every((part) => NAME.test(part))) {
    report(
      checker,
      path,
      'not-allowed',
      `"${path.original}" is not a field. Write its name, such as customer.id.`,
    );
    return undefined;
  }
  let start: TextScope | undefined = scope;
  for (let steps = path.depth; steps > 0 && start !== undefined; steps--) start = start.outer;
  if (start === undefined) {
    report(checker, path, 'not-allowed', 'There are more ../ than {{#each}} around this.');
    return undefined;
  }
  if (path.parts.length === 0 && start.item === undefined) {
    report(
      checker,
      path,
      'not-allowed',
      '"this" means the item inside {{#each}}. Here, name a field.',
    );
    return undefined;
  }
  return start;
}

/** A name that is not known of an item, but outside of its list. */
function outside(path: hbs.AST.PathExpression, start: TextScope): string | undefined {
  let written = path.parts.join('.');
  for (let scope = start.outer; scope !== undefined; scope = scope.outer) {
    written = `../${written}`;
    if ('expression' in findPath(path.parts, scope)) return written;
  }
  return undefined;
}
