import type { Value } from '../../engine/adapters/sql/columns.ts';
import { caseColumns, changedCaseColumns } from '../../engine/adapters/sql/tables/cases.ts';
import { eventColumns } from '../../engine/adapters/sql/tables/events.ts';
import { jobColumns } from '../../engine/adapters/sql/tables/jobs.ts';
import { linkColumns } from '../../engine/adapters/sql/tables/links.ts';
import { subscriptionColumns, takenColumns } from '../../engine/adapters/sql/tables/messages.ts';
import { submissionColumns } from '../../engine/adapters/sql/tables/submissions.ts';
import { taskColumns } from '../../engine/adapters/sql/tables/tasks.ts';
import type { Step, Task } from '../../engine/ports/step.ts';
import { addedJobs, addedSubscriptions } from '../../engine/ports/stopped.ts';

export type Row = Readonly<Record<string, Value>>;

/** What steps write into one table, and the plainest statement that writes it from `v`. */
export interface Rows {
  readonly name: string;
  /** The statement, for rows of these columns. */
  readonly text: (columns: string) => string;
  readonly of: (step: Step) => readonly Row[];
}

/** The cases, as they are before the raw writer begins. */
export const RAW_CASES = added('cases', (step) => [caseColumns(step.case)]);

/** The open tasks, as they are before the raw writer begins. */
export const RAW_TASKS = added('tasks', (step) => step.tasks.open.map(taskColumns));

const SUBMISSIONS = added('submissions', ({ submissions }) => submissions.map(submissionColumns));
const CHANGED_CASES: Rows = {
  name: 'change_cases',
  text: () => `update cases set workflow_version = v.workflow_version, release = v.release,
      title = v.title, status = v.status, outcome = v.outcome, states = v.states,
      snapshot = v.snapshot, version = v.version, head = v.head, updated_at = v.updated_at
      from v where cases.id = v.id`,
  of: (step) => (step.case.version === 1 ? [] : [changedCaseColumns(step.case)]),
};
const EVENTS = added('events', (step) => [eventColumns(step.entry)]);

/** All that the steps of a case of calls and messages write. */
export const CASE_WRITES: readonly Rows[] = [
  SUBMISSIONS,
  added('cases', (step) => (step.case.version === 1 ? [caseColumns(step.case)] : [])),
  CHANGED_CASES,
  EVENTS,
  {
    name: 'finish_jobs',
    text: () => 'delete from jobs where id in (select id from v)',
    of: (step) => step.jobs.finish.map(({ id }) => ({ id })),
  },
  {
    name: 'stop_subscriptions',
    text: () => `delete from subscriptions where (case_id, state, visit) in
      (select case_id, state, visit from v)`,
    of: (step) =>
      [...step.jobs.stop, ...step.unsubscribe].map(({ state, visit }) => ({
        ...{ case_id: step.case.id, state, visit },
      })),
  },
  added('messages', ({ receive = [] }) => receive.map(takenColumns)),
  added('jobs', (step) => addedJobs(step).map(jobColumns)),
  added('links', (step) => step.links.map(linkColumns)),
  added('subscriptions', (step) => addedSubscriptions(step).map(subscriptionColumns)),
];

/** All that a completed task writes. */
export const RAW_WRITES: readonly Rows[] = [
  SUBMISSIONS,
  CHANGED_CASES,
  EVENTS,
  RAW_TASKS,
  {
    name: 'change_tasks',
    text: () => `update tasks set status = v.status, completed_by = v.completed_by,
      completed_at = v.completed_at from v where tasks.id = v.id`,
    of: (step) =>
      step.tasks.change.map(({ id, status, completedBy, completedAt }) => ({
        id,
        status: status ?? null,
        completed_by: completedBy ?? null,
        completed_at: completedAt ?? null,
      })),
  },
];

/** The same step as many rounds later: other keys, and as many bytes. */
export function laterStep(step: Step, rounds: number): Step {
  const version = step.case.version + rounds;
  return {
    ...step,
    case: { ...step.case, version },
    entry: { ...step.entry, seq: version },
    tasks: {
      open: step.tasks.open.map((task) => laterTask(task, rounds)),
      change: step.tasks.open.map((task) => ({
        ...step.tasks.change[0],
        id: laterTask(task, rounds - 1).id,
      })),
    },
    submissions: step.submissions.map((one) => ({ ...one, key: laterKey(one.key, rounds) })),
  };
}

function laterTask(task: Task, rounds: number): Task {
  const visit = task.visit + rounds;
  return { ...task, visit, id: `${task.caseId}/${task.state}/${visit}` };
}

/** Keys are time-ordered ids; later ones stay so. */
function laterKey(key: string, rounds: number): string {
  return `${String(rounds).padStart(9, '0')}${key.slice(9)}`;
}

function added(table: string, of: Rows['of']): Rows {
  return {
    name: `add_${table}`,
    text: (columns) => `insert into ${table} (${columns}) select ${columns} from v`,
    of,
  };
}
