import { EMPTY, NO_VALUE, TEXT, YES_NO, listOf, oneOf, plain } from '../types/make-type.ts';
import { showKind } from '../types/show.ts';
import type { ValueType } from '../types/value-type.ts';
import { ExactDecimal, exact } from '../values/decimal.ts';
import { TrellisError } from '../errors.ts';
import type { Context } from './context.ts';
import { unify } from './kinds.ts';
import type { Node } from './node.ts';
import { flowsOf, makeNode } from './node.ts';
import type { SyntaxOf } from './parse.ts';
import { allOf, refuse } from './refusal.ts';
import { refuseStranger } from './strangers.ts';

/** Checks a value that is written out. */
export function checkLiteral(
  syntax: SyntaxOf<'value'>,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  const value = syntax.args;
  switch (typeof value) {
    case 'string':
      return makeNode(syntax, { type: textType(value, wanted), run: () => value });
    case 'boolean':
      return makeNode(syntax, { type: { ...YES_NO, literal: value }, run: () => value });
    case 'number':
    case 'bigint':
      return checkNumeral(syntax, context, wanted);
    default:
      if (value === null) return makeNode(syntax, { type: EMPTY, run: () => null });
      throw refuse(
        'syntax',
        syntax,
        'Texts of bytes and numbers with "u" are not understood here.',
      );
  }
}

/** A text that is one of the choices wanted here is taken as such. */
function textType(value: string, wanted: ValueType | undefined): ValueType {
  const isChoice = wanted?.kind === 'one of' && wanted.choices.includes(value);
  return { ...(isChoice ? oneOf(wanted.choices) : TEXT), literal: value };
}

function checkNumeral(
  syntax: SyntaxOf<'value'>,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  const source = context.shared.source.slice(syntax.start, syntax.end);
  const literal = Number(source);
  if (wanted?.kind === 'decimal') {
    const value = readExact(syntax, source);
    return makeNode(syntax, { type: { ...plain('decimal'), literal }, run: () => value });
  }
  const isWhole = typeof syntax.args === 'bigint';
  if (isWhole && !Number.isSafeInteger(literal)) {
    throw refuse('too-big', syntax, `${source} is too large for a whole number.`);
  }
  const kind = isWhole && wanted?.kind !== 'number' ? 'whole number' : 'number';
  return makeNode(syntax, { type: { ...plain(kind), literal }, run: () => literal });
}

function readExact(syntax: SyntaxOf<'value'>, source: string): unknown {
  try {
    return exact(new ExactDecimal(source));
  } catch (error) {
    if (error instanceof TrellisError) {
      throw refuse('too-big', syntax, `${source} has more digits than a decimal can hold.`);
    }
    throw error;
  }
}

/** Checks a list that is written out, `["key", "oem"]`. */
export function checkList(
  syntax: SyntaxOf<'list'>,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  const item = wanted?.kind === 'list' ? wanted.of : undefined;
  const checked = allOf(
    syntax.args.map((part) => () => {
      const node = context.check(part, context, item);
      if (item !== undefined) refuseStranger(item, node);
      return node;
    }),
  );
  const { nodes, type } = unifyAll(checked);
  const runs = nodes.map((node) => node.run);
  return makeNode(syntax, {
    type: listOf(type),
    run: (frame) => runs.map((run) => run(frame)),
    flows: flowsOf(nodes),
  });
}

function unifyAll(nodes: readonly Node[]): { nodes: readonly Node[]; type: ValueType } {
  const [first, ...rest] = nodes;
  if (first === undefined) return { nodes, type: NO_VALUE };
  let all = first;
  for (const node of rest) {
    const pair = unify(all, node);
    if (pair === undefined) {
      const message = `A list has items of one kind, but this is ${showKind(node.type)} and the first is ${showKind(first.type)}.`;
      throw refuse('mixed-kinds', node, message);
    }
    all = { ...all, type: pair.type };
  }
  // A second pass brings the items before a decimal to that kind too.
  return { nodes: nodes.map((node) => unify(node, all)?.nodes[0] ?? node), type: all.type };
}
