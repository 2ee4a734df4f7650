import sqlite3 from 'sqlite3';
import type { RunningHost } from './with-host.ts';

/**
 * Everything that a host on SQLite has stored, and all that order management has in its book, by
 * table. Sign-in sessions are left out: every request of somebody signed in prolongs theirs.
 */
export async function storedBy({
  host,
  demo,
}: Pick<RunningHost, 'host' | 'demo'>): Promise<Readonly<Record<string, unknown>>> {
  const { database } = host.settings;
  if (database.kind !== 'sqlite') throw new Error('Only an SQLite file can be read here.');
  return { ...(await rowsOf(database.file)), 'the order book': demo.book() };
}

async function rowsOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  const connection = await open(file);
  try {
    const tables = await all<{ readonly name: string }>(
      connection,
      "select name from sqlite_master where type = 'table' order by name",
    );
    const found: Record<string, unknown> = {};
    for (const { name } of tables) {
      const but = name === 'kept_values' ? "where purpose <> 'session'" : '';
      found[name] = await all(connection, `select * from "${name}" ${but} order by rowid`);
    }
    return found;
  } finally {
    await closed(connection);
  }
}

function open(file: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const connection = new sqlite3.Database(file, sqlite3.OPEN_READONLY, (error) => {
      if (error === null) resolve(connection);
      else reject(error);
    });
  });
}

function all<T>(connection: sqlite3.Database, statement: string): Promise<readonly T[]> {
  return new Promise((resolve, reject) => {
    connection.all<T>(statement, (error, rows) => {
      if (error === null) resolve(rows);
      else reject(error);
    });
  });
}

function closed(connection: sqlite3.Database): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.close((error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
