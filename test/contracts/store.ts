import { describeAccounts, describeVault } from './accounts.ts';
import { describeArchive } from './archive.ts';
import { describeAudit } from './audit.ts';
import { describeBulk } from './bulk.ts';
import { describeCases } from './cases.ts';
import { describeCheckpoints } from './checkpoints.ts';
import { describeDrafts } from './drafts.ts';
import { describeEffectHolds } from './effect-holds.ts';
import { describeFiles } from './files.ts';
import { describeGovernance } from './governance.ts';
import { describeGrantUses } from './grant-uses.ts';
import { describeIncidents } from './incidents.ts';
import { describeJobs } from './jobs.ts';
import { describeMessages } from './messages.ts';
import { describeQueues } from './queues.ts';
import { describeRecords } from './records.ts';
import { describeRegistry } from './registry.ts';
import { describeTokens } from './tokens.ts';
import type { UseStore } from './use-store.ts';
import { describeWorklist } from './worklist.ts';

/** The contracts of all storage ports that every store has. */
export function describeStore(useStore: UseStore): void {
  describeCases(useStore);
  describeJobs(useStore);
  describeMessages(useStore);
  describeIncidents(useStore);
  describeWorklist(useStore);
  describeArchive(useStore);
  describeBulk(useStore);
  describeEffectHolds(useStore);
  describeQueues(useStore);
  describeRecords(useStore);
  describeRegistry(useStore);
  describeGovernance(useStore);
  describeCheckpoints(useStore);
  describeDrafts(useStore);
  describeGrantUses(useStore);
  describeAudit(useStore);
  describeAccounts(useStore);
  describeVault(useStore);
  describeTokens(useStore);
  describeFiles(useStore);
}
