import type { AuditEntry, Link, Step, StoredCase, Submission } from './step.ts';

/**
 * How one step of a batch ended.
 * - `saved`: durable.
 * - `stale`: another step of the case was saved before, or it lies in the archive (reload and try again).
 * - `fenced`: a finished job was already taken by another host, or removed; nothing was written.
 * - `duplicate`: a submission key is known; the stored answer of the first that is, is in `submission`.
 * - `taken`: a message to consume is unknown or already consumed, the id of a task, job, incident,
 *   link or received message to add already exists, or the case is not ready in the operation that the step is part of.
 *
 * Where several apply, the order is `duplicate`, `stale`, `fenced`, `taken`.
 */
export type CommitResult =
  | { readonly kind: 'saved' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'fenced' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'duplicate'; readonly submission: Submission };

/** Names one published version. */
export interface WorkflowVersion {
  readonly workflow: string;
  readonly version: number;
}

/** What is read of an unfinished case where many are looked through. */
export type RunningCase = Pick<StoredCase, 'id' | 'reference' | 'states' | 'snapshot'>;

/** The cases, their history, and everything that a step writes. */
export interface Cases {
  /** The case with an id, live or in the archive. */
  load(id: string): Promise<StoredCase | undefined>;

  /**
   * Saves each step whole or not at all, in one transaction, and answers after it is durable, in
   * the order given. A step that cannot be saved does not keep its neighbours from being saved.
   * The caller never passes two steps of one case. Rejects only where the database fails; which steps
   * were saved is then unknown until their cases are loaded again.
   */
  commit(steps: readonly Step[]): Promise<readonly CommitResult[]>;

  /** The history of a case, oldest first, after sequence number `after` (Default: 0). */
  history(caseId: string, after?: number, limit?: number): Promise<readonly AuditEntry[]>;

  submission(key: string): Promise<Submission | undefined>;

  link(hash: string): Promise<Link | undefined>;

  /**
   * The versions of workflows that cases run which are not finished, by name and number, and how many
   * of these there are.
   */
  versionsInUse(): Promise<readonly (WorkflowVersion & { readonly cases: number })[]>;

  /** Unfinished cases of a version, up to `limit`, in the order of their ids, after `after`. */
  running(
    version: WorkflowVersion,
    after: string | undefined,
    limit: number,
  ): Promise<readonly RunningCase[]>;

  /**
   * Takes the next number of a reference, unique for a workflow, not gapless; with `count`, that many
   * at once, of which it answers the first.
   */
  nextNumber(workflow: string, count?: number): Promise<number>;
}
