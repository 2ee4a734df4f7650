import { casesWithArchive, worklistWithArchive } from '../../ports/archive.ts';
import { NO_NEIGHBOURS } from '../../ports/neighbours.ts';
import type { Store } from '../../ports/store.ts';
import { createAccounts } from './accounts.ts';
import { createArchive, createArchiveReader } from './archive.ts';
import { createAuditReader } from './audit.ts';
import { createBulk } from './bulk.ts';
import { createCases } from './cases.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createDrafts } from './drafts.ts';
import { createEffectHolds } from './effect-holds.ts';
import { createErasureReader } from './erasure.ts';
import { createFiles } from './files.ts';
import { createGovernance } from './governance.ts';
import { createGrantUses } from './grant-uses.ts';
import { createIncidents } from './incidents.ts';
import { createJobs } from './jobs.ts';
import { createMessages } from './messages.ts';
import { createOutOfForce } from './out-of-force.ts';
import { createQueues } from './queues.ts';
import { createRecords } from './records.ts';
import { createRegistry } from './registry.ts';
import { createTables } from './tables.ts';
import { createTokens } from './tokens.ts';
import { createVault } from './vault.ts';
import { createWorklist } from './worklist.ts';

/** Creates an empty store in memory: the reference for every other adapter, and the simulator's. */
export function createMemoryStore(): Store {
  const tables = createTables();
  const reader = createArchiveReader(tables);
  return {
    cases: casesWithArchive(createCases(tables), reader),
    jobs: createJobs(tables),
    messages: createMessages(tables),
    incidents: createIncidents(tables),
    effects: createEffectHolds(tables),
    queues: createQueues(tables),
    worklist: worklistWithArchive(createWorklist(tables), reader),
    archive: createArchive(tables),
    bulk: createBulk(tables),
    records: createRecords(tables),
    registry: createRegistry(tables),
    governance: createGovernance(tables),
    checkpoints: createCheckpoints(tables),
    drafts: createDrafts(tables),
    outOfForce: createOutOfForce(tables),
    grantUses: createGrantUses(tables),
    audit: createAuditReader(tables),
    erasure: createErasureReader(tables),
    accounts: createAccounts(tables),
    vault: createVault(tables),
    tokens: createTokens(tables),
    files: createFiles(tables),
    neighbours: NO_NEIGHBOURS,
    close: () => Promise.resolve(),
  };
}
