import { connectPostgres } from '../../engine/adapters/sql/postgres.ts';
import { connectSqliteToRead } from '../../engine/adapters/sql/sqlite.ts';
import { withConnection } from '../../engine/adapters/sql/pool.ts';
import { openStoreToRead } from '../../engine/adapters/sql/store.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { AuditFinding } from '../../engine/runtime/audit/finding.ts';
import { verifyAndFold } from '../../engine/runtime/audit/verify-and-fold.ts';
import { verifyHistory } from '../../engine/runtime/audit/verify-history.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { Settings } from '../../server/settings.ts';
import type { Stored } from './records.ts';

type Database = Settings['database'];

const TABLES = {
  cases:
    'select id, workflow, reference, workflow_version, release, status, states, version from cases',
  events: 'select case_id, seq, at, kind, body from events',
  tasks: 'select id, case_id, status from tasks',
  jobs: 'select id, case_id, kind from jobs',
  subscriptions: 'select case_id from subscriptions',
  messages: 'select id, key, consumed from messages',
  submissions: 'select key, answer from submissions',
  incidents: 'select case_id, code from incidents',
} as const;

/** Reads all that a database holds of the harness's cases, over a connection of its own. */
export async function readRows(database: Database): Promise<Stored> {
  const rows = await select(database, TABLES);
  return { ...(rows as unknown as Omit<Stored, 'disagreements'>), ...(await verify(database)) };
}

/** How many cases neither have ended nor wait for a person. */
export async function countUnderWay(database: Database): Promise<number> {
  const text = `select count(*) as n from cases where status <> 'finished'
    and not exists (select 1 from incidents where incidents.case_id = cases.id)`;
  const { found } = await select(database, { found: text });
  return Number((found as readonly { readonly n: number }[])[0]?.n);
}

/** How many jobs are due by then, in epoch milliseconds. */
export async function countDue(database: Database, by: number): Promise<number> {
  const text = `select count(*) as n from jobs where run_at <= ${by}`;
  const { found } = await select(database, { found: text });
  return Number((found as readonly { readonly n: number }[])[0]?.n);
}

async function select<K extends string>(
  database: Database,
  texts: Readonly<Record<K, string>>,
): Promise<Readonly<Record<K, readonly object[]>>> {
  const connections = await (database.kind === 'sqlite'
    ? connectSqliteToRead({ file: database.file })
    : connectPostgres({ url: database.url }));
  try {
    const found = await withConnection(connections.read, async (connection) => {
      const session = connections.dialect.session(connection);
      const all: [string, readonly object[]][] = [];
      for (const [name, text] of Object.entries<string>(texts)) {
        all.push([name, await session.all({ name: `crash_${name}`, text })]);
      }
      await session.release();
      return all;
    });
    return Object.fromEntries(found) as Record<K, readonly object[]>;
  } finally {
    await connections.close();
  }
}

async function verify(database: Database): Promise<Pick<Stored, 'disagreements'>> {
  return toRead(database, async (store) => {
    const disagreements: { readonly caseId: string; readonly message: string }[] = [];
    await verifyAndFold({
      ...{ store, catalogue: new Catalogue(store.registry), trust: NOBODY },
      onFinding: ({ caseId, name, message }) => {
        disagreements.push({ caseId: caseId ?? name, message });
      },
    });
    return { disagreements };
  });
}

/** What does not hold in the history as a host left it: chains, governance acts and checkpoints. */
export async function historyFaults(database: Database): Promise<readonly string[]> {
  return toRead(database, async (store) => {
    const messages: string[] = [];
    const onFinding = ({ message }: AuditFinding): void => {
      messages.push(message);
    };
    await verifyHistory({ store, trust: NOBODY, onFinding });
    return messages;
  });
}

/** No key is known beforehand: that of the first checkpoint has to have signed them all. */
const NOBODY = { keys: [], anchor: [] };

async function toRead<T>(database: Database, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStoreToRead(
    database.kind === 'sqlite' ? { file: database.file } : { url: database.url },
  );
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
