import type { Decimal } from 'decimal.js';
import { withArticle } from '../types/assignable.ts';
import { YES_NO } from '../types/make-type.ts';
import { showKind } from '../types/show.ts';
import { isIsoDate } from '../values/iso-date.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Context } from './context.ts';
import { isEmptyValue, needed } from './emptiness.ts';
import { spend } from './frame.ts';
import { impliedByEquality, impliedByOrder } from './implied.ts';
import { commonNumeric, convertNumber, decimalOf, isNumeric, isText } from './kinds.ts';
import type { Node, Run } from './node.ts';
import { flowsOf, makeNode } from './node.ts';
import { checkBoth } from './operands.ts';
import type { SyntaxOf } from './parse.ts';
import type { Refusal } from './refusal.ts';
import { refuse, replacing } from './refusal.ts';
import { refuseStranger } from './strangers.ts';

/** Checks `==` and `!=`. Something empty equals only what is empty too. */
export function checkEquality(syntax: SyntaxOf<'==' | '!='>, context: Context): Node {
  const [left, right] = checkBoth(syntax.args, context);
  const isEqual = syntax.op === '==';
  if (left.type.kind === 'empty' || right.type.kind === 'empty') {
    return checkEmptiness(syntax, left.type.kind === 'empty' ? right : left, isEqual);
  }
  const [a, b] = comparable(left, right, context);
  const same = sameness(a, b);
  const present = [...presence(left, right), ...presence(right, left)];
  const implied = impliedByEquality(left, right);
  return makeNode(syntax, {
    type: YES_NO,
    run: isEqual ? same : (frame) => !same(frame),
    flows: flowsOf([left, right]),
    whenTrue: isEqual ? [...present, ...implied.whenTrue] : implied.whenFalse,
    whenFalse: isEqual ? implied.whenFalse : [...present, ...implied.whenTrue],
  });
}

/** What equals a value is no more empty than that value. */
function presence(node: Node, other: Node): readonly string[] {
  return node.path !== undefined && !other.type.mayBeEmpty ? [node.path.key] : [];
}

function checkEmptiness(syntax: SyntaxOf<'==' | '!='>, node: Node, isEqual: boolean): Node {
  const present = node.path === undefined ? [] : [node.path.key];
  const { run } = node;
  const isEmpty: Run =
    node.type.kind === 'object'
      ? (frame) => isEmptyValue(run(frame))
      : (frame) => run(frame) === null;
  return makeNode(syntax, {
    type: YES_NO,
    run: isEqual ? isEmpty : (frame) => !isEmpty(frame),
    flows: node.flows,
    ...(isEqual ? { whenFalse: present } : { whenTrue: present }),
  });
}

type Order = '<' | '<=' | '>' | '>=';

/** Checks `<`, `<=`, `>` and `>=`. */
export function checkOrder(syntax: SyntaxOf<Order>, context: Context): Node {
  const [left, right] = checkBoth(syntax.args, context);
  const [a, b] = comparable(needed(context, left), needed(context, right), context);
  for (const node of [a, b]) {
    if (!isOrdered(node.type)) {
      const message = `"${syntax.op}" needs an order, and ${showKind(node.type)} has none.`;
      throw refuse('wrong-kind', node, message);
    }
  }
  return makeNode(syntax, {
    type: YES_NO,
    run:
      a.type.kind === 'decimal'
        ? decimalOrder(syntax.op, a.run, b.run)
        : order(syntax.op, a.run, b.run),
    flows: flowsOf([left, right]),
    ...impliedByOrder(syntax.op, left, right),
  });
}

/** Tells whether values of a type have an order. */
export function isOrdered(type: ValueType): boolean {
  const kinds: readonly ValueType['kind'][] = ['text', 'date', 'date-time', 'duration'];
  return isNumeric(type) || kinds.includes(type.kind);
}

function order(op: Order, a: Run, b: Run): Run {
  switch (op) {
    case '<':
      return (frame) => (a(frame) as number) < (b(frame) as number);
    case '<=':
      return (frame) => (a(frame) as number) <= (b(frame) as number);
    case '>':
      return (frame) => (a(frame) as number) > (b(frame) as number);
    case '>=':
      return (frame) => (a(frame) as number) >= (b(frame) as number);
  }
}

function decimalOrder(op: Order, a: Run, b: Run): Run {
  const zero: Run = () => 0;
  const compared: Run = (frame) => (a(frame) as Decimal).comparedTo(b(frame) as Decimal);
  return order(op, compared, zero);
}

