import type { Json } from '../json.ts';
import type { Fix, Path, Position, Problem } from '../problem.ts';
import type { Place, Span } from './places.ts';
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

/** Makes the map of a text from the places of its parts; without them, everything is at the beginning. */
export function createSourceMap(text: string, places?: Place, value?: Json): SourceMap {
  const positions = positionsOf(text);
  const root: Found = { place: places, value };
  const locate = (path: Path): Position => {
    const { place, key } = find(root, path);
    return positions(...spanOf(place ?? key));
  };
  return {
    text,
    locate,
    locateKey: (path) => {
      const { key, place } = find(root, path);
      return positions(...spanOf(key ?? place));
    },
    locateInside: (path, from, to) => {
      const offset = offsetsInside(text, find(root, path));
      return offset === undefined ? locate(path) : positions(offset(from), offset(to));
    },
    fixInside: (path, fix) => {
      const found = find(root, path);
      if (typeof found.value !== 'string') return undefined;
      const [from, to] = spanOf(found.place);
      return {
        title: fix.title,
        edits: [{ from, to, text: quoted(applyEdits(found.value, fix)) }],
      };
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
  readonly key?: Span | undefined;
  readonly place?: Place | undefined;
  /** Absent where the text could not be read. */
  readonly value?: Json | undefined;
}

function find(root: Found, path: Path): Found {
  let found = root;
  for (const step of path) {
    const inner = stepInto(found, step);
    // Where the last step is not written, its key is not either: point at what is around it.
    if (inner === undefined) return found;
    found = inner;
  }
  return found;
}

function stepInto({ place, value }: Found, step: string | number): Found | undefined {
  if (place?.length !== 4) return undefined;
  const name = String(step);
  const inside = value as Readonly<Record<string, Json>> | undefined;
  const of = inside !== undefined && Object.hasOwn(inside, name) ? inside[name] : undefined;
  if (place[2] === 'list') {
    const item = place[3][Number(step)] ?? undefined;
    return item && { place: item, value: of };
  }
  const entry = place[3].find(([written]) => written === name);
  return entry && { key: entry[1], place: entry[2] ?? undefined, value: of };
}

function spanOf(place: Place | undefined): Span {
  return place === undefined ? [0, 0] : [place[0], place[1]];
}

/** How offsets in a text value become offsets in the source; `undefined` where they do not. */
function offsetsInside(
  text: string,
  { place, value }: Found,
): ((offset: number) => number) | undefined {
  if (typeof value !== 'string') return undefined;
  const [from, to] = spanOf(place);
  const raw = text.slice(from, to);
  if (raw.includes('\n')) return undefined;
  if (raw === value) return (offset) => from + offset;
  if (raw.slice(1, -1) === value) return (offset) => from + 1 + offset;
  if (!raw.startsWith("'")) return undefined;
  return (offset) => from + 1 + offset + quotesBefore(value, offset);
}

function quotesBefore(value: string, offset: number): number {
  return value.slice(0, offset).split("'").length - 1;
}
