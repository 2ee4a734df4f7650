import type { StoredCase, Task } from './step.ts';

/** One page of a list: its rows, and the cursor of the next page while there is one. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly next?: string;
}

/** A task with what a list shows of its case. */
export interface TaskRow extends Task {
  readonly reference: string;
  readonly workflow: string;
  readonly caseTitle: string;
}

export interface CaseRow extends Omit<StoredCase, 'snapshot'> {
  /** When the first of its unfinished staff tasks is due. */
  readonly due?: number;
}

export type TaskFilter =
  /** Claimed by one of these people, or assigned to them. */
  | { readonly kind: 'mine'; readonly people: readonly string[] }
  /** Open, unclaimed, for one of these roles. */
  | { readonly kind: 'team'; readonly roles: readonly string[] }
  | { readonly kind: 'done'; readonly person: string }
  /** Of `mine` and `team`: what was due before an instant. */
  | {
      readonly kind: 'overdue';
      readonly people: readonly string[];
      readonly roles: readonly string[];
      /** Epoch milliseconds. */
      readonly before: number;
    }
  /** All unfinished work for these roles, whoever has it; `all` has also what is for one person. */
  | { readonly kind: 'managed'; readonly roles: readonly string[] | 'all' };

export interface CaseFilter {
  readonly workflow?: string;
  /** Of `workflow`. */
  readonly version?: number;
  readonly status?: StoredCase['status'];
  /** Matches references that begin with it. */
  readonly reference?: string;
  readonly teams?: readonly string[];
  /** Those that have an unfinished staff task that was due before (epoch milliseconds). */
  readonly lateAt?: number;
  /** With those that lie in the archive, or those alone. (Default: without) */
  readonly archive?: 'with' | 'only';
}

/** Unfinished cases that are in the same states of the same version. */
export interface RunningCases {
  readonly version: number;
  /** Ids of the innermost states. */
  readonly states: readonly string[];
  readonly count: number;
}

/** Puts counted cases in the order of their versions, then states. */
export function inOrderOfStates(running: readonly RunningCases[]): readonly RunningCases[] {
  const textOf = ({ states }: RunningCases): string => states.join();
  return [...running].sort((a, b) => a.version - b.version || (textOf(a) < textOf(b) ? -1 : 1));
}

/** What people look at: read models with keyset pages, newest or most urgent first. */
export interface Worklist {
  /**
   * Staff tasks (never asks): by due time, then age; done ones newest first.
   *
   * @throws `TrellisError` with code `bad-cursor` where `after` is no cursor of such a list.
   */
  tasks(filter: TaskFilter, after: string | undefined, limit: number): Promise<Page<TaskRow>>;
  task(id: string): Promise<Task | undefined>;
  /** How many unfinished tasks each of these people has; nothing for those who have none. */
  loads(people: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** All tasks and asks of a case, oldest first. */
  tasksOfCase(caseId: string): Promise<readonly Task[]>;
  /**
   * Cases, newest first; those that are late (`lateAt`) the longest overdue first; those with a
   * `reference` in its order, so that the one that is called just so comes first.
   */
  cases(filter: CaseFilter, after: string | undefined, limit: number): Promise<Page<CaseRow>>;
  /** The unfinished cases of a workflow, counted by version and states, in their order. */
  running(workflow: string): Promise<readonly RunningCases[]>;
}
