import knex from 'knex';
import type { Knex } from 'knex';
import pg from 'pg';
import { TrellisError } from '../../kernel/errors.ts';
import type { Connections, Dialect } from './dialect.ts';
import { createPgSession, withoutNul } from './pg-session.ts';
import { SILENT, withConnection } from './pool.ts';

export interface PostgresSettings {
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. */
  readonly url: string;
  /** Connections of this host; at least 2. (Default: 10) */
  readonly connections?: number;
}

const DIALECT: Dialect = {
  name: 'PostgreSQL',
  numbered: true,
  untypedParameters: true,
  begin: 'begin',
  skipLocked: 'for update skip locked',
  lockText: 'select pg_advisory_xact_lock(hashtextextended(?, 0))',
  // Ids and cursors compare by code point on every host, whatever language the server speaks.
  text: 'text collate "C"',
  // serialization_failure, deadlock_detected: two hosts touched the same rows crosswise.
  transient: ['40001', '40P01'],
  session: createPgSession,
};

const LEAST_VERSION = 15;
/** Any number that no other user of the server's advisory locks is likely to take. */
const MIGRATION_LOCK = 7_238_401_958;

/**
 * Opens a PostgreSQL database.
 *
 * @throws `TrellisError` with code `database-unreachable`, `database-too-old` or
 *   `database-not-durable`.
 */
export async function connectPostgres(settings: PostgresSettings): Promise<Connections> {
  const pool = open(settings.url, Math.max(settings.connections ?? 10, 2));
  try {
    await withConnection(pool, assertServer);
  } catch (error) {
    await pool.destroy();
    throw error instanceof TrellisError ? error : unreachable(settings.url, error);
  }
  return {
    dialect: DIALECT,
    read: pool,
    write: pool,
    alone: (work) => withConnection(pool, (connection) => locked(connection, work)),
    close: () => pool.destroy(),
  };
}

function open(url: string, connections: number): Knex {
  // A bigint comes as text; ours are times and counts, all safe as numbers.
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const getTypeParser = (id: number): unknown => types.getTypeParser(id, 'text');
  const opened = knex({
    client: 'pg',
    log: SILENT,
    connection: { connectionString: url, types: { getTypeParser } },
    pool: { min: 0, max: connections },
  });
  const client = opened.client as { prepBindings(values: readonly unknown[]): readonly unknown[] };
  client.prepBindings = (values) => values.map(withoutNul);
  return opened;
}

async function assertServer(connection: object): Promise<void> {
  const [found] = (await DIALECT.session(connection).all({
    name: 'settings',
    text: `select current_setting('server_version_num')::int / 10000 as version,
      current_setting('synchronous_commit') as synchronous_commit, current_setting('fsync') as fsync`,
  })) as readonly { version: number; synchronous_commit: string; fsync: string }[];
  if (found === undefined) return;
  if (found.version < LEAST_VERSION) {
    throw new TrellisError(
      'database-too-old',
      `The server is PostgreSQL ${found.version}; Trellis needs ${LEAST_VERSION} or later.`,
      { found: found.version, expected: LEAST_VERSION },
    );
  }
  if (['off', 'local'].includes(found.synchronous_commit) || found.fsync !== 'on') {
    throw new TrellisError(
      'database-not-durable',
      `PostgreSQL runs with synchronous_commit = ${found.synchronous_commit} and ` +
        `fsync = ${found.fsync}; what it acknowledges could be lost. Set both to on.`,
      { ...found },
    );
  }
}

async function locked(connection: object, work: () => Promise<void>): Promise<void> {
  const session = DIALECT.session(connection);
  await session.all({ name: 'lock', text: `select pg_advisory_lock(${MIGRATION_LOCK})` });
  try {
    await work();
  } finally {
    await session.all({ name: 'unlock', text: `select pg_advisory_unlock(${MIGRATION_LOCK})` });
  }
}

function unreachable(url: string, cause: unknown): TrellisError {
  const at = URL.canParse(url) ? new URL(url) : undefined;
  const where = at ? `${at.host}${at.pathname}` : 'the address given';
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TrellisError(
    'database-unreachable',
    `No PostgreSQL database answers at ${where}: ${reason}. ` +
      'Expected postgres://USER:PASSWORD@HOST:PORT/DATABASE of a running server.',
    { where, reason },
  );
}
