import type { Value } from './columns.ts';
import type { Session, Statement } from './session.ts';
import { wellFormed } from './well-formed.ts';

/** What we use of a connection of the `better-sqlite3` package. */
interface Connection {
  prepare(sql: string): Prepared;
}

interface Prepared {
  /** Whether it answers rows; the package refuses `all` where it does not, and `run` where it does. */
  readonly reader: boolean;
  run(...values: readonly Value[]): { readonly changes: number };
  all(...values: readonly Value[]): readonly object[];
}

/**
 * Creates a session on a connection of the `better-sqlite3` package, which would store half of a
 * surrogate pair as bytes that are no text.
 */
export function createBetterSqlite3Session(connection: object): Session {
  const prepared = new Map<string, Prepared>();
  const prepare = ({ name, text }: Statement): Prepared => {
    const known = prepared.get(name);
    if (known) return known;
    const made = (connection as Connection).prepare(text);
    prepared.set(name, made);
    return made;
  };
  return {
    run: (statement, values = []) =>
      answer(() => prepare(statement).run(...values.map(wellFormed)).changes),
    all: (statement, values = []) =>
      answer(() => {
        const ready = prepare(statement);
        const bound = values.map(wellFormed);
        if (ready.reader) return ready.all(...bound);
        ready.run(...bound);
        return [];
      }),
    release: () =>
      answer(() => {
        prepared.clear();
      }),
  };
}

/** The package is synchronous; a session is not, nor does it throw where it should reject. */
function answer<T>(make: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(make());
  });
}
