import type { StoredCase, Task } from '../../ports/step.ts';
import type {
  CaseFilter,
  CaseRow,
  RunningCases,
  TaskFilter,
  TaskRow,
  Worklist,
} from '../../ports/worklist.ts';
import { inOrderOfStates } from '../../ports/worklist.ts';
import { answer } from './answer.ts';
import type { Order } from './keyset.ts';
import { page } from './keyset.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createWorklist(tables: Tables): Worklist {
  return {
    tasks: (filter, after, limit) =>
      answer(() => {
        const rows = [...tables.tasks.values()]
          .filter((task) => task.kind === 'task' && matchesTask(task, filter))
          .flatMap((task) => taskRow(task, tables.cases.get(task.caseId)));
        return page(rows, filter.kind === 'done' ? LAST_DONE : MOST_URGENT, after, limit);
      }),
    loads: (people) => {
      const loads = new Map<string, number>();
      for (const task of tables.tasks.values()) {
        const { assignee } = task;
        if (assignee === undefined || !isUnfinished(task) || !isTheirs(task, people)) continue;
        loads.set(assignee, (loads.get(assignee) ?? 0) + 1);
      }
      return Promise.resolve(loads);
    },
    task: (id) => Promise.resolve(tables.tasks.get(id)),
    tasksOfCase: (caseId) =>
      Promise.resolve(
        [...tables.tasks.values()]
          .filter((task) => task.caseId === caseId)
          .sort((a, b) => a.createdAt - b.createdAt || byText(a.id, b.id)),
      ),
    cases: (filter, after, limit) =>
      answer(() => {
        const dues = duesOf(tables.tasks.values());
        const rows = casesIn(tables, filter)
          .filter((one) => matchesCase(one, filter))
          .map((one) => caseRow(one, dues.get(one.id)))
          .filter(({ due }) => filter.lateAt === undefined || (due ?? Infinity) < filter.lateAt);
        return page(rows, orderOf(filter), after, limit);
      }),
    running: (workflow) => answer(() => runningIn(tables, workflow)),
  };
}

function runningIn({ cases }: Tables, workflow: string): readonly RunningCases[] {
  const counts = new Map<string, RunningCases>();
  for (const one of cases.values()) {
    if (one.workflow !== workflow || one.status === 'finished') continue;
    const { workflowVersion: version, states } = one;
    const key = JSON.stringify([version, states]);
    counts.set(key, { version, states, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return inOrderOfStates([...counts.values()]);
}

/** A case of which there is a copy in the archive, but that is not removed yet, counts as live. */
function casesIn({ cases, archive }: Tables, filter: CaseFilter): readonly StoredCase[] {
  const archived = [...archive.values()].map(({ stored }) => stored);
  const live = filter.archive === 'only' ? [] : [...cases.values()];
  return filter.archive === undefined
    ? live
    : [...live, ...archived.filter(({ id }) => !cases.has(id))];
}

function orderOf({ lateAt, reference = '' }: CaseFilter): Order<CaseRow> {
  if (lateAt !== undefined) return LATEST;
  return reference === '' ? NEWEST : BY_REFERENCE;
}

function matchesTask(task: Task, filter: TaskFilter): boolean {
  switch (filter.kind) {
    case 'mine':
      return isUnfinished(task) && isTheirs(task, filter.people);
    case 'team':
      return isForTeam(task, filter.roles);
    case 'overdue':
      return isLate(task, filter.before) && isTheirsOrForTeam(task, filter);
    case 'managed':
      return isUnfinished(task) && (filter.roles === 'all' || isFor(task, filter.roles));
    case 'done':
      return task.status === 'done' && task.completedBy === filter.person;
  }
}

function isTheirs({ assignee }: Task, people: readonly string[]): boolean {
  return assignee !== undefined && people.includes(assignee);
}

function isLate(task: Task, before: number): boolean {
  return isUnfinished(task) && (task.due ?? Infinity) < before;
}

function isTheirsOrForTeam(
  task: Task,
  { people, roles }: { readonly people: readonly string[]; readonly roles: readonly string[] },
): boolean {
  return isTheirs(task, people) || isForTeam(task, roles);
}

function isForTeam(task: Task, roles: readonly string[]): boolean {
  return task.status === 'open' && task.assignee === undefined && isFor(task, roles);
}

function isFor(task: Task, roles: readonly string[]): boolean {
  return task.roles.some((role) => roles.includes(role));
}

function isUnfinished(task: Task): boolean {
  return task.status === 'open' || task.status === 'claimed';
}

function matchesCase(one: StoredCase, filter: CaseFilter): boolean {
  return (
    (filter.workflow ?? one.workflow) === one.workflow &&
    (filter.version ?? one.workflowVersion) === one.workflowVersion &&
    (filter.status ?? one.status) === one.status &&
    one.reference.startsWith(filter.reference ?? '') &&
    (filter.teams ?? [one.team]).includes(one.team)
  );
}

function taskRow(task: Task, its: StoredCase | undefined): readonly TaskRow[] {
  if (its === undefined) return [];
  return [{ ...task, reference: its.reference, workflow: its.workflow, caseTitle: its.title }];
}

/** When the first task of each case is due, where one is. */
function duesOf(tasks: Iterable<Task>): ReadonlyMap<string, number> {
  const dues = new Map<string, number>();
  for (const task of tasks) {
    const { caseId, due } = task;
    if (task.kind !== 'task' || due === undefined || !isUnfinished(task)) continue;
    dues.set(caseId, Math.min(due, dues.get(caseId) ?? Infinity));
  }
  return dues;
}

function caseRow(stored: StoredCase, due: number | undefined): CaseRow {
  const row: CaseRow & { snapshot?: string } = {
    ...stored,
    ...(due === undefined ? {} : { due }),
  };
  delete row.snapshot;
  return row;
}

// Places sort upwards; a minus turns a time that sorts newest first.
const MOST_URGENT: Order<Task> = {
  shape: [0, 0, ''],
  placeOf: (task) => [task.due ?? Number.MAX_SAFE_INTEGER, task.createdAt, task.id],
};
const LAST_DONE: Order<Task> = {
  shape: [0, ''],
  placeOf: (task) => [-(task.completedAt ?? 0), task.id],
};
const NEWEST: Order<CaseRow> = {
  shape: [0, ''],
  placeOf: (row) => [-row.createdAt, row.id],
};
const BY_REFERENCE: Order<CaseRow> = {
  shape: ['', ''],
  placeOf: (row) => [row.reference, row.id],
};
const LATEST: Order<CaseRow> = {
  shape: [0, ''],
  placeOf: (row) => [row.due ?? 0, row.id],
};
