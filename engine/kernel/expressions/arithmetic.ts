import type { Decimal } from 'decimal.js';
import { TrellisError } from '../errors.ts';
import { TEXT, listOf, plain } from '../types/make-type.ts';
import { showKind, showType } from '../types/show.ts';
import { withArticle } from '../types/assignable.ts';
import type { ValueType } from '../types/value-type.ts';
import { exact } from '../values/decimal.ts';
import type { Context } from './context.ts';
import { sourceOf } from './context.ts';
import { needed } from './emptiness.ts';
import { spend, spendText } from './frame.ts';
import { commonNumeric, convertNumber, isNumeric, isText, unify } from './kinds.ts';
import type { Node, Run } from './node.ts';
import { flowsOf, makeNode } from './node.ts';
import { checkBoth } from './operands.ts';
import type { Syntax, SyntaxOf } from './parse.ts';
import type { Refusal } from './refusal.ts';
import { refuse, replacing } from './refusal.ts';

type ArithmeticOp = '+' | '-' | '*' | '/' | '%';
type Arithmetic = SyntaxOf<ArithmeticOp>;

/** What an operator gives for two checked sides; `undefined` where it does not go with them. */
type Rule = (sides: Sides) => Pick<Node, 'type' | 'run'> | undefined;

interface Sides {
  readonly op: ArithmeticOp;
  readonly a: Node;
  readonly b: Node;
  readonly context: Context;
  readonly syntax: Arithmetic;
}

const RULES: readonly Rule[] = [numbers, texts, lists, times];

/** Checks `+ - * / %`. */
export function checkArithmetic(
  syntax: Arithmetic,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  const [left, right] = checkBoth(syntax.args, context, wanted);
  const sides: Sides = {
    op: syntax.op,
    a: needed(context, left),
    b: needed(context, right),
    context,
    syntax,
  };
  for (const rule of RULES) {
    const parts = rule(sides);
    if (parts !== undefined) return makeNode(syntax, { ...parts, flows: flowsOf([left, right]) });
  }
  throw doesNotGo(sides);
}

/** Checks `-x`. */
export function checkMinus(
  syntax: SyntaxOf<'-_'>,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  const operand: Syntax = syntax.args;
  const node = needed(context, context.check(operand, context, wanted));
  const { run, type, flows } = node;
  const negate = NEGATE[type.kind];
  if (negate === undefined) {
    throw refuse(
      'wrong-kind',
      node,
      `Only a number can stand after a minus, not ${showKind(type)}.`,
    );
  }
  const { literal } = type;
  return makeNode(syntax, {
    type: typeof literal === 'number' ? { ...type, literal: -literal } : type,
    run: (frame) => negate(run(frame) as never),
    flows,
  });
}

const minus = (x: number): number => -x;
const NEGATE: Partial<Record<ValueType['kind'], (x: never) => unknown>> = {
  number: minus,
  'whole number': minus,
  duration: minus,
  decimal: (x: Decimal) => x.negated(),
};

function numbers(sides: Sides): ReturnType<Rule> {
  if (!isNumeric(sides.a.type) || !isNumeric(sides.b.type)) return undefined;
  const kind = commonNumeric(sides.a.type, sides.b.type);
  if (kind === undefined) throw mixed(sides);
  if (kind === 'decimal') return decimals(sides);
  const { run: a } = sides.a;
  const { run: b } = sides.b;
  const work = NUMBER_WORK[sides.op];
  const isWhole = kind === 'whole number' && sides.op !== '/';
  const check = isWhole ? safeWhole : finite;
  return {
    type: plain(isWhole ? 'whole number' : 'number'),
    run: (frame) => check(work(a(frame) as number, b(frame) as number)),
  };
}

const NUMBER_WORK: Readonly<Record<ArithmeticOp, (x: number, y: number) => number>> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / notZero(y, y === 0),
  '%': (x, y) => x % notZero(y, y === 0),
};

function decimals(sides: Sides): ReturnType<Rule> {
  const { op, context, syntax } = sides;
  if (op === '/' && !context.insideRound) {
    const source = sourceOf(context, { from: syntax.start, to: syntax.end });
    throw refuse(
      'decimal-division',
      syntax,
      'A decimal is exact, and a division seldom comes out even: say to how many places to round.',
      replacing(syntax, `round(${source}, 2)`),
    );
  }
  const { run: a } = convertNumber(sides.a, 'decimal');
  const { run: b } = convertNumber(sides.b, 'decimal');
  const work = DECIMAL_WORK[op];
  // Inside round, the digits that a division leaves are still wanted.
  const check = context.insideRound ? (value: Decimal) => value : exact;
  return {
    type: plain('decimal'),
    run: (frame) => check(work(a(frame) as Decimal, b(frame) as Decimal)),
  };
}

