import type { Task, TaskChange } from '../../../ports/step.ts';
import { insertInto } from '../batch.ts';
import type { Batch } from '../batch.ts';
import { present } from '../columns.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

/** The due time of a task that has none: last in every list, without nulls in a keyset. */
export const NEVER = Number.MAX_SAFE_INTEGER;

const TASK = {
  id: 'text',
  case_id: 'text',
  state: 'text',
  visit: 'bigint',
  kind: 'text',
  title: 'text',
  form: 'text',
  role: 'text',
  assignee: 'text?',
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
  assigns: 'bigint',
  assignee: 'text?',
  completed_by: 'text?',
  completed_at: 'bigint?',
} as const satisfies Columns;

export type TaskColumns = RowOf<typeof TASK>;

export const addTasks = insertInto('tasks', TASK, 'id');

export const changeTasks: Batch<typeof CHANGE> = {
  name: 'change_tasks',
  columns: CHANGE,
  text: `update tasks set status = coalesce(v.status, tasks.status),
    role = coalesce(v.role, tasks.role),
    assignee = case when v.assigns = 1 then v.assignee else tasks.assignee end,
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
    kind: task.kind,
    title: task.title,
    form: task.form,
    role: task.role,
    assignee: task.assignee ?? null,
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
  for (const change of changes) merged.set(change.id, { ...merged.get(change.id), ...change });
  return [...merged.values()].map((change) => ({
    id: change.id,
    status: change.status ?? null,
    role: change.role ?? null,
    assigns: change.assignee === undefined ? 0 : 1,
    assignee: change.assignee ?? null,
    completed_by: change.completedBy ?? null,
    completed_at: change.completedAt ?? null,
  }));
}

export function storedTask(row: TaskColumns): Task {
  return {
    id: row.id,
    caseId: row.case_id,
    state: row.state,
    visit: row.visit,
    kind: row.kind as Task['kind'],
    title: row.title,
    form: row.form,
    role: row.role,
    ...present('assignee', row.assignee),
    notBy: fromJson(row.not_by) as Task['notBy'],
    status: row.status as Task['status'],
    ...(row.due === NEVER ? {} : { due: row.due }),
    createdAt: row.created_at,
    ...present('completedBy', row.completed_by),
    ...present('completedAt', row.completed_at),
  };
}
