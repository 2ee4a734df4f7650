import knex from 'knex';
import type { Ground } from './bug.ts';

/** Runs SQL on the database of a host, past its store; answers the rows. */
export type Raw = (
  text: string,
  values?: readonly (string | number | null)[],
) => Promise<readonly object[]>;

/** What the two drivers answer. */
type Found = readonly object[] | { readonly rows: readonly object[] };

/** Opens the database of a host a second time, as no right host does. */
export function openRaw({ database }: Ground): Raw {
  const opened =
    database.kind === 'sqlite'
      ? knex({
          client: 'sqlite3',
          connection: { filename: database.file },
          useNullAsDefault: true,
          pool: {
            min: 1,
            max: 1,
            afterCreate: (
              connection: { run(text: string, done: (error: unknown) => void): void },
              done: (error: unknown) => void,
            ) => {
              connection.run('pragma busy_timeout = 5000', done);
            },
          },
        })
      : knex({ client: 'pg', connection: database.url, pool: { min: 0, max: 2 } });
  return async (text, values = []) => {
    const found = (await opened.raw(text, [...values])) as Found;
    return 'rows' in found ? found.rows : found;
  };
}
