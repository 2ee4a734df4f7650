import { Decimal } from 'decimal.js';
import { WHOLE_NUMBER, withEmptiness, withoutLiteral } from '../../types/make-type.ts';
import { showKind } from '../../types/show.ts';
import type { ValueType } from '../../types/value-type.ts';
import { ExactDecimal, exact } from '../../values/decimal.ts';
import { finite, safeWhole } from '../arithmetic.ts';
import { isOrdered } from '../compare.ts';
import { sourceOf } from '../context.ts';
import { needed } from '../emptiness.ts';
import type { Frame } from '../frame.ts';
import { spend } from '../frame.ts';
import { isNumeric, unify } from '../kinds.ts';
import type { Node, Run } from '../node.ts';
import { flowsOf, makeNode } from '../node.ts';
import type { Syntax } from '../parse.ts';
import type { Refusal } from '../refusal.ts';
import { allOf, refuse } from '../refusal.ts';
import type { Call, FunctionDefinition } from './definition.ts';
import { checkArgument, wrongArguments } from './definition.ts';
import { order } from './order.ts';

const MOST_PLACES = 10;

const round: FunctionDefinition = {
  name: 'round',
  signature: 'round(x, places)',
  description: 'A number rounded to so many places, halves away from zero.',
  example: { formula: 'round(2.345, 2)', result: 2.35 },
  check(call) {
    const [value, places] = call.args;
    if (value === undefined || places === undefined || call.args.length > 2) {
      throw wrongArguments(call);
    }
    const context = { ...call.context, insideRound: true };
    const node = needed(context, context.check(value, context, call.wanted));
    if (!isNumeric(node.type)) {
      throw refuse('wrong-kind', node, `Only a number can be rounded, not ${showKind(node.type)}.`);
    }
    const { run, flows } = node;
    const type = withoutLiteral(node.type);
    return makeNode(call.syntax, { type, run: rounding(type, run, placesOf(call, places)), flows });
  },
};

function placesOf(call: Call, syntax: Syntax): number {
  const { literal } = checkArgument(call, syntax, ['whole number']).type;
  if (typeof literal === 'number' && literal >= 0 && literal <= MOST_PLACES) return literal;
  const message = `The places must be written out, as a whole number from 0 to ${MOST_PLACES}.`;
  throw refuse('wrong-arguments', syntax, message);
}

function rounding(type: ValueType, run: Run, places: number): Run {
  if (type.kind === 'whole number') return run;
  if (type.kind === 'decimal') {
    return (frame) => exact((run(frame) as Decimal).toDecimalPlaces(places));
  }
  return (frame) =>
    new ExactDecimal(run(frame) as number)
      .toDecimalPlaces(places, Decimal.ROUND_HALF_UP)
      .toNumber();
}

const sum: FunctionDefinition = {
  name: 'sum',
  signature: 'sum(list)',
  description: 'All numbers of a list added up; 0 for an empty list.',
  example: { formula: 'sum([1, 2, 3.5])', result: 6.5 },
  check(call) {
    const [syntax] = call.args;
    if (syntax === undefined || call.args.length > 1) throw wrongArguments(call);
    const list = listArgument(call, syntax);
    const { of } = list.type;
    if (of.kind === 'empty') return makeNode(call.syntax, { type: WHOLE_NUMBER, run: () => 0 });
    if (!isNumeric(of)) {
      throw refuse(
        'wrong-kind',
        list,
        `Only numbers can be added up, not a ${showKind(list.type)}.`,
      );
    }
    return makeNode(call.syntax, {
      type: withoutLiteral(of),
      run: adding(of, itemsOf(list), call.context.insideRound),
      flows: list.flows,
    });
  },
};

type Items = (frame: Frame) => readonly unknown[];

function adding(of: ValueType, items: Items, isRounded: boolean): Run {
  if (of.kind === 'decimal') {
    const zero = new ExactDecimal(0);
    const check = isRounded ? (value: Decimal) => value : exact;
    return (frame) =>
      check((items(frame) as readonly Decimal[]).reduce((total, item) => total.plus(item), zero));
  }
  const check = of.kind === 'whole number' ? safeWhole : finite;
  return (frame) =>
    check((items(frame) as readonly number[]).reduce((total, item) => total + item, 0));
}

