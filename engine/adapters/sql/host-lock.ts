import type { Knex } from 'knex';
import { TrellisError } from '../../kernel/errors.ts';
import type { Dialect } from './dialect.ts';
import { withConnection } from './pool.ts';

/**
 * Takes the lock of a database file for this process: an exclusive transaction, never ended, on an
 * empty database beside it, of which `pool` has the one connection. The operating system lets go of
 * it when the process ends, however it ends; readers of the file itself are not in its way.
 *
 * @throws `TrellisError` with code `database-locked` where another host holds it.
 */
export async function lockFor(file: string, dialect: Dialect, pool: Knex): Promise<void> {
  try {
    await withConnection(pool, async (connection) => {
      const session = dialect.session(connection);
      await session.all({ name: 'do_not_wait', text: 'pragma busy_timeout = 0' });
      await session.run({ name: 'lock', text: 'begin exclusive' });
      await session.release();
    });
  } catch (error) {
    throw isBusy(error) ? locked(file) : error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}

function locked(file: string): TrellisError {
  return new TrellisError(
    'database-locked',
    `The database ${file} is open in another Trellis process. One SQLite file serves one host: ` +
      'stop the other one, or use PostgreSQL for several.',
    { file },
  );
}
