/** What a comparison tells of other paths than those that it names. */
import type { Node } from './node.ts';

/** Keys of paths that are present where a comparison holds, and where it does not. */
export interface Implied {
  readonly whenTrue: readonly string[];
  readonly whenFalse: readonly string[];
}

const NOTHING: Implied = { whenTrue: [], whenFalse: [] };

/** The most items of a list that its size can show to be there. */
const MOST_ITEMS = 20;

export function itemKey(list: string, index: number): string {
  return `${list}.[${index}]`;
}

/** What `a == b` tells: a choice may bring others with it, and a list of so many items has them. */
export function impliedByEquality(a: Node, b: Node): Implied {
  for (const [node, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const { literal } = other.type;
    if (typeof literal === 'string') return impliedByChoice(node, literal);
    if (typeof literal === 'number' && node.counts !== undefined) {
      return {
        whenTrue: items(node.counts, literal),
        whenFalse: items(node.counts, literal === 0 ? 1 : 0),
      };
    }
  }
  return NOTHING;
}

function impliedByChoice({ type, path }: Node, choice: string): Implied {
  if (type.kind !== 'one of' || type.brings === undefined || path === undefined) return NOTHING;
  const around = path.key.slice(0, path.key.lastIndexOf('.') + 1);
  const { brings } = type;
  const keysOf = (one: string | number): readonly string[] =>
    (brings[one] ?? []).map((field) => `${around}${field}`);
  const [first = [], ...others] = type.choices.filter((one) => one !== choice).map(keysOf);
  return {
    whenTrue: keysOf(choice),
    whenFalse: first.filter((key) => others.every((keys) => keys.includes(key))),
  };
}

/** What `size(list) > 2` and the like tell of the items of the list. */
export function impliedByOrder(op: '<' | '<=' | '>' | '>=', a: Node, b: Node): Implied {
  const [list, number] =
    a.counts === undefined ? [b.counts, a.type.literal] : [a.counts, b.type.literal];
  if (list === undefined || typeof number !== 'number') return NOTHING;
  const isSwapped = a.counts === undefined;
  const isMore = (op === '>' || op === '>=') !== isSwapped;
  const includes = op === '>=' || op === '<=';
  // What does not hold says the opposite: not fewer than three are three or more.
  if (isMore) return { whenTrue: items(list, includes ? number : number + 1), whenFalse: [] };
  return { whenTrue: [], whenFalse: items(list, includes ? number + 1 : number) };
}

function items(list: string, count: number): readonly string[] {
  const length = Math.max(0, Math.min(MOST_ITEMS, Math.ceil(count)));
  return Array.from({ length }, (_, index) => itemKey(list, index));
}
