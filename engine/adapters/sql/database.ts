import type { Knex } from 'knex';
import type { Neighbours } from '../../ports/neighbours.ts';
import type { BatchRunner } from './batch.ts';
import { createBatchRunner } from './batch.ts';
import type { Connections, Dialect } from './dialect.ts';
import { withConnection } from './pool.ts';
import type { Session, Statement } from './session.ts';
import { committing } from './unsure.ts';

/** How often a transaction is run again after another host was in its way. */
const TRIES = 5;

/** One open database, as the storage ports use it. */
export interface Database {
  readonly dialect: Dialect;
  readonly batches: BatchRunner;
  readonly read: Knex;
  readonly write: Knex;
  readonly neighbours: Neighbours;
  /** Runs `work` on a connection that may write, each statement for itself. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Runs `work` on a connection that only reads. */
  look<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one transaction and commits it, durably, unless `work` answers a refusal: then
   * all is rolled back, and the refusal answered.
   */
  attempt<R>(work: (session: Session) => Promise<R | undefined>): Promise<R | undefined>;
  /** Runs `work`, one statement that is a transaction of its own, and answers its refusal. */
  attemptInOne<R>(work: (session: Session) => Promise<R | undefined>): Promise<R | undefined>;
  /** A statement with `?` parameters in the text of this database. */
  statement(name: string, text: string): Statement;
  close(): Promise<void>;
}

const COMMIT: Statement = { name: 'commit', text: 'commit' };
const ROLLBACK: Statement = { name: 'rollback', text: 'rollback' };

export function createDatabase(connections: Connections): Database {
  const { dialect, read, write, neighbours } = connections;
  let closed: Promise<void> | undefined;

  const use: Database['use'] = (work) =>
    withConnection(write, (connection) => work(dialect.session(connection)));

  return {
    dialect,
    batches: createBatchRunner(dialect),
    read,
    write,
    neighbours,
    use,
    look: (work) => withConnection(read, (connection) => work(dialect.session(connection))),
    attempt: (work) => again(dialect, () => use((session) => transact(dialect, session, work))),
    attemptInOne: (work) =>
      again(dialect, () => use((session) => committing(dialect, () => work(session)))),
    statement: (name, text) => ({ name, text: numberParameters(dialect, text) }),
    close: () => (closed ??= connections.close()),
  };
}

async function transact<R>(
  dialect: Dialect,
  session: Session,
  work: (session: Session) => Promise<R | undefined>,
): Promise<R | undefined> {
  await session.run({ name: 'begin', text: dialect.begin });
  try {
    const refusal = await work(session);
    if (refusal === undefined) await committing(dialect, () => session.run(COMMIT));
    else await session.run(ROLLBACK);
    return refusal;
  } catch (error) {
    // Where the connection is gone, so is the transaction, and the first error says more.
    await session.run(ROLLBACK).catch(() => undefined);
    throw error;
  }
}

async function again<T>(dialect: Dialect, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !isTransient(dialect, error)) throw error;
    }
  }
}

function isTransient(dialect: Dialect, error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && dialect.transient.includes(String(error.code))
  );
}

function numberParameters({ numbered }: Dialect, text: string): string {
  let parameters = 0;
  return numbered ? text.replaceAll('?', () => `$${++parameters}`) : text;
}
