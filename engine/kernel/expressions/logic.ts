import { withArticle } from '../types/assignable.ts';
import { YES_NO, withEmptiness } from '../types/make-type.ts';
import { showKind } from '../types/show.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Context } from './context.ts';
import { withFacts } from './context.ts';
import { needed } from './emptiness.ts';
import { unify } from './kinds.ts';
import type { Node } from './node.ts';
import { flowsOf, makeNode } from './node.ts';
import type { Syntax, SyntaxOf } from './parse.ts';
import { allOf, refuse } from './refusal.ts';
import { storedRun } from './stored-run.ts';

/** Checks a part that must be yes or no. */
export function checkCondition(syntax: Syntax, context: Context): Node {
  const node = context.check(syntax, context, YES_NO);
  if (node.type.kind !== 'yes/no' && node.type.kind !== 'empty') {
    const message = `A condition (yes or no) is needed here, but this is ${withArticle(showKind(node.type))}.`;
    throw refuse('wrong-kind', node, message);
  }
  return needed(context, node);
}

/** Checks `&&` and `||`, read from left to right: the right side may rely on the left. */
export function checkLogic(syntax: SyntaxOf<'&&' | '||'>, context: Context): Node {
  const [leftSyntax, rightSyntax] = syntax.args;
  const isAnd = syntax.op === '&&';
  let facts: readonly string[] = [];
  const [left, right] = allOf([
    () => {
      const node = checkCondition(leftSyntax, context);
      facts = isAnd ? node.whenTrue : node.whenFalse;
      return node;
    },
    () => checkCondition(rightSyntax, withFacts(context, facts)),
  ]) as [Node, Node];
  const [a, b] = [left.run, right.run];
  return makeNode(syntax, {
    type: YES_NO,
    run: isAnd
      ? (frame) => a(frame) === true && b(frame) === true
      : (frame) => a(frame) === true || b(frame) === true,
    flows: flowsOf([left, right]),
    ...(isAnd
      ? {
          whenTrue: [...left.whenTrue, ...right.whenTrue],
          whenFalse: common(left.whenFalse, [...left.whenTrue, ...right.whenFalse]),
        }
      : {
          whenFalse: [...left.whenFalse, ...right.whenFalse],
          whenTrue: common(left.whenTrue, [...left.whenFalse, ...right.whenTrue]),
        }),
  });
}

/** Checks `!x`. */
export function checkNot(syntax: SyntaxOf<'!_'>, context: Context): Node {
  const operand: Syntax = syntax.args;
  const { run, flows, whenTrue, whenFalse } = checkCondition(operand, context);
  return makeNode(syntax, {
    type: YES_NO,
    run: (frame) => run(frame) !== true,
    flows,
    whenTrue: whenFalse,
    whenFalse: whenTrue,
  });
}

/** Checks `condition ? a : b`; each result may rely on what the condition says. */
export function checkChoice(
  syntax: SyntaxOf<'?:'>,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  const [conditionSyntax, thenSyntax, elseSyntax] = syntax.args;
  const condition = checkCondition(conditionSyntax, context);
  const [yes, no] = allOf([
    () => context.check(thenSyntax, withFacts(context, condition.whenTrue), wanted),
    () => context.check(elseSyntax, withFacts(context, condition.whenFalse), wanted),
  ]) as [Node, Node];
  const both = unify(yes, no);
  if (both === undefined) {
    const kinds = `${showKind(yes.type)} and ${showKind(no.type)}`;
    throw refuse('mixed-kinds', syntax, `Both results must be of one kind, not ${kinds}.`);
  }
  const { run } = condition;
  const [a, b] = both.nodes;
  const [storedA, storedB] = [storedRun(a), storedRun(b)];
  return makeNode(syntax, {
    type: withEmptiness(both.type, a.type.mayBeEmpty || b.type.mayBeEmpty),
    run: (frame) => (run(frame) === true ? a.run(frame) : b.run(frame)),
    stored: (frame) => (run(frame) === true ? storedA(frame) : storedB(frame)),
    flows: flowsOf([condition, a, b]),
    whenTrue: common(
      [...condition.whenTrue, ...yes.whenTrue],
      [...condition.whenFalse, ...no.whenTrue],
    ),
    whenFalse: common(
      [...condition.whenTrue, ...yes.whenFalse],
      [...condition.whenFalse, ...no.whenFalse],
    ),
  });
}

/** What holds both ways. */
function common(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.filter((key) => b.includes(key));
}
