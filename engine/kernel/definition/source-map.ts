import { isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, Scalar } from 'yaml';
import type { Fix, Path, Position, Problem } from '../problem.ts';
import { quoted } from './yaml-quotes.ts';

/** Tells where in a YAML text the parts of its value stand. */
export interface SourceMap {
  readonly text: string;
  /** The place of the value at a path, or of the nearest part around it that is written. */
  locate(path: Path): Position;
  /** The place of the last name of a path; where it names no key, the same as `locate`. */
  locateKey(path: Path): Position;
  /** The place of the characters `from`–`to` of the text value (an expression) at a path. */
  locateInside(path: Path, from: number, to: number): Position;
  /** Turns a fix of the text value at a path into a fix of the source. */
  fixInside(path: Path, fix: Fix): Fix | undefined;
  /** Gives a problem its position, unless it has one. */
  place(problem: Problem): Problem;
}

/** Makes the map of a parsed document; without one, everything is at the beginning. */
export function createSourceMap(text: string, document?: Document.Parsed): SourceMap {
  const positions = positionsOf(text);
  const root = (document?.contents ?? undefined) as Node | undefined;
  const at = (found: Found): Position => positions(...spanOf(text, found.node ?? found.key));
  const locate = (path: Path): Position => at(find(root, path));
  return {
    text,
    locate,
    locateKey: (path) => {
      const { key, node } = find(root, path);
      return positions(...spanOf(text, key ?? node));
    },
    locateInside: (path, from, to) => {
      const { node } = find(root, path);
      const offset = isScalar(node) ? offsetsInside(text, node) : undefined;
      return offset === undefined ? locate(path) : positions(offset(from), offset(to));
    },
    fixInside: (path, fix) => {
      const { node } = find(root, path);
      if (!isScalar(node) || typeof node.value !== 'string') return undefined;
      const [from, to] = spanOf(text, node);
      return { title: fix.title, edits: [{ from, to, text: quoted(applyEdits(node.value, fix)) }] };
    },
    place: (problem) =>
      problem.position === undefined ? { ...problem, position: locate(problem.path) } : problem,
  };
}

/** Makes a function from offsets to positions with 1-based lines and columns. */
export function positionsOf(text: string): (from: number, to?: number) => Position {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) {
    starts.push(index + 1);
  }
  return (from, to = from) => {
    let low = 0;
    for (let high = starts.length - 1; low < high;) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= from) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: from - (starts[low] ?? 0) + 1, from, to: Math.max(from, to) };
  };
}

/** Carries out a fix on a text. */
export function applyEdits(text: string, fix: Fix): string {
  const latestFirst = [...fix.edits].sort((a, b) => b.from - a.from);
  return latestFirst.reduce(
    (result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to),
    text,
  );
}

interface Found {
  readonly key?: Node | undefined;
  readonly node?: Node | undefined;
}

function find(root: Node | undefined, path: Path): Found {
  let found: Found = { node: root };
  for (const [depth, step] of path.entries()) {
    const inner = stepInto(found.node, step);
    // Where the last step is not written, its key is not either: point at what is around it.
    if (inner === undefined) return depth === 0 ? { node: root } : { ...found };
    found = inner;
  }
  return found;
}

function stepInto(node: Node | undefined, step: string | number): Found | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined || isPair(item) ? undefined : { node: item as Node };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item: Pair) => keyText(item.key) === String(step));
  if (pair === undefined) return undefined;
  return { key: pair.key as Node, node: (pair.value ?? undefined) as Node | undefined };
}

/** The name that a key gives to its value; `undefined` for a key that is no text. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  if (typeof key.value === 'string') return key.value;
  return key.value === null ? undefined : key.source;
}

function spanOf(text: string, node: Node | undefined): [number, number] {
  const [from, to] = node?.range ?? [0, 0];
  let end = to;
  while (end > from && /\s/.test(text.charAt(end - 1))) end -= 1;
  return [from, end];
}

/** How offsets in a scalar's value become offsets in the source; `undefined` where they do not. */
function offsetsInside(text: string, node: Scalar): ((offset: number) => number) | undefined {
  const [from, to] = spanOf(text, node);
  const raw = text.slice(from, to);
  if (raw.includes('\n')) return undefined;
  if (raw === node.value) return (offset) => from + offset;
  if (raw.slice(1, -1) === node.value) return (offset) => from + 1 + offset;
  if (node.type !== 'QUOTE_SINGLE') return undefined;
  return (offset) => from + 1 + offset + quotesBefore(String(node.value), offset);
}

function quotesBefore(value: string, offset: number): number {
  return value.slice(0, offset).split("'").length - 1;
}