/** Checks `x in list`. */
export function checkMembership(syntax: SyntaxOf<'in'>, context: Context): Node {
  const [itemSyntax, listSyntax] = syntax.args;
  const item = context.check(itemSyntax, context);
  const wanted: ValueType = { ...item.type, kind: 'list', of: item.type };
  const list = needed(context, context.check(listSyntax, context, wanted));
  return makeNode(syntax, {
    ...membership(list, item, context),
    ...(item.path !== undefined && !canHoldEmpty(list) && { whenTrue: [item.path.key] }),
  });
}

function canHoldEmpty(list: Node): boolean {
  return list.type.kind !== 'list' || list.type.of.mayBeEmpty;
}

/** Says whether an item is in a list, for `in` and `contains`. */
export function membership(
  list: Node,
  item: Node,
  context: Context,
): Pick<Node, 'type' | 'run' | 'flows'> {
  if (list.type.kind !== 'list') {
    throw refuse('wrong-kind', list, `A list is needed here, not ${showKind(list.type)}.`);
  }
  const flows = flowsOf([list, item]);
  const { of } = list.type;
  if (of.kind === 'empty') return { type: YES_NO, run: () => false, flows };
  const [a, member] = comparable(item, { ...list, type: of }, context);
  const equal = equality(a.type);
  const isConverted = member.type.kind === 'decimal' && of.kind !== 'decimal';
  const run: Run = (frame) => {
    const wanted = a.run(frame);
    const items = list.run(frame) as readonly unknown[];
    spend(frame, items.length);
    return items.some((value) => equal(wanted, isConverted ? decimalOf(value) : value));
  };
  return { type: YES_NO, run, flows };
}

/**
 * Brings two sides to kinds that can be compared.
 * @throws `Refusal` where they cannot.
 */
function comparable(a: Node, b: Node, context: Context): readonly [Node, Node] {
  refuseStranger(a.type, b);
  refuseStranger(b.type, a);
  if (isNumeric(a.type) && isNumeric(b.type)) {
    const kind = commonNumeric(a.type, b.type);
    if (kind !== undefined) return [convertNumber(a, kind), convertNumber(b, kind)];
    const message = 'A number is not exact and a decimal is: the two are never compared.';
    throw refuse('mixed-kinds', a.type.kind === 'number' ? a : b, message);
  }
  const isSame = a.type.kind === b.type.kind || (isText(a.type) && isText(b.type));
  if (!isSame) throw cannotCompare(a, b, context);
  for (const { type } of [a, b]) {
    const advice = PARTS[type.kind];
    if (advice === undefined) continue;
    throw refuse(
      'wrong-kind',
      a,
      `${showKind(type)} cannot be compared as a whole. Compare ${advice}.`,
    );
  }
  return [a, b];
}

/** What is compared of a value that has no plain form. */
const PARTS: Partial<Readonly<Record<ValueType['kind'], string>>> = {
  object: 'its fields',
  list: 'its size or its items',
  file: 'its name, size or type',
};

function cannotCompare(a: Node, b: Node, context: Context): Refusal {
  const [date, text] = a.type.kind === 'date' ? [a, b] : [b, a];
  const { literal } = text.type;
  const place = { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
  if (date.type.kind === 'date' && typeof literal === 'string' && isIsoDate(literal)) {
    const written = `date(${JSON.stringify(literal)})`;
    return refuse('mixed-kinds', text, `A date is written ${written}.`, replacing(text, written));
  }
  const kinds = `${withArticle(showKind(a.type))} with ${withArticle(showKind(b.type))}`;
  const isDay = [a, b].every(({ type }) => type.kind === 'date' || type.kind === 'date-time');
  if (!isDay) return refuse('mixed-kinds', place, `Cannot compare ${kinds}.`);
  const instant = a.type.kind === 'date-time' ? a : b;
  const written = `date(${context.shared.source.slice(instant.from, instant.to)})`;
  const message = `Cannot compare ${kinds}. The day of a date-time is ${written}.`;
  return refuse('mixed-kinds', place, message, replacing(instant, written));
}

function sameness(a: Node, b: Node): Run {
  const [left, right] = [a.run, b.run];
  if (a.type.kind !== 'decimal') return (frame) => left(frame) === right(frame);
  const equal = equality(a.type);
  return (frame) => equal(left(frame), right(frame));
}

function equality(type: ValueType): (a: unknown, b: unknown) => boolean {
  if (type.kind !== 'decimal') return (a, b) => a === b;
  return (a, b) => (a === null || b === null ? a === b : (a as Decimal).equals(b as Decimal));
}
