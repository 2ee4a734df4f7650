import type { Task, TaskChange } from '../../../ports/step.ts';
import { insertInto } from '../batch.ts';
import type { Batch } from '../batch.ts';
import { present } from '../columns.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';
import { NEVER } from '../never.ts';

/** The role of a task that is not for exactly one: `roles` has the list. */
export const SEVERAL = '';

/** Of tasks that somebody has still to do, written as in the partial indexes. */
export const UNFINISHED = `tasks.status in ('open', 'claimed')`;

export const TASK = {
  id: 'text',
  case_id: 'text',
  state: 'text',
  visit: 'bigint',
  item: 'bigint?',
  kind: 'text',
  title: 'text',
  form: 'text',
  role: 'text',
  roles: 'text?',
  assignee: 'text?',
  delegated_by: 'text?',
  not_by: 'text',
  status: 'text',
  due: 'bigint',
  created_at: 'bigint',
  completed_by: 'text?',
  completed_at: 'bigint?',
} as const satisfies Columns;

/** Null leaves a column as it is; `assigns` is 1 where the assignee is set or taken away. */
const CHANGE = {
  id: 'text',
  status: 'text?',
  role: 'text?',
  roles: 'text?',
  assigns: 'bigint',
  assignee: 'text?',
  delegated_by: 'text?',
  completed_by: 'text?',
  completed_at: 'bigint?',
} as const satisfies Columns;

export type TaskColumns = RowOf<typeof TASK>;

export const addTasks = insertInto('tasks', TASK, 'id');

export const changeTasks: Batch<typeof CHANGE> = {
  name: 'change_tasks',
  columns: CHANGE,
  text: `update tasks set status = coalesce(v.status, tasks.status),
    role = coalesce(v.role, tasks.role), roles = coalesce(v.roles, tasks.roles),
    assignee = case when v.assigns = 1 then v.assignee else tasks.assignee end,
    delegated_by = case when v.assigns = 1 then v.delegated_by else tasks.delegated_by end,
    completed_by = coalesce(v.completed_by, tasks.completed_by),
    completed_at = coalesce(v.completed_at, tasks.completed_at)
    from v where tasks.id = v.id`,
};

export function taskColumns(task: Task): TaskColumns {
  return {
    id: task.id,
    case_id: task.caseId,
    state: task.state,
    visit: task.visit,
    item: task.item ?? null,
    kind: task.kind,
    title: task.title,
    form: task.form,
    ...roleColumns(task.roles),
    assignee: task.assignee ?? null,
    delegated_by: task.delegatedBy ?? null,
    not_by: toJson(task.notBy),
    status: task.status,
    due: task.due ?? NEVER,
    created_at: task.createdAt,
    completed_by: task.completedBy ?? null,
    completed_at: task.completedAt ?? null,
  };
}

/** One row a task: of several changes of one task, later ones win field by field. */
export function taskChangeRows(changes: readonly TaskChange[]): readonly RowOf<typeof CHANGE>[] {
  const merged = new Map<string, TaskChange>();
  for (const change of changes) merged.set(change.id, joined(merged.get(change.id), change));
  return [...merged.values()].map((change) => ({
    id: change.id,
    status: change.status ?? null,
    ...(change.roles === undefined ? { role: null, roles: null } : roleColumns(change.roles)),
    assigns: change.assignee === undefined ? 0 : 1,
    assignee: change.assignee ?? null,
    delegated_by: change.delegatedBy ?? null,
    completed_by: change.completedBy ?? null,
    completed_at: change.completedAt ?? null,
  }));
}

/** A single role stands alone, so that its index finds it. */
function roleColumns(roles: readonly string[]): { readonly role: string; readonly roles: string } {
  const [first = SEVERAL, ...more] = roles;
  return { role: more.length === 0 ? first : SEVERAL, roles: toJson(roles) };
}

/** Who handed a task on goes with the assignee, and with nothing else. */
function joined(before: TaskChange | undefined, change: TaskChange): TaskChange {
  const { delegatedBy, ...rest } = change;
  if (change.assignee === undefined) return { ...before, ...rest };
  const after: Mutable<TaskChange> = { ...before, ...rest };
  delete after.delegatedBy;
  if (change.assignee !== null && delegatedBy !== undefined) after.delegatedBy = delegatedBy;
  return after;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function storedTask(row: TaskColumns): Task {
  return {
    id: row.id,
    caseId: row.case_id,
    state: row.state,
    visit: row.visit,
    ...present('item', row.item),
    kind: row.kind as Task['kind'],
    title: row.title,
    form: row.form,
    roles: row.role === SEVERAL ? (fromJson(row.roles ?? '[]') as Task['roles']) : [row.role],
    ...present('assignee', row.assignee),
    ...present('delegatedBy', row.delegated_by),
    notBy: fromJson(row.not_by) as Task['notBy'],
    status: row.status as Task['status'],
    ...(row.due === NEVER ? {} : { due: row.due }),
    createdAt: row.created_at,
    ...present('completedBy', row.completed_by),
    ...present('completedAt', row.completed_at),
  };
}
