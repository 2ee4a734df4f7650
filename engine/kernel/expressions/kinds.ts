import { eitherFile } from '../types/file-type.ts';
import { ExactDecimal } from '../values/decimal.ts';
import { TEXT, oneOf, plain, without, withEmptiness, withoutLiteral } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Node } from './node.ts';
import type { Syntax } from './parse.ts';

const NUMERIC: readonly ValueType['kind'][] = ['whole number', 'number', 'decimal'];

export function isNumeric(type: ValueType): boolean {
  return NUMERIC.includes(type.kind);
}

/** Tells whether values of a type are texts: also one of several texts. */
export function isText(type: ValueType): boolean {
  if (type.kind === 'text') return true;
  return type.kind === 'one of' && type.choices.every((choice) => typeof choice === 'string');
}

/** Tells whether a part is a bare numeral, or made of nothing else: it takes the kind it meets. */
export function isNumeral(syntax: Syntax): boolean {
  switch (syntax.op) {
    case 'value':
      return typeof syntax.args === 'number' || typeof syntax.args === 'bigint';
    case '-_':
      return isNumeral(syntax.args);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return syntax.args.every(isNumeral);
    case '?:':
      return isNumeral(syntax.args[1]) && isNumeral(syntax.args[2]);
    default:
      return false;
  }
}

/**
 * Finds the kind in which two numbers are reckoned; `undefined` where they never mix: a number is
 * not exact, a decimal is. A whole number is exact and goes with both.
 */
export function commonNumeric(
  a: ValueType,
  b: ValueType,
): 'whole number' | 'number' | 'decimal' | undefined {
  const kinds = [a.kind, b.kind];
  if (!kinds.includes('decimal')) return kinds.includes('number') ? 'number' : 'whole number';
  return kinds.includes('number') ? undefined : 'decimal';
}

/** Turns a whole number into the number or decimal that is needed; anything else stays. */
export function convertNumber(node: Node, kind: ValueType['kind']): Node {
  if (node.type.kind !== 'whole number' || kind === 'whole number') return node;
  const { run } = node;
  if (kind === 'number') return { ...node, type: retyped(node.type, 'number') };
  if (kind !== 'decimal') return node;
  return {
    ...withoutStored(node),
    type: retyped(node.type, 'decimal'),
    run: (frame) => decimalOf(run(frame)),
  };
}

/** Makes a decimal of a running whole number. */
export function decimalOf(value: unknown): unknown {
  return value === null ? null : new ExactDecimal(value as number);
}

function retyped(type: ValueType, kind: 'number' | 'decimal'): ValueType {
  const { literal } = type;
  const made = withEmptiness(plain(kind), type.mayBeEmpty);
  return literal === undefined ? made : { ...made, literal };
}

/** The same node once its value is no longer what was stored. */
function withoutStored(node: Node): Node {
  return node.stored === undefined ? node : without(node, 'stored');
}

/** Brings two nodes to one type, for what may be either of them; `undefined` where none fits. */
export function unify(a: Node, b: Node): { nodes: [Node, Node]; type: ValueType } | undefined {
  const mayBeEmpty = a.type.mayBeEmpty || b.type.mayBeEmpty;
  if (isNumeric(a.type) && isNumeric(b.type)) {
    const kind = commonNumeric(a.type, b.type);
    if (kind === undefined) return undefined;
    const nodes: [Node, Node] = [convertNumber(a, kind), convertNumber(b, kind)];
    return { nodes, type: withEmptiness(plain(kind), mayBeEmpty) };
  }
  const type = unifyTypes(a.type, b.type);
  return type && { nodes: [a, b], type: withEmptiness(type, mayBeEmpty) };
}

function unifyTypes(a: ValueType, b: ValueType): ValueType | undefined {
  if (a === b || b.kind === 'empty') return a;
  if (a.kind === 'empty') return b;
  if (isText(a) && isText(b)) return unifyTexts(a, b);
  return a.kind === b.kind ? unifyAlike(a, b) : undefined;
}

/** Of one kind, what differs is what they are lists or objects of, or which files they may be. */
function unifyAlike(a: ValueType, b: ValueType): ValueType | undefined {
  if (a.kind === 'list' && b.kind === 'list') {
    const of = unifyItems(a.of, b.of);
    return of && { ...a, of };
  }
  if (a.kind === 'object' && b.kind === 'object') return unifyObjects(a, b);
  if (a.kind === 'file' && b.kind === 'file') return eitherFile(a, b);
  return withoutLiteral(a);
}

function unifyTexts(a: ValueType, b: ValueType): ValueType {
  if (a.kind !== 'one of' || b.kind !== 'one of') return TEXT;
  return oneOf([...new Set([...a.choices, ...b.choices])]);
}

function unifyItems(a: ValueType, b: ValueType): ValueType | undefined {
  const type = unifyTypes(a, b);
  return type && withEmptiness(type, a.mayBeEmpty || b.mayBeEmpty);
}

type ObjectType = Extract<ValueType, { kind: 'object' }>;

/** Two objects have in common what stands in both; of one locked type, that is everything. */
function unifyObjects(a: ObjectType, b: ObjectType): ValueType | undefined {
  const fields: Record<string, ValueType> = {};
  for (const [name, type] of Object.entries(a.fields)) {
    const other = Object.hasOwn(b.fields, name) ? b.fields[name] : undefined;
    if (other === undefined) continue;
    const field = unifyItems(type, other);
    if (field === undefined) return undefined;
    fields[name] = field;
  }
  const required = a.required.filter((name) => Object.hasOwn(fields, name));
  const both = { ...a, fields, required };
  return a.name === b.name ? both : without(both, 'name');
}
