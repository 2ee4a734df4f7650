import { compareDecimals } from '../../kernel/validator/decimal-format.ts';
import { acceptsMedia, readSize } from '../../kernel/values/media.ts';
import type { Finding, Question, Rule } from './finding.ts';
import { find, written } from './finding.ts';

/** Tells what a schema asks of numbers that the other one does not promise. */
export function numberFindings(question: Question): readonly Finding[] {
  const { kinds, against } = question;
  if (!kinds.has('integer') && !kinds.has('fraction')) return [];
  const { multipleOf } = against.schema as { readonly multipleOf?: number };
  return [
    ...boundFindings(question, LOWER),
    ...boundFindings(question, UPPER),
    ...(multipleOf === undefined || isMultiple(question, multipleOf)
      ? []
      : [find(question, 'multiple', 'multipleOf')]),
  ];
}

/** Tells what a schema asks of texts that the other one does not promise. */
export function textFindings(question: Question): readonly Finding[] {
  if (!question.kinds.has('string')) return [];
  return TEXT_LIMITS.flatMap(({ keyword, rule, holds }) => {
    const [asked] = written([question.against], keyword);
    if (asked === undefined) return [];
    const isPromised = written(question.from, keyword).some((promised) => holds(promised, asked));
    return isPromised || isNoLimit(keyword, asked) ? [] : [find(question, rule, keyword)];
  });
}

/** Tells what a schema asks of stored files that the other one does not promise. */
export function fileFindings(question: Question): readonly Finding[] {
  if (!question.kinds.has('object')) return [];
  return FILE_LIMITS.flatMap(({ keyword, holds }) => {
    const [asked] = written([question.against], keyword);
    if (asked === undefined) return [];
    const isPromised = written(question.from, keyword).some((promised) => holds(promised, asked));
    return isPromised ? [] : [find(question, 'media', keyword)];
  });
}

interface Limit {
  readonly keyword: string;
  /** Whether what is promised is enough for what is asked. */
  readonly holds: (promised: unknown, asked: unknown) => boolean;
}

const atLeast = (promised: unknown, asked: unknown): boolean => Number(promised) >= Number(asked);
const atMost = (promised: unknown, asked: unknown): boolean => Number(promised) <= Number(asked);
const same = (promised: unknown, asked: unknown): boolean => promised === asked;
const noLess = (a: unknown, b: unknown): boolean => compareDecimals(String(a), String(b)) >= 0;

const TEXT_LIMITS: readonly (Limit & { readonly rule: Rule })[] = [
  { keyword: 'minLength', rule: 'length', holds: atLeast },
  { keyword: 'maxLength', rule: 'length', holds: atMost },
  { keyword: 'pattern', rule: 'pattern', holds: same },
  { keyword: 'format', rule: 'format', holds: same },
  { keyword: 'x-minimum', rule: 'lower-bound', holds: noLess },
  { keyword: 'x-maximum', rule: 'upper-bound', holds: (a, b) => noLess(b, a) },
  { keyword: 'x-scale', rule: 'scale', holds: atMost },
];

const FILE_LIMITS: readonly Limit[] = [
  {
    keyword: 'x-accept',
    holds: (promised, asked) =>
      (promised as string[]).every((type) =>
        (asked as string[]).some((accept) => acceptsMedia(accept, type)),
      ),
  },
  {
    keyword: 'x-maxSize',
    holds: (promised, asked) =>
      (readSize(String(promised)) ?? Infinity) <= (readSize(String(asked)) ?? 0),
  },
];

function isNoLimit(keyword: string, asked: unknown): boolean {
  return keyword === 'minLength' && Number(asked) <= 0;
}

interface Edge {
  readonly rule: Rule;
  readonly inclusive: string;
  readonly exclusive: string;
  /** Positive where numbers beyond the edge are bigger. */
  readonly sign: 1 | -1;
}

const LOWER: Edge = {
  rule: 'lower-bound',
  inclusive: 'minimum',
  exclusive: 'exclusiveMinimum',
  sign: -1,
};
const UPPER: Edge = {
  rule: 'upper-bound',
  inclusive: 'maximum',
  exclusive: 'exclusiveMaximum',
  sign: 1,
};

/** Measured outwards from nought, so that both edges are an upper one. */
interface Reached {
  readonly value: number;
  readonly isTaken: boolean;
}

function boundFindings(question: Question, edge: Edge): readonly Finding[] {
  const reached = furthest(question, edge);
  return [edge.inclusive, edge.exclusive].flatMap((keyword) => {
    const [asked] = written([question.against], keyword);
    if (asked === undefined) return [];
    const limit = Number(asked) * edge.sign;
    const takesEdge = keyword === edge.inclusive || !reached.isTaken;
    const isWithin = reached.value < limit || (reached.value === limit && takesEdge);
    return isWithin ? [] : [find(question, edge.rule, keyword)];
  });
}

function furthest({ from, kinds }: Question, edge: Edge): Reached {
  let reached: Reached = { value: Infinity, isTaken: true };
  for (const keyword of [edge.inclusive, edge.exclusive]) {
    for (const limit of written(from, keyword)) {
      const next = limitOf(Number(limit) * edge.sign, keyword === edge.inclusive);
      if (next.value < reached.value || (next.value === reached.value && !next.isTaken)) {
        reached = next;
      }
    }
  }
  return kinds.has('fraction') || reached.value === Infinity ? reached : wholeBelow(reached);
}

function limitOf(value: number, isTaken: boolean): Reached {
  return { value, isTaken };
}

function wholeBelow({ value, isTaken }: Reached): Reached {
  const whole = Math.floor(value);
  return { value: whole === value && !isTaken ? whole - 1 : whole, isTaken: true };
}

/** As exactly as the validator divides. */
const PRECISION = 1e-9;

function isMultiple({ from, kinds }: Question, asked: number): boolean {
  const steps = written(from, 'multipleOf').map(Number);
  if (!kinds.has('fraction')) steps.push(1);
  return steps.some(
    (step) => Math.abs(Math.round(step / asked) - step / asked) < PRECISION && step >= asked,
  );
}
