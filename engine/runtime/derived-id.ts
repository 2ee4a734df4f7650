import { digestText } from '../governance/digest.ts';

/** Makes an id, in the form of a UUID, of what it is to stand for: the same however often it is asked for. */
export function derivedId(text: string): string {
  const hex = digestText(text);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
