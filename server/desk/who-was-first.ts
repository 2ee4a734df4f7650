import type { Store, Task } from '../../engine/index.ts';

/** Who was faster with a task, or with its case. */
export interface First {
  readonly by: string;
  /** What they did: `completed it`. */
  readonly did: string;
  /** When, in epoch milliseconds, where it is known. */
  readonly at?: number;
}

/** The newest entries of a history that are searched. */
const NEWEST = 50;

type Sources = Pick<Store, 'accounts' | 'cases'>;

/** Says who has done or taken a task, or because of whom it is not to be done any more. */
export async function whoWasFirst(store: Sources, task: Task): Promise<First | undefined> {
  const { completedBy, completedAt, assignee, status, caseId } = task;
  if (status === 'called-off') return whoWasLast(store, caseId);
  const id = completedBy ?? assignee;
  const user = id === undefined ? undefined : await store.accounts.byId(id);
  if (user === undefined) return undefined;
  if (completedBy === undefined) return { by: user.name, did: 'has taken it' };
  return {
    by: user.name,
    did: 'completed it',
    ...(completedAt === undefined ? {} : { at: completedAt }),
  };
}

/** Says who was the last to do something with a case; nothing where nobody has. */
export async function whoWasLast(
  { cases }: Pick<Store, 'cases'>,
  caseId: string,
): Promise<First | undefined> {
  const version = (await cases.load(caseId))?.version ?? 0;
  const history = await cases.history(caseId, Math.max(0, version - NEWEST), NEWEST);
  const last = history.findLast(({ actor }) => actor.kind !== 'system');
  return last && { by: last.actor.name, did: 'took the case further', at: last.at };
}
