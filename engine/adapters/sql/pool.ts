import type { Knex } from 'knex';

/** The part of knex's client that hands out connections. */
interface Pool {
  acquireConnection(): Promise<object>;
  releaseConnection(connection: object): Promise<void>;
}

/** For knex, which prints errors that it also throws. */
export const SILENT: Knex.Logger = { error: () => undefined, warn: () => undefined };

/** Runs `work` with a connection of the pool, for it alone, and puts it back. */
export async function withConnection<T>(
  knex: Knex,
  work: (connection: object) => Promise<T>,
): Promise<T> {
  const pool = knex.client as Pool;
  const connection = await pool.acquireConnection();
  try {
    return await work(connection);
  } finally {
    await pool.releaseConnection(connection);
  }
}
