/**
 * The three records that are held against each other after a run, kept apart by who wrote them:
 * what clients were answered, what the database holds, and what the other side was called with.
 * Times are epoch milliseconds, all of one machine.
 */
import type { Json } from '../../engine/kernel/json.ts';

/** What a client asked for until it was answered, and the answer. */
export interface Acknowledged {
  /** `reuse` is a start under a key that was used before, with another body. */
  readonly kind: 'start' | 'mark' | 'again' | 'message' | 'sighting' | 'task' | 'reuse';
  /** The idempotency key as the database knows it; the id of a message; the id of a task. */
  readonly key: string;
  /** The slip of the case that it is about. */
  readonly slip: string;
  readonly status: number;
  /** What was answered, where it is JSON. */
  readonly answer: Json;
  readonly at: number;
}

/** One call that the other side received, and what it said. */
export interface Called {
  readonly operation: 'book' | 'bill' | 'findBill' | 'stamp';
  /** Empty for what only reads. */
  readonly key: string;
  readonly slip: string;
  readonly at: number;
  /** What it answered; `none` where it hung up. */
  readonly answer: 'done' | 'absent' | 'busy' | 'none';
}

export interface CaseRow {
  readonly id: string;
  readonly workflow: string;
  readonly reference: string;
  readonly workflow_version: number;
  readonly release: string;
  readonly status: string;
  readonly states: string;
  readonly version: number;
}

export interface EventRow {
  readonly case_id: string;
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly body: string;
}

/** What the database holds, read over a connection of its own after the last host has stopped. */
export interface Stored {
  readonly cases: readonly CaseRow[];
  readonly events: readonly EventRow[];
  readonly tasks: readonly {
    readonly id: string;
    readonly case_id: string;
    readonly status: string;
  }[];
  readonly jobs: readonly {
    readonly id: string;
    readonly case_id: string;
    readonly kind: string;
  }[];
  readonly subscriptions: readonly { readonly case_id: string }[];
  readonly messages: readonly {
    readonly id: string;
    readonly key: string;
    readonly consumed: number;
  }[];
  readonly submissions: readonly { readonly key: string; readonly answer: string }[];
  readonly incidents: readonly { readonly case_id: string; readonly code: string }[];
  /** What `trellis verify` says of each case whose chain, events and snapshot disagree. */
  readonly disagreements: readonly { readonly caseId: string; readonly message: string }[];
}

/** What one host did with a job, as its store answered it. */
export interface Held {
  readonly host: string;
  readonly what: 'claimed' | 'returned' | 'finished';
  readonly job: string;
  /** The fencing token. */
  readonly token: number;
  readonly at: number;
  /** The end of the lease of what was claimed. */
  readonly until: number;
}

export interface Records {
  readonly acknowledged: readonly Acknowledged[];
  readonly stored: Stored;
  readonly called: readonly Called[];
  /** Kept where several hosts share a database. */
  readonly held: readonly Held[];
  /** What `trellis audit verify` says right after a host was killed. */
  readonly leftBehind: readonly { readonly kill: number; readonly message: string }[];
  /** When the run began and ended. */
  readonly span: { readonly from: number; readonly until: number };
}
