import { readCursor, writeCursor } from '../../ports/cursor.ts';
import type { Place } from '../../ports/cursor.ts';
import type { Page } from '../../ports/worklist.ts';
import { byText } from './order.ts';

/**
 * A sort order, and an example of a place in it for telling a cursor of another list. Places sort
 * upwards; a minus turns a time that sorts newest first.
 */
export interface Order<T> {
  readonly shape: Place;
  readonly placeOf: (row: T) => Place;
}

/** Reads one page of a list in its order. */
export function page<T, R extends T>(
  rows: readonly R[],
  order: Order<T>,
  after: string | undefined,
  limit: number,
): Page<R> {
  const from = after === undefined ? undefined : readCursor(after, order.shape);
  const rest = rows
    .map((row) => ({ row, place: order.placeOf(row) }))
    .filter(({ place }) => !from || comparePlaces(place, from) > 0)
    .sort((a, b) => comparePlaces(a.place, b.place));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ row }) => row),
    ...(last && rest.length > limit ? { next: writeCursor(last.place) } : {}),
  };
}

function comparePlaces(a: Place, b: Place): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? left;
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : byText(String(left), String(right));
    if (order !== 0) return order;
  }
  return 0;
}
