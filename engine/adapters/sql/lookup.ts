import type { Batch } from './batch.ts';
import type { Columns, RowOf } from './columns.ts';
import type { Database } from './database.ts';
import { inGroups } from './in-groups.ts';

/** How rows of a table are found by a key. */
export interface LookupSettings<K extends Columns, C, R> {
  readonly table: string;
  /** What a caller gives; the conditions call it `v`. */
  readonly key: K;
  /** Conditions on the table and `v`, which no row fulfils where `v` is null. */
  readonly where: string;
  /** The columns that the answer is sorted by. (Default: in any order) */
  readonly orderBy?: string;
  readonly read: (row: C) => R;
}

/**
 * Creates a question for rows by their key. Callers who ask at the same time share one statement,
 * which costs them a fraction of one each; an answer is never older than its question.
 */
export function createLookup<K extends Columns, C extends object, R>(
  database: Pick<Database, 'batches' | 'look'>,
  { table, key, where, orderBy, read }: LookupSettings<K, C, R>,
): (key: RowOf<K>) => Promise<readonly R[]> {
  const batch: Batch = {
    name: `find_${table}_by_${Object.keys(key).join('_')}`,
    columns: { asker: 'bigint', ...key },
    // A cross join keeps SQLite from scanning the table to look for the keys.
    text: `select v.asker, ${table}.* from v cross join ${table} where ${where}${
      orderBy === undefined ? '' : ` order by ${orderBy}`
    }`,
  };
  return inGroups(async (keys) => {
    const asked = keys.map((one, asker) => ({ asker, ...one }));
    const rows = await database.look((session) => database.batches.all(session, batch, asked));
    const answers: R[][] = keys.map(() => []);
    for (const row of rows as readonly (C & { readonly asker: number })[]) {
      answers[row.asker]?.push(read(row));
    }
    return answers;
  });
}
