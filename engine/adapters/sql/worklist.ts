import type { Knex } from 'knex';
import type { CaseFilter, CaseRow, TaskFilter, TaskRow, Worklist } from '../../ports/worklist.ts';
import type { Database } from './database.ts';
import { createLookup } from './lookup.ts';
import { readPage } from './keyset.ts';
import type { Keyset } from './keyset.ts';
import { NEVER } from './never.ts';
import { LISTED_COLUMNS, listedCase } from './tables/cases.ts';
import type { CaseColumns } from './tables/cases.ts';
import { SEVERAL, storedTask } from './tables/tasks.ts';
import type { TaskColumns } from './tables/tasks.ts';

interface TaskRowColumns extends TaskColumns {
  readonly reference: string;
  readonly workflow: string;
  readonly case_title: string;
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

interface CaseRowColumns extends CaseColumns {
  /** Of the first unfinished staff task; null where the case has none. */
  readonly due: number | string | null;
}

const LATEST: Keyset<CaseRowColumns> = {
  columns: ['late.due', 'cases.id'],
  newestFirst: false,
  shape: [0, ''],
  placeOf: (row) => [Number(row.due), row.id],
};

const NEWEST: Keyset<CaseRowColumns> = {
  columns: ['created_at', 'id'],
  newestFirst: true,
  shape: [0, ''],
  placeOf: (row) => [row.created_at, row.id],
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
      const query = read<TaskRowColumns>('tasks')
        .join('cases', 'cases.id', 'tasks.case_id')
        .select('tasks.*', 'cases.reference', 'cases.workflow', 'cases.title as case_title')
        .whereRaw(`tasks.kind = 'task'`)
        .where((tasks) => {
          filterTasks(tasks, filter);
        });
      const keyset = filter.kind === 'done' ? LAST_DONE : MOST_URGENT;
      return readPage(query, keyset, after, limit, taskRow);
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
    tasksOfCase: async (caseId) => {
      const rows = await read<TaskColumns>('tasks')
        .where({ case_id: caseId })
        .orderBy(['created_at', 'id']);
      return rows.map(storedTask);
    },
    cases: async (filter, after, limit) => {
      const { lateAt } = filter;
      const query = lateAt === undefined ? casesOf(database) : lateCases(database, lateAt);
      filterCases(query, filter);
      return readPage(query, lateAt === undefined ? NEWEST : LATEST, after, limit, caseRow);
    },
  };
}

// Written out as in the partial indexes: for a parameter SQLite could not use them.
function filterTasks(tasks: Knex.QueryBuilder, filter: TaskFilter): void {
  switch (filter.kind) {
    case 'mine':
      tasks.whereRaw(UNFINISHED).whereIn('tasks.assignee', filter.people);
      return;
    case 'team':
      forTeam(tasks, filter.roles);
      return;
    case 'overdue':
      tasks.whereRaw(UNFINISHED).where('tasks.due', '<', filter.before);
      tasks.where((either) => {
        either.whereIn('tasks.assignee', filter.people);
        either.orWhere((team) => {
          forTeam(team, filter.roles);
        });
      });
      return;
    case 'managed':
      tasks.whereRaw(UNFINISHED);
      if (filter.roles !== 'all') forRoles(tasks, filter.roles);
      return;
    case 'done':
      tasks.whereRaw(`tasks.status = 'done'`).where('tasks.completed_by', filter.person);
  }
}

const UNFINISHED = `tasks.status in ('open', 'claimed')`;

function forTeam(tasks: Knex.QueryBuilder, roles: readonly string[]): void {
  tasks.whereRaw(`tasks.status = 'open'`).whereNull('tasks.assignee');
  forRoles(tasks, roles);
}

/** Those for several roles are few, and looked through; `like` would take signs in a name for its own. */
function forRoles(tasks: Knex.QueryBuilder, given: readonly string[]): void {
  const roles = given.filter((role) => role !== SEVERAL);
  tasks.where((any) => {
    any.whereIn('tasks.role', roles);
    if (roles.length === 0) return;
    any.orWhere((several) => {
      several.where('tasks.role', SEVERAL).where((one) => {
        for (const role of roles) {
          one.orWhereRaw(`replace(tasks.roles, ?, '') <> tasks.roles`, [JSON.stringify(role)]);
        }
      });
    });
  });
}

const LISTED = LISTED_COLUMNS.map((name) => `cases.${name}`);

function casesOf({ read }: Database): Knex.QueryBuilder {
  const due = `(select min(tasks.due) from tasks where tasks.case_id = cases.id
    and tasks.kind = 'task' and ${UNFINISHED}) as due`;
  return read('cases').select(LISTED).select(read.raw(due));
}

/** Few tasks are late, so they are read first, and their cases after them. */
function lateCases({ read }: Database, before: number): Knex.QueryBuilder {
  const late = read('tasks')
    .whereRaw(`tasks.kind = 'task'`)
    .whereRaw(UNFINISHED)
    .where('tasks.due', '<', before)
    .groupBy('tasks.case_id')
    .select('tasks.case_id')
    .min({ due: 'tasks.due' })
    .as('late');
  return read(late).join('cases', 'cases.id', 'late.case_id').select(LISTED).select('late.due');
}

function filterCases(cases: Knex.QueryBuilder, filter: CaseFilter): void {
  const { workflow, version, status, reference, teams } = filter;
  if (workflow !== undefined) cases.where({ workflow });
  if (version !== undefined) cases.where({ workflow_version: version });
  if (status !== undefined) cases.where({ status });
  if (teams !== undefined) cases.whereIn('team', teams);
  if (reference !== undefined && reference !== '') {
    // The first condition is for the index; `like` would have to escape, and differs in case.
    cases
      .where('reference', '>=', reference)
      .whereRaw('substr(reference, 1, length(?)) = ?', [reference, reference]);
  }
}

function caseRow(row: CaseRowColumns): CaseRow {
  const due = row.due === null ? NEVER : Number(row.due);
  return { ...listedCase(row), ...(due === NEVER ? {} : { due }) };
}

function taskRow(row: TaskRowColumns): TaskRow {
  return {
    ...storedTask(row),
    reference: row.reference,
    workflow: row.workflow,
    caseTitle: row.case_title,
  };
}
