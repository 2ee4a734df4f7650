import type { Knex } from 'knex';
import type { RunningCases, TaskFilter, TaskRow, Worklist } from '../../ports/worklist.ts';
import { inOrderOfStates } from '../../ports/worklist.ts';
import { createCaseList } from './case-list.ts';
import type { Database } from './database.ts';
import { createLookup } from './lookup.ts';
import { readBranches } from './keyset.ts';
import type { Keyset } from './keyset.ts';
import { fromJson } from './json.ts';
import { readTasksOfCase } from './of-case.ts';
import { SEVERAL, UNFINISHED, storedTask } from './tables/tasks.ts';
import type { TaskColumns } from './tables/tasks.ts';

interface TaskRowColumns extends TaskColumns {
  readonly reference: string;
  readonly workflow: string;
  readonly case_title: string;
}

interface RunningColumns {
  readonly workflow_version: number | string;
  readonly states: string;
  readonly count: number | string;
}

const MOST_URGENT: Keyset<TaskRowColumns> = {
  columns: ['tasks.due', 'tasks.created_at', 'tasks.id'],
  newestFirst: false,
  shape: [0, 0, ''],
  placeOf: (row) => [row.due, row.created_at, row.id],
};

const LAST_DONE: Keyset<TaskRowColumns> = {
  columns: ['tasks.completed_at', 'tasks.id'],
  newestFirst: true,
  shape: [0, ''],
  placeOf: (row) => [row.completed_at ?? 0, row.id],
};

export function createWorklist(database: Database): Worklist {
  const { read } = database;
  const tasksById = createLookup(database, {
    table: 'tasks',
    key: { id: 'text' },
    where: 'tasks.id = v.id',
    read: storedTask,
  });
  return {
    tasks: async (filter, after, limit) => {
      const tasks = (): Knex.QueryBuilder =>
        read('tasks')
          .join('cases', 'cases.id', 'tasks.case_id')
          .select('tasks.*', 'cases.reference', 'cases.workflow', 'cases.title as case_title')
          .whereRaw(`tasks.kind = 'task'`);
      const keyset = filter.kind === 'done' ? LAST_DONE : MOST_URGENT;
      return readBranches(read, branchesOf(filter, tasks), keyset, after, limit, taskRow);
    },
    loads: async (people) => {
      const rows = await read<{ assignee: string; kind: string }>('tasks')
        .whereRaw(`kind = 'task'`)
        .whereRaw(UNFINISHED)
        .whereIn('assignee', people)
        .groupBy('assignee')
        .select('assignee')
        .count({ tasks: '*' });
      return new Map(rows.map(({ assignee, tasks }) => [assignee, Number(tasks)]));
    },
    task: async (id) => (await tasksById({ id }))[0],
    tasksOfCase: readTasksOfCase(read, 'tasks'),
    cases: createCaseList(database),
    running: async (workflow) => {
      const rows: unknown = await read('cases')
        .where({ workflow })
        .whereRaw(`status <> 'finished'`)
        .groupBy('workflow_version', 'states')
        .select('workflow_version', 'states')
        .count({ count: '*' });
      const counts = (rows as RunningColumns[]).map((row): RunningCases => ({
        version: Number(row.workflow_version),
        states: fromJson(row.states) as RunningCases['states'],
        count: Number(row.count),
      }));
      return inOrderOfStates(counts);
    },
  };
}

/**
 * The stretches of indexes that a filter is made of, each in the order of the list. Statuses are
 * written out as in the partial indexes: for a parameter SQLite could not use them.
 */
function branchesOf(
  filter: TaskFilter,
  tasks: () => Knex.QueryBuilder,
): readonly Knex.QueryBuilder[] {
  const unfinished = (): Knex.QueryBuilder => tasks().whereRaw(UNFINISHED);
  const waiting = (): Knex.QueryBuilder =>
    tasks().whereRaw(`tasks.status = 'open'`).whereNull('tasks.assignee');
  const mine = (people: readonly string[]): Knex.QueryBuilder[] =>
    people.map((person) => unfinished().where('tasks.assignee', person));
  switch (filter.kind) {
    case 'mine':
      return mine(filter.people);
    case 'team':
      return forRoles(filter.roles, waiting);
    case 'overdue':
      return [...mine(filter.people), ...forRoles(filter.roles, waiting)].map((branch) =>
        branch.where('tasks.due', '<', filter.before),
      );
    case 'managed':
      return filter.roles === 'all' ? [unfinished()] : forRoles(filter.roles, unfinished);
    case 'done':
      return [tasks().whereRaw(`tasks.status = 'done'`).where('tasks.completed_by', filter.person)];
  }
}

/** Those for several roles are few, and looked through; `like` would take signs in a name for its own. */
function forRoles(
  given: readonly string[],
  tasks: () => Knex.QueryBuilder,
): readonly Knex.QueryBuilder[] {
  const roles = given.filter((role) => role !== SEVERAL);
  if (roles.length === 0) return [];
  const several = tasks().where('tasks.role', SEVERAL);
  several.where((one) => {
    for (const role of roles) {
      one.orWhereRaw(`replace(tasks.roles, ?, '') <> tasks.roles`, [JSON.stringify(role)]);
    }
  });
  return [...roles.map((role) => tasks().where('tasks.role', role)), several];
}

function taskRow(row: TaskRowColumns): TaskRow {
  return {
    ...storedTask(row),
    reference: row.reference,
    workflow: row.workflow,
    caseTitle: row.case_title,
  };
}
