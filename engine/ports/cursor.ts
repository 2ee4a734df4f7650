import { TrellisError } from '../kernel/errors.ts';

/** The place of a row in a sorted list: the values of its sort columns. */
export type Place = readonly (string | number)[];

/** Writes the place after which the next page begins, as an opaque text. */
export function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * Reads a cursor back; `shape` has one example value for each sort column.
 *
 * @throws `TrellisError` with code `bad-cursor` for anything that {@link writeCursor} did not write.
 */
export function readCursor(text: string, shape: Place): Place {
  const place = parse(Buffer.from(text, 'base64url').toString());
  const fits =
    Array.isArray(place) &&
    place.length === shape.length &&
    place.every((value, index) => sameKind(value, shape[index]));
  if (fits) return place as Place;
  throw new TrellisError(
    'bad-cursor',
    'The page asked for is not a page of this list. Go back to its first page.',
    { cursor: text.slice(0, 100) },
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sameKind(value: unknown, example: unknown): boolean {
  return typeof value === typeof example && (typeof value === 'string' || Number.isFinite(value));
}
