import type { Value } from './columns.ts';
import type { Session } from './session.ts';

/** What we use of a connection of the `pg` package, which keeps statements prepared by name. */
interface Connection {
  query(query: { name: string; text: string; values: readonly Value[] }): Promise<{
    readonly rows: readonly object[];
    readonly rowCount: number | null;
  }>;
}

const NUL = /\0/g;

/** PostgreSQL's text cannot hold the character NUL: it is stored as the replacement character. */
export function withoutNul(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replace(NUL, '\uFFFD') : value;
}

/** Creates a session on a connection of the `pg` package. */
export function createPgSession(connection: object): Session {
  const pg = connection as Connection;
  const query: (
    statement: { name: string; text: string },
    values?: readonly Value[],
  ) => ReturnType<Connection['query']> = ({ name, text }, values = []) =>
    pg.query({ name, text, values: values.map(withoutNul) as Value[] });
  return {
    run: async (statement, values) => (await query(statement, values)).rowCount ?? 0,
    all: async (statement, values) => (await query(statement, values)).rows,
    release: () => Promise.resolve(),
  };
}
