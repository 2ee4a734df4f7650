import { pathToFileURL } from 'node:url';
import knex from 'knex';
import type { Knex } from 'knex';
import type { Row } from './output.ts';
import type { SecretText, SqlDestination } from '../../ports/destination.ts';

/** The little that is used of a raw driver connection. */
interface RawConnection {
  run?(statement: string, done: (error: Error | null) => void): void;
  query?(statement: string, done: (error: Error | null) => void): void;
}

/** Every failure is in the answer of its call; the pool need not print it as well. */
const QUIET = { error: () => undefined, warn: () => undefined };

/** Opens a pool of connections that can only read. */
export function openReadOnly(
  destination: SqlDestination,
  reveal: (text: SecretText) => string,
): Knex {
  switch (destination.client) {
    case 'sqlite3':
      return knex({
        client: 'sqlite3',
        // The driver's own flag would be added to "read, write and create"; the address asks for less.
        connection: {
          filename: `${pathToFileURL(destination.file).href}?mode=ro`,
          flags: ['OPEN_URI'],
        },
        useNullAsDefault: true,
        log: QUIET,
        pool: {
          min: 0,
          max: 4,
          afterCreate: (raw: RawConnection, done: (error: Error | null) => void) =>
            raw.run?.('pragma query_only = on', done),
        },
      });
    case 'pg':
      return knex({
        client: 'pg',
        log: QUIET,
        connection: { connectionString: reveal(destination.url) },
        pool: {
          min: 0,
          max: 4,
          afterCreate: (raw: RawConnection, done: (error: Error | null) => void) =>
            raw.query?.('set session characteristics as transaction read only', done),
        },
      });
  }
}

/** Takes the rows out of what a driver answered: SQLite an array, PostgreSQL a result. */
export function rowsOf(answer: unknown): readonly Row[] {
  const rows: unknown =
    typeof answer === 'object' && answer !== null && 'rows' in answer ? answer.rows : answer;
  return Array.isArray(rows) ? (rows as readonly Row[]) : [];
}
