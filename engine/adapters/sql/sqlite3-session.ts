import type { Value } from './columns.ts';
import type { Session, Statement } from './session.ts';

/** What we use of a connection of the `sqlite3` package. */
interface Connection {
  prepare(sql: string, done: (error: Error | null) => void): Prepared;
}

interface Prepared {
  run(
    values: readonly Value[],
    done: (this: { changes: number }, error: Error | null) => void,
  ): void;
  all(values: readonly Value[], done: (error: Error | null, rows: readonly object[]) => void): void;
  reset(done: () => void): void;
  finalize(done: () => void): void;
}

/** Creates a session on a connection of the `sqlite3` package. */
export function createSqlite3Session(connection: object): Session {
  const prepared = new Map<string, Promise<Prepared>>();

  const prepare = ({ name, text }: Statement): Promise<Prepared> => {
    const known = prepared.get(name);
    if (known) return known;
    const made = new Promise<Prepared>((resolve, reject) => {
      const statement = (connection as Connection).prepare(text, (error) => {
        if (error) reject(error);
        else resolve(statement);
      });
    });
    prepared.set(name, made);
    made.catch(() => prepared.delete(name));
    return made;
  };

  return {
    run: async (statement, values = []) => {
      const ready = await prepare(statement);
      return new Promise((resolve, reject) => {
        ready.run(values, function (error) {
          if (error) reject(error);
          else resolve(this.changes);
        });
      });
    },
    all: async (statement, values = []) => {
      const ready = await prepare(statement);
      return new Promise((resolve, reject) => {
        ready.all(values, (error, rows) => {
          if (error) reject(error);
          else resolve(rows);
        });
      });
    },
    release: async () => {
      const statements = await Promise.all(prepared.values());
      prepared.clear();
      for (const statement of statements) {
        await new Promise<void>((resolve) => {
          statement.finalize(resolve);
        });
      }
    },
  };
}
