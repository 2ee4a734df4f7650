import type { Accounts, Vault } from './accounts.ts';
import type { Archive } from './archive.ts';
import type { AuditReader } from './audit.ts';
import type { BulkCases, BulkOperations } from './bulk.ts';
import type { Cases } from './cases.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { SharedTime } from './clock.ts';
import type { Drafts } from './drafts.ts';
import type { EffectHolds } from './effect-hold.ts';
import type { ErasureReader } from './erasure.ts';
import type { Files } from './files.ts';
import type { Governance } from './governance.ts';
import type { GrantUses } from './grant-uses.ts';
import type { Incidents, Jobs, Messages } from './jobs.ts';
import type { Neighbours } from './neighbours.ts';
import type { OutOfForceList } from './out-of-force.ts';
import type { Queues } from './queues.ts';
import type { Records } from './records.ts';
import type { Registry } from './registry.ts';
import type { ApiTokens } from './tokens.ts';
import type { Worklist } from './worklist.ts';

/** All that is stored, over one database: a step saved through `cases` is seen by every port. */
export interface Store {
  readonly cases: Cases;
  readonly jobs: Jobs;
  readonly messages: Messages;
  readonly incidents: Incidents;
  readonly effects: EffectHolds;
  readonly queues: Queues;
  readonly worklist: Worklist;
  readonly archive: Archive;
  readonly bulk: BulkOperations & BulkCases;
  readonly records: Records;
  readonly registry: Registry;
  readonly governance: Governance;
  readonly checkpoints: Checkpoints;
  readonly drafts: Drafts;
  readonly outOfForce: OutOfForceList;
  readonly grantUses: GrantUses;
  readonly audit: AuditReader;
  readonly erasure: ErasureReader;
  readonly accounts: Accounts;
  readonly vault: Vault;
  readonly tokens: ApiTokens;
  readonly files: Files;
  readonly neighbours: Neighbours;
  /** Absent where one host has the store for itself: its own clock is the time then. */
  readonly time?: SharedTime;
  /** Ends connections; waits for what is running. May be called twice. */
  close(): Promise<void>;
}