const DECIMAL_WORK: Readonly<Record<ArithmeticOp, (x: Decimal, y: Decimal) => Decimal>> = {
  '+': (x, y) => x.plus(y),
  '-': (x, y) => x.minus(y),
  '*': (x, y) => x.times(y),
  '/': (x, y) => x.dividedBy(notZero(y, y.isZero())),
  '%': (x, y) => x.modulo(notZero(y, y.isZero())),
};

function notZero<T>(value: T, isZero: boolean): T {
  if (isZero) throw new TrellisError('arithmetic', 'The formula divides by zero.');
  return value;
}

/** @throws `TrellisError` with code `arithmetic` for a number beyond all bounds. */
export function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new TrellisError('arithmetic', 'The result is too large for a number.');
}

/** @throws `TrellisError` with code `arithmetic` for a whole number that is no longer exact. */
export function safeWhole(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new TrellisError('arithmetic', 'The result is too large for a whole number.');
}

function texts({ op, a, b }: Sides): ReturnType<Rule> {
  if (op !== '+' || !isText(a.type) || !isText(b.type)) return undefined;
  const [left, right] = [a.run, b.run];
  return {
    type: TEXT,
    run: (frame) => spendText(frame, (left(frame) as string) + (right(frame) as string)),
  };
}

function lists({ op, a, b }: Sides): ReturnType<Rule> {
  if (op !== '+' || a.type.kind !== 'list' || b.type.kind !== 'list') return undefined;
  const both = unify(a, b);
  if (both?.type.kind !== 'list') return undefined;
  const [left, right] = both.nodes.map((node) => node.run) as [Run, Run];
  return {
    type: listOf(both.type.of),
    run: (frame) => {
      const [head, tail] = [left(frame) as unknown[], right(frame) as unknown[]];
      spend(frame, head.length + tail.length);
      return [...head, ...tail];
    },
  };
}

/** What sums and differences of instants and durations are; all are milliseconds. */
const TIMES: Readonly<Record<string, 'date-time' | 'duration'>> = {
  'date-time + duration': 'date-time',
  'duration + date-time': 'date-time',
  'date-time - duration': 'date-time',
  'date-time - date-time': 'duration',
  'duration + duration': 'duration',
  'duration - duration': 'duration',
  'duration * whole number': 'duration',
  'duration * number': 'duration',
  'whole number * duration': 'duration',
  'number * duration': 'duration',
};

function times({ op, a, b }: Sides): ReturnType<Rule> {
  const key = `${a.type.kind} ${op} ${b.type.kind}`;
  const kind = Object.hasOwn(TIMES, key) ? TIMES[key] : undefined;
  if (kind === undefined) return undefined;
  const [left, right] = [a.run, b.run];
  const work = NUMBER_WORK[op];
  return {
    type: plain(kind),
    run: (frame) => finite(work(left(frame) as number, right(frame) as number)),
  };
}

function mixed({ a, b, syntax }: Sides): Refusal {
  const number = a.type.kind === 'number' ? a : b;
  const message =
    `A number is not exact and a decimal is: "${syntax.op}" never mixes the two. ` +
    'Use decimals, or whole numbers, on both sides.';
  return refuse('mixed-kinds', number, message);
}

function doesNotGo({ op, a, b, syntax, context }: Sides): Refusal {
  const kinds = [a.type.kind, b.type.kind];
  if (op === '+' && (isText(a.type) || isText(b.type))) {
    const other = isText(a.type) ? b : a;
    const written = sourceOf(context, other);
    const source = other.type.kind === 'file' ? `${written}.name` : `text(${written})`;
    const message = `A text and ${withArticle(showKind(other.type))} are not joined by themselves. Write ${source}.`;
    return refuse('mixed-kinds', syntax, message, replacing(other, source));
  }
  const finding = `"${op}" does not go between ${showType(a.type)} and ${showType(b.type)}.`;
  if (!kinds.includes('date')) return refuse('mixed-kinds', syntax, finding);
  const cure = op === '-' && a.type.kind === b.type.kind ? 'days(from, to)' : 'addDays(date, 14)';
  return refuse('mixed-kinds', syntax, `${finding} For dates there is ${cure}.`);
}