function extreme(name: 'min' | 'max', description: string, result: number): FunctionDefinition {
  const sign = name === 'min' ? 1 : -1;
  return {
    name,
    signature: `${name}(a, b) or ${name}(list)`,
    description,
    example: { formula: `${name}(3, 7)`, result },
    check(call) {
      const [first] = call.args;
      if (first === undefined) throw wrongArguments(call);
      return call.args.length === 1 ? ofList(call, first, sign) : ofArguments(call, sign);
    },
  };
}

function ofList(call: Call, syntax: Syntax, sign: number): Node {
  const list = listArgument(call, syntax);
  const { of } = list.type;
  refuseUnordered(of, list);
  const items = itemsOf(list);
  const best = pick(of, sign);
  return makeNode(call.syntax, {
    type: withEmptiness(withoutLiteral(of), true),
    run: (frame) => items(frame).reduce<unknown>(best, null),
    flows: list.flows,
  });
}

function ofArguments(call: Call, sign: number): Node {
  const { context } = call;
  let wanted = call.wanted;
  const nodes = allOf(
    call.args.map((syntax) => () => {
      const node = needed(context, context.check(syntax, context, wanted));
      refuseUnordered(node.type, node);
      wanted ??= node.type.literal === undefined ? node.type : undefined;
      return node;
    }),
  );
  const [first, ...rest] = nodes as [Node, ...Node[]];
  const all = rest.reduce((a, b) => ({ ...a, type: unified(a, b) }), first);
  const runs = nodes.map((node) => unify(node, all)?.nodes[0].run ?? node.run);
  const best = pick(all.type, sign);
  return makeNode(call.syntax, {
    type: withoutLiteral(all.type),
    run: (frame) => runs.reduce<unknown>((value, run) => best(value, run(frame)), null),
    flows: flowsOf(nodes),
  });
}

function unified(a: Node, b: Node): ValueType {
  const both = unify(a, b);
  if (both !== undefined) return both.type;
  const message = `These are of different kinds: ${showKind(a.type)} and ${showKind(b.type)}.`;
  throw refuse('mixed-kinds', b, message);
}

function pick(type: ValueType, sign: number): (a: unknown, b: unknown) => unknown {
  const compare = order(type);
  return (a, b) => (a === null || compare(a, b) * sign > 0 ? b : a);
}

function refuseUnordered(type: ValueType, node: Node): void {
  if (isOrdered(type) || type.kind === 'empty') return;
  throw refuse('wrong-kind', node, `${showKind(type)} has no smallest and no largest.`);
}

type ListNode = Node & { readonly type: Extract<ValueType, { kind: 'list' }> };

/** Checks an argument that must be a list, none of whose items may be empty. */
function listArgument(call: Call, syntax: Syntax): ListNode {
  const node = checkArgument(call, syntax, ['list']);
  if (node.type.kind !== 'list') throw wrongArguments(call);
  if (node.type.of.mayBeEmpty && node.type.of.kind !== 'empty') {
    throw emptyItems(call, syntax, node);
  }
  return { ...node, type: node.type };
}

/** Some item may be empty: where the list is made of one field, the items without it are left out. */
function emptyItems({ context }: Call, syntax: Syntax, node: Node): Refusal {
  const finding = `An item of ${sourceOf(context, node)} may be empty here.`;
  const [list, item, body] =
    syntax.op === 'rcall' && syntax.args[0] === 'map' ? [syntax.args[1], ...syntax.args[2]] : [];
  const shown = [item, body].map((part) =>
    part === undefined ? '' : context.shared.source.slice(part.start, part.end),
  );
  if (list === undefined || !shown.every((part) => /^[\w.]+$/.test(part))) {
    const advice = ' Leave such items out first, as in lines.filter(l, l.price != null).';
    return refuse('may-be-empty', node, finding + advice);
  }
  const [name = '', path = ''] = shown;
  const text = `.filter(${name}, ${path} != null)`;
  const cure = `Leave those without out first: ${context.shared.source.slice(list.start, list.end)}${text}.`;
  return refuse('may-be-empty', node, `${finding} ${cure}`, {
    title: 'Leave those without out',
    edits: [{ from: list.end, to: list.end, text }],
  });
}

function itemsOf(list: Node): Items {
  return (frame) => {
    const items = list.run(frame) as readonly unknown[];
    spend(frame, items.length);
    return items;
  };
}

export const NUMBER_FUNCTIONS: readonly FunctionDefinition[] = [
  round,
  sum,
  extreme('min', 'The smallest of several values, or of a list; empty for an empty list.', 3),
  extreme('max', 'The largest of several values, or of a list; empty for an empty list.', 7),
];
