/**
 * All that one step of one case writes. A step is saved whole or not at all, through
 * {@link Cases.commit} alone. Times are epoch milliseconds; ids are opaque strings.
 */
import type { Actor, Visit } from '../kernel/effects.ts';
import type { Sealed } from '../governance/erasure/sealed.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { CaseStatus } from '../kernel/case-state.ts';
import type { InboundMessage } from './message.ts';
import type { QueuePlace } from './queues.ts';

/** A case as it is stored. `version` counts its steps and guards against lost updates. */
export interface StoredCase {
  readonly id: string;
  readonly workflow: string;
  /** The published version that it runs on, e.g. `3`. */
  readonly workflowVersion: number;
  readonly release: string;
  readonly reference: string;
  readonly title: string;
  readonly team: string;
  readonly starter: Actor;
  readonly status: CaseStatus;
  readonly outcome?: string;
  /** Ids of the atomic states it is in. */
  readonly states: readonly string[];
  readonly parent?: Visit & { readonly caseId: string };
  /** The kernel's `CaseState` as JSON text. */
  readonly snapshot: string;
  readonly version: number;
  /** The hash of the newest audit entry. */
  readonly head: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Since when it lies in the archive, where nothing of it changes. (Default: it does not) */
  readonly archivedAt?: number;
}

/** One line of a case's tamper-evident history. `seq` starts at 1 and has no gaps. */
export interface AuditEntry {
  readonly caseId: string;
  readonly seq: number;
  readonly at: number;
  /** What happened: `started`, an event's kind, `incident`, `retried`, `claimed` … */
  readonly kind: string;
  readonly actor: Actor;
  /** What is needed to fold it again: the event, or the start; `null` in place of what was erased. */
  readonly body: Json;
  /** What of the body can be erased; absent in an entry of format 1. */
  readonly sealed?: Sealed;
  /** Absent where the personal values were erased, and in format 1. */
  readonly salt?: string;
  /** SHA-256 of the snapshot after the step, behind the salt where there is one. */
  readonly snapshotDigest: string;
  readonly previous: string;
  readonly hash: string;
}

export type TaskStatus = 'open' | 'claimed' | 'done' | 'called-off';

/** Work for a person. Its id is `CASE/STATE/VISIT`, with `.ITEM` behind it for one item of a `forEach`. */
export interface Task extends Visit {
  readonly id: string;
  readonly caseId: string;
  /** `task` is done by staff; `ask` by somebody outside, through a link. */
  readonly kind: 'task' | 'ask';
  readonly title: string;
  readonly form: string;
  /** Who may claim it; none where it is for one person alone. */
  readonly roles: readonly string[];
  readonly assignee?: string;
  /** Who handed it to the assignee, and may get it back. */
  readonly delegatedBy?: string;
  readonly notBy: readonly string[];
  readonly status: TaskStatus;
  readonly due?: number;
  readonly createdAt: number;
  readonly completedBy?: string;
  readonly completedAt?: number;
}

/** What changes of a task that is stored, or opened by the same step; absent fields stay. */
export interface TaskChange {
  readonly id: string;
  readonly status?: TaskStatus;
  readonly roles?: readonly string[];
  /** `null` takes the assignee away. */
  readonly assignee?: string | null;
  /** Given with an `assignee` alone; a change of assignee without it takes it away. */
  readonly delegatedBy?: string;
  readonly completedBy?: string;
  readonly completedAt?: number;
}

export type JobKind =
  | 'call'
  | 'assign'
  | 'undo'
  | 'undo-child'
  | 'cancel-child'
  | 'rest-child'
  | 'mail'
  | 'mail-to-role'
  | 'timer'
  | 'run'
  | 'start'
  | 'report'
  | 'message'
  | 'admit'
  | 'call-up'
  | 'retry'
  | 'bulk';

/**
 * A stored effect, due at a time, run under a lease. Its id is the idempotency key of the effect,
 * `CASE/SEQ/N`, and never changes however often it runs. One of kind `bulk` goes on with the
 * operation on many cases whose id is its `caseId`; one of kind `call-up` looks who is next in the
 * queue that is its `caseId`; one of kind `retry` has an incident tried again at its time.
 */
