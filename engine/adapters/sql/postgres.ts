import type { Socket } from 'node:net';
import knex from 'knex';
import type { Knex } from 'knex';
import pg from 'pg';
import { TrellisError } from '../../kernel/errors.ts';
import type { Connections, Dialect } from './dialect.ts';
import { createPgNeighbours } from './pg-neighbours.ts';
import { createPgSession, withoutNul } from './pg-session.ts';
import { SILENT, withConnection } from './pool.ts';
import { MAKE_SAVE_FUNCTION, saveByFunction } from './save-function.ts';

export interface PostgresSettings {
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. */
  readonly url: string;
  /** Connections of this host; at least 2. (Default: 10) */
  readonly connections?: number;
}

/**
 * Connections refused or broken, a server that starts, stops, is full or only reads (a standby), and
 * the words of `pg` and knex for a connection that is gone or cannot be had in time.
 */
const UNAVAILABLE = new RegExp(
  [
    '^(08...|25006|53...|57P0[1-5]|58...)$',
    '^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOST[A-Z]+|ENET[A-Z]+|ENOTFOUND|EAI_AGAIN)$',
    'Connection (terminated|ended)|Client (was closed|has encountered a connection error)',
    'Knex: Timeout|timeout expired',
  ].join('|'),
  'u',
);

const DIALECT: Dialect = {
  name: 'PostgreSQL',
  numbered: true,
  untypedParameters: true,
  begin: 'begin',
  skipLocked: 'for update skip locked',
  shareLocked: 'for share',
  lockText: 'select pg_advisory_xact_lock(hashtextextended(?, 0))',
  jsonContains: 'value::jsonb @> ?::jsonb',
  timeText: 'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now',
  entryOrder: 'transaction',
  // Ids and cursors compare by code point on every host, whatever language the server speaks.
  text: 'text collate "C"',
  // serialization_failure, deadlock_detected: two hosts touched the same rows crosswise.
  transient: ['40001', '40P01'],
  unavailable: UNAVAILABLE,
  functions: [MAKE_SAVE_FUNCTION],
  save: saveByFunction,
  session: createPgSession,
};

/** How long a connection may take to be made, or to be free, in milliseconds. */
const CONNECT_LIMIT = 5_000;
const FREE_LIMIT = 10_000;
/** How long the server may leave a statement without a word, in milliseconds. */
const SILENCE_LIMIT = 30_000;

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
  const { url } = settings;
  const pool = open(url, Math.max(settings.connections ?? 10, 2), SILENCE_LIMIT);
  try {
    await withConnection(pool, assertServer);
  } catch (error) {
    await pool.destroy();
    throw error instanceof TrellisError ? error : unreachable(url, error);
  }
  const neighbours = createPgNeighbours(url);
  return {
    dialect: DIALECT,
    read: pool,
    write: pool,
    alone: (work) => alone(url, work),
    neighbours,
    close: async () => {
      await neighbours.close();
      await pool.destroy();
    },
  };
}

function open(url: string, connections: number, silence?: number): Knex {
  // A bigint comes as text; ours are times and counts, all safe as numbers.
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const getTypeParser = (id: number): unknown => types.getTypeParser(id, 'text');
  const opened = knex({
    client: 'pg',
    log: SILENT,
    connection: {
      connectionString: url,
      types: { getTypeParser },
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_LIMIT,
    },
    acquireConnectionTimeout: FREE_LIMIT,
    pool: {
      min: 0,
      max: connections,
      afterCreate: (made: Wire, done: (error: undefined, made: Wire) => void) => {
        if (silence !== undefined) breakAfter(made, silence);
        done(undefined, made);
      },
    },
  });
  const client = opened.client as { prepBindings(values: readonly unknown[]): readonly unknown[] };
  client.prepBindings = (values) => values.map(withoutNul);
  return opened;
}

/** The part of a `pg` connection that is its socket. */
interface Wire {
  readonly connection: { readonly stream: Socket };
}

/** Breaks a connection that is silent for long: behind it may be nobody any more. */
function breakAfter({ connection: { stream } }: Wire, silence: number): void {
  stream.setTimeout(silence, () => {
    stream.destroy(new Error('Connection terminated: the server was silent for too long'));
  });
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

/**
 * Holds the lock in a transaction, which a pooler between leaves on its connection. On connections of
 * its own, because a migration may be silent for as long as it takes.
 */
async function alone(url: string, work: (knex: Knex) => Promise<void>): Promise<void> {
  const pool = open(url, 3);
  try {
    await withConnection(pool, async (connection) => {
      const session = DIALECT.session(connection);
      await session.run({ name: 'begin', text: 'begin' });
      await session.all({
        name: 'lock_tables',
        text: `select pg_advisory_xact_lock(${MIGRATION_LOCK})`,
      });
      await work(pool);
      await session.run({ name: 'commit', text: 'commit' });
    });
  } finally {
    await pool.destroy();
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
