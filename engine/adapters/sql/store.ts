import { casesWithArchive, worklistWithArchive } from '../../ports/archive.ts';
import type { Store } from '../../ports/store.ts';
import { createAccounts } from './accounts.ts';
import { createArchive, createArchiveReader } from './archive.ts';
import { createAuditReader } from './audit.ts';
import { createBulk } from './bulk.ts';
import { createCases } from './cases.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createDatabase } from './database.ts';
import type { Database } from './database.ts';
import type { Connections } from './dialect.ts';
import { createDrafts } from './drafts.ts';
import { createEffectHolds } from './effect-holds.ts';
import { endLeases } from './end-leases.ts';
import { createErasureReader } from './erasure.ts';
import { createFiles } from './files.ts';
import { createGovernance } from './governance.ts';
import { createGrantUses } from './grant-uses.ts';
import { createIncidents } from './incidents.ts';
import { createJobs } from './jobs.ts';
import { createMessages } from './messages.ts';
import { assertMigrated, migrate } from './migrate.ts';
import type { PostgresSettings } from './postgres.ts';
import { createOutOfForce } from './out-of-force.ts';
import { createQueues } from './queues.ts';
import { createRecords } from './records.ts';
import { createRegistry } from './registry.ts';
import { connectSqlite, connectSqliteToRead } from './sqlite.ts';
import type { SqliteSettings } from './sqlite.ts';
import { createTokens } from './tokens.ts';
import { sayingUnavailable } from './unavailable.ts';
import { createVault } from './vault.ts';
import { createSharedTime } from './shared-time.ts';
import { createWorklist } from './worklist.ts';

export type StoreSettings = SqliteSettings | PostgresSettings;

/**
 * Opens a SQLite file or a PostgreSQL database and brings its tables up to date. Jobs that an earlier
 * host of a SQLite file had in hand are free again: it is gone, or the file could not be opened.
 *
 * @throws `TrellisError` with code `database-locked`, `database-unreachable`, `database-too-old`,
 *   `database-newer` or `database-not-durable`.
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const connections = await connect(settings);
  const database = createDatabase(connections);
  try {
    await migrate(connections);
    if ('file' in settings) await endLeases(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return storeOn(database);
}

/**
 * Opens the same for reading alone, also beside a running host; whatever would write fails.
 *
 * @throws `TrellisError` with code `database-unreachable`, `database-too-old`, `database-newer` or
 *   `database-older`.
 */
export async function openStoreToRead(settings: StoreSettings): Promise<Store> {
  const connections = await ('file' in settings
    ? connectSqliteToRead(settings)
    : connect(settings));
  try {
    await assertMigrated(connections);
  } catch (error) {
    await connections.close();
    throw error;
  }
  return storeOn(createDatabase(connections));
}

/** The ports on an open database whose tables are up to date. */
export function storeOn(database: Database): Store {
  return sayingUnavailable(portsOn(database), database.dialect);
}

function portsOn(database: Database): Store {
  const reader = createArchiveReader(database);
  return {
    cases: casesWithArchive(createCases(database), reader),
    jobs: createJobs(database),
    messages: createMessages(database),
    incidents: createIncidents(database),
    effects: createEffectHolds(database),
    queues: createQueues(database),
    worklist: worklistWithArchive(createWorklist(database), reader),
    archive: createArchive(database),
    bulk: createBulk(database),
    records: createRecords(database),
    registry: createRegistry(database),
    governance: createGovernance(database),
    checkpoints: createCheckpoints(database),
    drafts: createDrafts(database),
    outOfForce: createOutOfForce(database),
    grantUses: createGrantUses(database),
    audit: createAuditReader(database),
    erasure: createErasureReader(database),
    accounts: createAccounts(database),
    vault: createVault(database),
    tokens: createTokens(database),
    files: createFiles(database),
    neighbours: database.neighbours,
    ...createSharedTime(database),
    close: () => database.close(),
  };
}

async function connect(settings: StoreSettings): Promise<Connections> {
  if ('file' in settings) return connectSqlite(settings);
  // A host on a SQLite file starts without the driver of the other.
  const { connectPostgres } = await import('./postgres.ts');
  return connectPostgres(settings);
}
