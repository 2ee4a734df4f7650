/**
 * Changes of many cases at once. Every operation is prepared first: what would become of each case
 * is stored, and nothing happens until somebody starts it. Its cases are then changed one by one.
 */
import type { Actor } from '../kernel/effects.ts';
import type { FieldChange, WorkChange } from '../kernel/event.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Fill } from '../kernel/transition/fill-absent.ts';
import type { Job } from './step.ts';
import type { CaseFilter, Page } from './worklist.ts';

/** What is done to each case. */
export type BulkChange =
  | { readonly kind: 'suspend' }
  | { readonly kind: 'resume' }
  /** With `plain` what the case did is not taken back. */
  | { readonly kind: 'cancel'; readonly plain?: true }
  /** Work of incidents runs again; with `cause` only of those that have it. */
  | { readonly kind: 'retry'; readonly cause?: string }
  | {
      readonly kind: 'migrate';
      readonly workflow: string;
      readonly to: number;
      /** A state of the case leads to a state of the other version. */
      readonly mapping: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'modify'; readonly set: readonly FieldChange[]; readonly work?: WorkChange }
  /** A field of a locked type is filled in the values that lack it; cases without such are left out. */
  | ({ readonly kind: 'backfill' } & Fill)
  /** What the operation that it takes back has filled is taken out, where it is still the same. */
  | { readonly kind: 'take-out' };

/** Which cases are meant; it is read once, while the operation is prepared. */
export type BulkSelection =
  | { readonly kind: 'cases'; readonly ids: readonly string[] }
  /** The unfinished cases of a list. */
  | { readonly kind: 'filter'; readonly filter: CaseFilter }
  /** The cases that have an open incident of a cause. */
  | { readonly kind: 'cause'; readonly cause: string }
  /** The cases that another operation has changed. */
  | { readonly kind: 'operation'; readonly id: string };

/**
 * - `preparing`: its cases are looked at, page by page.
 * - `prepared`: it says what would happen, and waits for somebody to start it.
 * - `running`: its cases are changed.
 * - `stopped`: somebody has stopped it, or it could not go on (`problem`).
 * - `done`: every case was changed, or has been refused.
 */
export type BulkStatus = 'preparing' | 'prepared' | 'running' | 'stopped' | 'done';

/** One change of many cases. */
export interface BulkOperation {
  readonly id: string;
  readonly change: BulkChange;
  readonly selection: BulkSelection;
  readonly status: BulkStatus;
  /** Who has prepared it; from its start on, who has started it. */
  readonly actor: Actor;
  /** Why; it stands in the history of each case. Empty until it is started. */
  readonly reason: string;
  /** How far the selection has been read; empty at its beginning. */
  readonly cursor: string;
  /** How often its status has changed: who acts on an earlier one is refused. */
  readonly round: number;
  /** The operation that it takes back. */
  readonly undoes?: string;
  /** Why it could not go on. */
  readonly problem?: string;
  readonly createdAt: number;
  readonly changedAt: number;
}

/**
 * - `ready`: it would be changed as `outlook` says.
 * - `cannot`: it could not be changed when the operation was prepared.
 * - `done`: it was changed.
 * - `refused`: it could not be changed any more when its turn came.
 */
export type BulkResult = 'ready' | 'cannot' | 'done' | 'refused';

/** What becomes of one case. */
export interface BulkCase {
  readonly caseId: string;
  readonly reference: string;
  readonly result: BulkResult;
  /** The version of the case for which this was worked out; of one that is `done`, the one after. */
  readonly version: number;
  /** What would become of it, or has. */
  readonly outlook?: JsonObject;
  /** Why it cannot be changed. */
  readonly message?: string;
}

/** Cases of an operation to which the same happens. */
export interface BulkGroup extends Pick<BulkCase, 'result' | 'outlook' | 'message'> {
  readonly count: number;
  /** The least of their references. */
  readonly example: string;
}

/** The operations themselves. */
export interface BulkOperations {
  /** Stores an operation with the job that prepares it. */
  add(operation: BulkOperation, job: Job): Promise<void>;
  operation(id: string): Promise<BulkOperation | undefined>;
  /**
   * Operations, newest first.
   * @throws `TrellisError` with code `bad-cursor`.
   */
  operations(after: string | undefined, limit: number): Promise<Page<BulkOperation>>;
  /**
   * Changes what an operation is at, with the job that goes on with it, unless its status or round
   * have changed since it was read; answers whether it did.
   */
  move(
    from: Pick<BulkOperation, 'id' | 'status' | 'round'>,
    to: Partial<Pick<BulkOperation, 'reason' | 'actor' | 'problem'>> &
      Pick<BulkOperation, 'status' | 'changedAt'>,
    job?: Job,
  ): Promise<boolean>;
}

/** What becomes of the cases of operations; a step that changes one says so itself. */
export interface BulkCases {
  /**
   * Adds cases to an operation that is being prepared, and how far its selection was read. A case is
   * added once. Answers false, and writes nothing, where somebody else went on from `from.cursor`.
   */
  prepare(
    from: Pick<BulkOperation, 'id' | 'cursor'>,
    cases: readonly BulkCase[],
    cursor: string,
  ): Promise<boolean>;
  case(operation: string, caseId: string): Promise<BulkCase | undefined>;
  /** Cases that are ready, up to `limit`, in the order of their ids. */
  ready(operation: string, limit: number): Promise<readonly BulkCase[]>;
  /** Says why a case that is ready could not be changed; answers whether it was ready. */
  refuse(operation: string, caseId: string, message: string): Promise<boolean>;
  /**
   * Cases in the order of their references; with `result` only those.
   * @throws `TrellisError` with code `bad-cursor`.
   */
  cases(
    operation: string,
    result: BulkResult | undefined,
    after: string | undefined,
    limit: number,
  ): Promise<Page<BulkCase>>;
  /** The cases in groups, the largest first, up to `limit` of them. */
  groups(operation: string, limit: number): Promise<readonly BulkGroup[]>;
  /** How many cases an operation has of each result. */
  counts(operation: string): Promise<Readonly<Record<BulkResult, number>>>;
}
