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
 * Reads one page of what several queries have together, no row of which two of them have. Each is
 * read in the order of the list and no further than the page may need, which an index can do where a
 * choice of values would be sorted whole.
 *
 * @throws `TrellisError` with code `bad-cursor`.
 */
export async function readBranches<Row extends object, T>(
  knex: Knex,
  branches: readonly Knex.QueryBuilder[],
  keyset: Keyset<Row>,
  after: string | undefined,
  limit: number,
  read: (row: Row) => T,
): Promise<Page<T>> {
  const [only, ...others] = branches;
  if (only === undefined) {
    if (after !== undefined) readCursor(after, keyset.shape);
    return { rows: [] };
  }
  if (others.length === 0) return readPage(only, keyset, after, limit, read);
  const stretches = branches.map((branch, index) => {
    placed(branch, keyset, after);
    // SQLite takes an order and a limit inside of parentheses of a `from` alone.
    return knex.select('*').from(branch.limit(limit + 1).as(`branch_${index}`));
  });
  const together = knex.select('*').from(knex.unionAll(stretches).as('together'));
  // Outside, a column has no table any more.
  const columns = keyset.columns.map((column) => column.replace(/^.*\./u, ''));
  return pageOf(inOrder(together, columns, keyset.newestFirst), keyset, limit, read);
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
  return pageOf(placed(query, keyset, after), keyset, limit, read);
}

function placed<Row>(
  query: Knex.QueryBuilder,
  keyset: Keyset<Row>,
  after: string | undefined,
): Knex.QueryBuilder {
  if (after !== undefined) startAfter(query, keyset, readCursor(after, keyset.shape));
  return inOrder(query, keyset.columns, keyset.newestFirst);
}

function inOrder(
  query: Knex.QueryBuilder,
  columns: readonly string[],
  newestFirst: boolean,
): Knex.QueryBuilder {
  for (const [index, column] of columns.entries()) {
    query.orderBy(column, index === 0 && newestFirst ? 'desc' : 'asc');
  }
  return query;
}

async function pageOf<Row extends object, T>(
  query: Knex.QueryBuilder,
  { placeOf }: Keyset<Row>,
  limit: number,
  read: (row: Row) => T,
): Promise<Page<T>> {
  // One more than shown tells whether there is a next page.
  const rows = (await query.limit(limit + 1)) as Row[];
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(read),
    ...(last && rows.length > limit ? { next: writeCursor(placeOf(last)) } : {}),
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
