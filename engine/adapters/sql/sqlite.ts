import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import knex from 'knex';
import type { Knex } from 'knex';
import { TrellisError } from '../../kernel/errors.ts';
import { NO_NEIGHBOURS } from '../../ports/neighbours.ts';
import { createBetterSqlite3Session } from './better-sqlite3-session.ts';
import type { Connections, Dialect } from './dialect.ts';
import { lockFor } from './host-lock.ts';
import { SILENT, withConnection } from './pool.ts';
import { saveByTrigger } from './save-trigger.ts';
import type { Session } from './session.ts';
import { createSqlite3Session } from './sqlite3-session.ts';

export interface SqliteSettings {
  /** The database file; made with its folder where there is none. */
  readonly file: string;
  /** The package that drives it. `better-sqlite3` must be installed beside. (Default: `sqlite3`) */
  readonly client?: 'sqlite3' | 'better-sqlite3';
  /** Connections that only read. (Default: 4) */
  readonly readers?: number;
}

/** With `sqlite3` each statement is a trip to another thread, so all of a step are made one. */
const CLIENTS: Readonly<
  Record<NonNullable<SqliteSettings['client']>, Pick<Dialect, 'session' | 'save'>>
> = {
  sqlite3: { session: createSqlite3Session, save: saveByTrigger },
  'better-sqlite3': { session: createBetterSqlite3Session },
};

const SHARED: Omit<Dialect, 'session'> = {
  name: 'SQLite',
  numbered: false,
  untypedParameters: false,
  // A plain `begin` takes the write lock at the first write, and then may be refused it.
  begin: 'begin immediate',
  // One writer: nobody else can have locked a row.
  skipLocked: '',
  shareLocked: '',
  entryOrder: 'row',
  text: 'text',
  transient: [],
  functions: [],
  // Disk full, failing or taken away, or another program that holds the file for long.
  unavailable: /^(SQLITE_(FULL|IOERR|BUSY|CANTOPEN|READONLY|NOMEM)|Knex: Timeout)/u,
};

/** What makes a commit durable and references hold; each is asserted after it is set. */
const PRAGMAS = [
  { set: 'journal_mode = wal', read: 'journal_mode', expected: 'wal' },
  { set: 'synchronous = full', read: 'synchronous', expected: 2 },
  { set: 'foreign_keys = on', read: 'foreign_keys', expected: 1 },
  { set: 'busy_timeout = 5000', read: 'busy_timeout', expected: 5000 },
];
/** 4 MB of pages, so that more of the upper pages of every index stay with a million cases. */
const LARGER_CACHE = { set: 'cache_size = -4000', read: 'cache_size', expected: -4000 };
const READ_ONLY = { set: 'query_only = on', read: 'query_only', expected: 1 };

/**
 * Opens a SQLite file: one connection that writes, and a pool that only reads.
 *
 * @throws `TrellisError` with code `database-locked` where another host has it open,
 *   `database-unreachable` where it cannot be opened or is no database, and `database-not-durable`
 *   where the file system cannot keep the promise of a durable commit.
 */
export async function connectSqlite(settings: SqliteSettings): Promise<Connections> {
  const { client = 'sqlite3', readers = 4 } = settings;
  const file = resolve(settings.file);
  const dialect = dialectOf(client);
  const opened: Knex[] = [];
  const close = async (): Promise<void> => {
    // The lock goes last: it was opened first.
    for (const pool of opened.splice(0).reverse()) await pool.destroy();
  };
  const openPool = (name: string, connections: number, pragmas: readonly Pragma[]): Knex => {
    const pool = open(name, client, dialect, connections, pragmas);
    opened.push(pool);
    return pool;
  };
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await lockFor(file, dialect, openPool(`${file}.lock`, 1, []));
    const write = openPool(file, 1, [...PRAGMAS, LARGER_CACHE]);
    // The first connection makes the file and turns its journal to WAL, before others read it.
    await withConnection(write, () => Promise.resolve());
    const read = openPool(file, readers, [...PRAGMAS, READ_ONLY]);
    // The host lock keeps every other host away already.
    return {
      ...{ dialect, read, write, neighbours: NO_NEIGHBOURS, close },
      alone: (work) => work(write),
    };
  } catch (error) {
    await close();
    throw error instanceof TrellisError ? error : unreachable(file, error);
  }
}

