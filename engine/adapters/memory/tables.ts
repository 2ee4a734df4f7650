import type { GovernanceAct } from '../../governance/acts.ts';
import type { Proposal } from '../../governance/proposals/proposal.ts';
import type { ApprovalKey } from '../../ports/approval-keys.ts';
import type { Checkpoint } from '../../governance/checkpoint.ts';
import type { KeptValue, User } from '../../ports/accounts.ts';
import type { BulkCase, BulkOperation } from '../../ports/bulk.ts';
import type { WorkflowDraft } from '../../ports/drafts.ts';
import type { EffectHold } from '../../ports/effect-hold.ts';
import type { StoredFile } from '../../ports/files.ts';
import type { InboundMessage } from '../../ports/message.ts';
import type { OutOfForce } from '../../ports/out-of-force.ts';
import type { StandingPlace } from '../../ports/queues.ts';
import type { StoredRecord } from '../../ports/records.ts';
import type { ApiToken } from '../../ports/tokens.ts';
import type { CoreRelease, PublishedWorkflow } from '../../ports/registry.ts';
import type {
  AuditEntry,
  Incident,
  Job,
  Link,
  StoredCase,
  Submission,
  Subscription,
  Task,
} from '../../ports/step.ts';

/** A stored job. `freeAt` is when it may be claimed: its time, or the end of its lease. */
export interface StoredJob {
  readonly job: Job;
  readonly attempts: number;
  readonly untried: number;
  readonly freeAt: number;
  readonly held: boolean;
  /** The name under which it waits for an operator after a restore. */
  readonly heldBack?: string;
  readonly refused?: true;
}

export interface StoredMessage {
  readonly message: InboundMessage;
  readonly consumed: boolean;
  readonly offered: boolean;
  readonly refused: boolean;
}

export interface KeptFile {
  readonly file: StoredFile;
  readonly keepUntil: number;
  readonly parts: readonly Uint8Array[];
}

/** A case in the archive, with all that is stored of it. */
export interface ArchivedCase {
  readonly stored: StoredCase;
  readonly history: readonly AuditEntry[];
  readonly tasks: readonly Task[];
  readonly links: readonly Link[];
}

/** The same tables as a database has, each a map by primary key. */
export interface Tables {
  readonly releases: Map<string, CoreRelease>;
  /** The versions of each workflow, oldest first. */
  readonly workflows: Map<string, PublishedWorkflow[]>;
  /** In their order. */
  readonly acts: GovernanceAct[];
  readonly proposals: Map<number, Proposal>;
  readonly approvalKeys: Map<string, ApprovalKey>;
  readonly checkpoints: Checkpoint[];
  /** By the number of their checkpoint. */
  readonly checkpointLeaves: Map<number, readonly string[]>;
  /** The newest entry of each case that a checkpoint states. */
  readonly stated: Map<string, number>;
  readonly drafts: Map<string, WorkflowDraft>;
  /** By kind, name and part. */
  readonly outOfForce: Map<string, OutOfForce>;
  /** How often each grant was used, by day. */
  readonly grantUses: Map<string, Map<string, number>>;
  readonly cases: Map<string, StoredCase>;
  readonly archive: Map<string, ArchivedCase>;
  /** The history of each case, oldest first. */
  readonly events: Map<string, AuditEntry[]>;
  readonly tasks: Map<string, Task>;
  readonly jobs: Map<string, StoredJob>;
  /** By {@link subscriptionKey}. */
  readonly subscriptions: Map<string, Subscription>;
  readonly messages: Map<string, StoredMessage>;
  readonly submissions: Map<string, Submission>;
  readonly incidents: Map<string, Incident>;
  /** In the order in which they were taken. */
  readonly queuePlaces: Map<string, StandingPlace>;
  readonly links: Map<string, Link>;
  readonly users: Map<string, User>;
  /** By purpose and hash. */
  readonly keptValues: Map<string, KeptValue>;
  readonly counters: Map<string, number>;
  readonly tokens: Map<string, ApiToken>;
  readonly files: Map<string, KeptFile>;
  readonly effectHolds: Map<string, EffectHold>;
  /** By type and key. */
  readonly records: Map<string, StoredRecord>;
  /** What each effect has written. */
  readonly recordWrites: Map<string, StoredRecord>;
  readonly bulkOperations: Map<string, BulkOperation>;
  /** The cases of each operation, by their ids. */
  readonly bulkCases: Map<string, Map<string, BulkCase>>;
}

export function createTables(): Tables {
  return {
    releases: new Map(),
    workflows: new Map(),
    acts: [],
    proposals: new Map(),
    approvalKeys: new Map(),
    checkpoints: [],
    checkpointLeaves: new Map(),
    stated: new Map(),
    drafts: new Map(),
    outOfForce: new Map(),
    grantUses: new Map(),
    cases: new Map(),
    archive: new Map(),
    events: new Map(),
    tasks: new Map(),
    jobs: new Map(),
    subscriptions: new Map(),
    messages: new Map(),
    submissions: new Map(),
    incidents: new Map(),
    queuePlaces: new Map(),
    links: new Map(),
    users: new Map(),
    keptValues: new Map(),
    counters: new Map(),
    tokens: new Map(),
    files: new Map(),
    effectHolds: new Map(),
    records: new Map(),
    recordWrites: new Map(),
    bulkOperations: new Map(),
    bulkCases: new Map(),
  };
}

export function subscriptionKey(one: Subscription): string {
  return JSON.stringify([one.caseId, one.state, one.visit, one.message, one.key]);
}
