import { isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';

/** From which character of a text to which a value stands, without the white space behind it. */
export type Span = readonly [from: number, to: number];

/** Where a value stands, and where what is in it does; plain JSON, so that it can be kept. */
export type Place = Span | ListPlace | MapPlace;

/** An item is absent where nothing is that has a place. */
export type ListPlace = readonly [from: number, to: number, kind: 'list', items: (Place | null)[]];

/** Entries in the order in which they are written. */
export type MapPlace = readonly [from: number, to: number, kind: 'map', entries: EntryPlace[]];

/** A name that is no text is absent, and so is a value that is not written. */
export type EntryPlace = readonly [name: string | null, key: Span, value: Place | null];

/** Tells where the parts of a document stand in its text. */
export function placesOf(text: string, { contents }: Document.Parsed): Place | undefined {
  return placeOf(text, contents) ?? undefined;
}

function placeOf(text: string, node: unknown): Place | null {
  if (isMap(node)) return [...spanOf(text, node), 'map', entriesOf(text, node)];
  if (isSeq(node)) return [...spanOf(text, node), 'list', itemsOf(text, node)];
  return isScalar(node) ? spanOf(text, node) : null;
}

function entriesOf(text: string, { items }: YAMLMap): EntryPlace[] {
  return items.map(({ key, value }: Pair) => [
    keyText(key) ?? null,
    spanOf(text, key),
    placeOf(text, value),
  ]);
}

function itemsOf(text: string, { items }: YAMLSeq): (Place | null)[] {
  return items.map((item) => (isPair(item) ? null : placeOf(text, item)));
}

/** The name that a key gives to its value; `undefined` for a key that is no text. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  if (typeof key.value === 'string') return key.value;
  return key.value === null ? undefined : key.source;
}

function spanOf(text: string, node: unknown): Span {
  const [from, to] = (node as Node | undefined)?.range ?? [0, 0];
  let end = to;
  while (end > from && /\s/.test(text.charAt(end - 1))) end -= 1;
  return [from, end];
}