/**
 * Opens a SQLite file for reading alone, also beside the host that has it open.
 *
 * @throws `TrellisError` with code `database-unreachable`.
 */
export async function connectSqliteToRead(settings: SqliteSettings): Promise<Connections> {
  const { client = 'sqlite3', readers = 4 } = settings;
  const file = resolve(settings.file);
  if (!existsSync(file)) throw unreachable(file, new Error('there is no such file'));
  const dialect = dialectOf(client);
  const read = open(file, client, dialect, readers, [...PRAGMAS, READ_ONLY]);
  try {
    await withConnection(read, () => Promise.resolve());
  } catch (error) {
    await read.destroy();
    throw error instanceof TrellisError ? error : unreachable(file, error);
  }
  return {
    ...{ dialect, read, write: read, neighbours: NO_NEIGHBOURS },
    alone: (work) => work(read),
    close: () => read.destroy(),
  };
}

function dialectOf(client: keyof typeof CLIENTS): Dialect {
  const { session, ...own } = CLIENTS[client];
  return { ...SHARED, ...own, session: oncePerConnection(session) };
}

function oncePerConnection(create: Dialect['session']): Dialect['session'] {
  const sessions = new WeakMap<object, Session>();
  return (connection) => {
    const known = sessions.get(connection);
    if (known) return known;
    const made = create(connection);
    sessions.set(connection, made);
    return made;
  };
}

function open(
  filename: string,
  client: string,
  dialect: Dialect,
  connections: number,
  pragmas: readonly Pragma[],
): Knex {
  const opened = knex({
    client,
    connection: { filename },
    useNullAsDefault: true,
    log: SILENT,
    pool: {
      min: 1,
      max: connections,
      afterCreate: (connection: object, done: (error: unknown) => void) => {
        setPragmas(dialect, connection, pragmas).then(() => {
          done(undefined);
        }, done);
      },
    },
  });
  const pooled = opened.client as PooledClient;
  const destroy = pooled.destroyRawConnection.bind(pooled);
  // A connection with prepared statements does not close.
  pooled.destroyRawConnection = async (connection) => {
    await dialect.session(connection).release();
    await destroy(connection);
  };
  return opened;
}

/** The part of knex's client by which its pool closes a connection. */
interface PooledClient {
  destroyRawConnection(connection: object): Promise<unknown>;
}

type Pragma = (typeof PRAGMAS)[number];

async function setPragmas(
  dialect: Dialect,
  connection: object,
  pragmas: readonly Pragma[],
): Promise<void> {
  const session = dialect.session(connection);
  for (const { set, read, expected } of pragmas) {
    await session.all({ name: set, text: `pragma ${set}` });
    const rows = await session.all({ name: read, text: `pragma ${read}` });
    const found: unknown = Object.values(rows[0] ?? {})[0];
    if (found !== expected) throw notDurable(read, String(expected), String(found));
  }
  await session.release();
}

function notDurable(setting: string, expected: string, found: string): TrellisError {
  return new TrellisError(
    'database-not-durable',
    `SQLite's setting ${setting} is ${found} where ${expected} is needed. ` +
      'Keep the database file on a local disk, not on a network share.',
    { setting, expected, found },
  );
}

function unreachable(file: string, cause: unknown): TrellisError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TrellisError(
    'database-unreachable',
    `The database file ${file} cannot be opened: ${reason}. ` +
      'Expected a SQLite file, or none yet, in a folder that this process may write.',
    { file, reason },
  );
}