export interface Job {
  readonly id: string;
  readonly caseId: string;
  readonly kind: JobKind;
  /** The visit it works for, with which it is called off; absent where it goes on without one. */
  readonly visit?: Visit;
  /** The timer of the visit that it is. */
  readonly timer?: string;
  readonly payload: JsonObject;
  readonly runAt: number;
  /**
   * The fencing token that was reached before the job was given up; a job that is added again goes
   * on from there, so that no earlier claim of it ever holds again. (Default: 0)
   */
  readonly spent?: number;
  /** Jobs of one lane wait for each other, and not for those of other lanes. (Default: '') */
  readonly lane?: string;
  /** Its case is suspended: nobody claims it until it is let go. (Default: it is free) */
  readonly held?: true;
  /**
   * The host that saves the step has it in hand until then (epoch milliseconds), as after a claim.
   * (Default: nobody has)
   */
  readonly claimedUntil?: number;
}

/** One timer of a visit, by its name; with an item, that of this item alone. */
export interface TimerOfVisit extends Visit {
  readonly timer: string;
}

/** A job in the hands of one host until its lease ends. */
export interface ClaimedJob extends Omit<Job, 'spent' | 'held' | 'claimedUntil'> {
  /** How often it was claimed; the fencing token. */
  readonly attempts: number;
  /** An operator has decided that it shall not be carried out. */
  readonly refused?: true;
  /** How often it was tried: claims, less those that were put back without a try. */
  readonly tries: number;
}

/** A claimed job is over: removed by the step that took its answer, if the token still holds. */
export interface FinishedJob {
  readonly id: string;
  readonly attempts: number;
}

/**
 * Work that the engine gave up on, waiting for a person. Its id is that of the job. It has a visit
 * where its job has one, and is resolved when that visit is called off.
 */
export interface Incident extends Partial<Visit> {
  readonly id: string;
  readonly caseId: string;
  readonly job: Job;
  /** The same for all incidents that came about alike. */
  readonly cause: string;
  readonly code: string;
  readonly message: string;
  readonly openedAt: number;
}

/** A case waits for one of these messages with this key. */
export interface Subscription extends Visit {
  readonly caseId: string;
  readonly message: string;
  readonly key: string;
  /** Messages that came before it (epoch milliseconds) are too old. */
  readonly notBefore: number;
}

/** Leave for whoever holds a token to do one thing with one case. Only its hash is stored. */
export interface Link {
  /** SHA-256 of the token, hex. */
  readonly hash: string;
  readonly caseId: string;
  /** `task` opens one ask's form; `status` the customer's page. */
  readonly purpose: 'task' | 'status';
  readonly taskId?: string;
  readonly expiresAt: number;
}

/** The stored answer to a submission key: the same key gives the same answer. */
export interface Submission {
  readonly key: string;
  /** SHA-256 of what was submitted; the same key with another body is refused. */
  readonly digest: string;
  readonly answer: Json;
  readonly at: number;
}

export interface Step {
  /** The case after the step. `version` is the one before plus one; 1 creates the case. */
  readonly case: StoredCase;
  readonly entry: AuditEntry;
  readonly tasks: { readonly open: readonly Task[]; readonly change: readonly TaskChange[] };
  readonly jobs: {
    readonly add: readonly Job[];
    readonly finish: readonly FinishedJob[];
    /**
     * Every unfinished job of these visits of the case is removed (work called off, timers stopped),
     * also one that this step adds; their subscriptions and incidents with them. One with an item
     * means that item alone, one without means all items.
     */
    readonly stop: readonly Visit[];
    /** Timers of visits of the case that go on: their jobs are removed, but for one that this step adds. */
    readonly stopTimers: readonly TimerOfVisit[];
    /**
     * Every job of the case that is stored is held, or let go; those that the step adds are not, nor
     * is what tells the case that its turn in a queue has come: the place is its own already.
     */
    readonly rest?: 'hold' | 'let go';
  };
  readonly incidents: {
    readonly open: readonly Incident[];
    readonly resolve: readonly string[];
  };
  readonly subscribe: readonly Subscription[];
  /** Visits of the case that go on and hear no message any more. */
  readonly unsubscribe: readonly Visit[];
  /**
   * Places in queues that the step takes, and the visits that give theirs up. A visit that has a place
   * keeps it, with `most` as it is now. (Default: none)
   */
  readonly queues?: { readonly join: readonly QueuePlace[]; readonly leave: readonly Visit[] };
  /** Ids of kept messages that this step took. */
  readonly consume: readonly string[];
  /** Messages that come with the step: it stores them, and has taken them. (Default: none) */
  readonly receive?: readonly InboundMessage[];
  readonly links: readonly Link[];
  /** Ids of the files that the case carries from now on. (Default: none) */
  readonly files?: readonly string[];
  /** A step with a key that is stored is not saved, and has the stored answer. */
  readonly submissions: readonly Submission[];
  /** The operation on many cases that this step is part of: the case must be ready in it, and is done. */
  readonly bulk?: string;
}
