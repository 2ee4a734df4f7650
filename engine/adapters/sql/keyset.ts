import type { Knex } from 'knex';
import { readCursor, writeCursor } from '../../ports/cursor.ts';
import type { Place } from '../../ports/cursor.ts';
import type { Page } from '../../ports/worklist.ts';

/** A sort order whose last column is unique, by which pages follow one another. */
export interface Keyset<Row> {
  readonly columns: readonly string[];
  /** The first column falls; the others always rise. */
  readonly newestFirst: boolean;
  /** An example of a place, for telling a cursor of another list. */
  readonly shape: Place;
  readonly placeOf: (row: Row) => Place;
}

/**
 * Reads one page of a query, however deep it lies, without reading those before it.
 *
 * @throws `TrellisError` with code `bad-cursor`.
 */
export async function readPage<Row extends object, T>(
  query: Knex.QueryBuilder,
  keyset: Keyset<Row>,
  after: string | undefined,
  limit: number,
  read: (row: Row) => T,
): Promise<Page<T>> {
  if (after !== undefined) startAfter(query, keyset, readCursor(after, keyset.shape));
  for (const [index, column] of keyset.columns.entries()) {
    query.orderBy(column, index === 0 && keyset.newestFirst ? 'desc' : 'asc');
  }
  // One more than shown tells whether there is a next page.
  const rows = (await query.limit(limit + 1)) as Row[];
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(read),
    ...(last && rows.length > limit ? { next: writeCursor(keyset.placeOf(last)) } : {}),
  };
}

function startAfter<Row>(query: Knex.QueryBuilder, keyset: Keyset<Row>, place: Place): void {
  const { columns, newestFirst } = keyset;
  const [first, ...rest] = columns;
  const [value, ...restOfPlace] = place;
  if (first === undefined || value === undefined) return;
  const names = (list: readonly string[]): string => list.join(', ');
  const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');
  if (newestFirst) {
    query
      .where(first, '<=', value)
      .whereRaw(`(${first} < ? or (${names(rest)}) > (${marks(rest)}))`, [value, ...restOfPlace]);
  } else {
    query.whereRaw(`(${names(columns)}) > (${marks(columns)})`, [...place]);
  }
}
