import { createRequire } from 'node:module';
import sqlite3 from 'sqlite3';
import { createBetterSqlite3Session } from '../../engine/adapters/sql/better-sqlite3-session.ts';
import type { Session } from '../../engine/adapters/sql/session.ts';
import { createSqlite3Session } from '../../engine/adapters/sql/sqlite3-session.ts';

/** A package that drives SQLite. */
export type Client = 'sqlite3' | 'better-sqlite3';

/** What the bench uses of a connection of the `better-sqlite3` package. */
export interface BetterSqlite3 {
  prepare(sql: string): {
    run(...values: readonly unknown[]): { readonly changes: number };
    get(...values: readonly unknown[]): unknown;
  };
  pragma(text: string): unknown;
  close(): void;
}

/** The driver alone, on a file. */
export interface RawConnection {
  readonly session: Session;
  close(): Promise<void>;
}

const require = createRequire(import.meta.url);

/** Tells whether a driver is installed: `better-sqlite3` is not where it could not be compiled. */
export function hasClient(client: Client): boolean {
  try {
    require.resolve(client);
    return true;
  } catch {
    return false;
  }
}

/** Opens a file with `better-sqlite3`, as durable as the product does. */
export function openBetterSqlite3(file: string): BetterSqlite3 {
  const Database = require('better-sqlite3') as new (file: string) => BetterSqlite3;
  const database = new Database(file);
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  return database;
}

/** Opens a file with a driver alone, as durable as the product does. */
export async function openRaw(file: string, client: Client): Promise<RawConnection> {
  if (client === 'better-sqlite3') {
    const database = openBetterSqlite3(file);
    const close = (): Promise<void> => {
      database.close();
      return Promise.resolve();
    };
    return { session: createBetterSqlite3Session(database), close };
  }
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(file, (error) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  const session = createSqlite3Session(database);
  for (const text of ['journal_mode = wal', 'synchronous = full']) {
    await session.all({ name: text, text: `pragma ${text}` });
  }
  return {
    session,
    close: async () => {
      await session.release();
      await new Promise<void>((resolve, reject) => {
        database.close((error) => {
          if (error) reject(error);
          else resolve();
        });
      });
    },
  };
}
