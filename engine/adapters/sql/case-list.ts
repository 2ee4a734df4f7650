import type { Knex } from 'knex';
import type { CaseStatus } from '../../kernel/case-state.ts';
import type { CaseFilter, CaseRow, Page, Worklist } from '../../ports/worklist.ts';
import type { Database } from './database.ts';
import { readBranches, readPage } from './keyset.ts';
import type { Keyset } from './keyset.ts';
import { NEVER } from './never.ts';
import { LISTED_COLUMNS, listedCase } from './tables/cases.ts';
import type { CaseColumns } from './tables/cases.ts';
import { UNFINISHED } from './tables/tasks.ts';

interface CaseRowColumns extends CaseColumns {
  /** Of the first unfinished staff task; null where the case has none. */
  readonly due: number | string | null;
}

const NEWEST: Keyset<CaseRowColumns> = {
  columns: ['created_at', 'id'],
  newestFirst: true,
  shape: [0, ''],
  placeOf: (row) => [row.created_at, row.id],
};

const LATEST: Keyset<CaseRowColumns> = {
  columns: ['late.due', 'late.id'],
  newestFirst: false,
  shape: [0, ''],
  placeOf: (row) => [Number(row.due), row.id],
};

const BY_REFERENCE: Keyset<CaseRowColumns> = {
  columns: ['reference', 'id'],
  newestFirst: false,
  shape: ['', ''],
  placeOf: (row) => [row.reference, row.id],
};

const STATUSES: readonly CaseStatus[] = ['active', 'undoing', 'suspended', 'finished'];
const LISTED = LISTED_COLUMNS.map((name) => `cases.${name}`);

/** Creates the list of cases. Each kind of filter has an index in the order of its list. */
export function createCaseList(database: Database): Worklist['cases'] {
  const { read } = database;
  const allTeams = database.statement('teams_of_cases', teamsWhere('true'));
  const teamsOfWorkflow = database.statement('teams_of_workflow', teamsWhere('workflow = ?'));

  const teamsOf = async ({ teams, workflow }: CaseFilter): Promise<readonly string[]> => {
    if (teams !== undefined) return teams;
    const rows = await database.look((session) =>
      workflow === undefined
        ? session.all(allTeams)
        : session.all(teamsOfWorkflow, [workflow, workflow]),
    );
    return (rows as readonly { readonly team: string }[]).map(({ team }) => team);
  };

  /** The newest of each team and status, of which the newest of all are among. */
  const byTeam = async (
    filter: CaseFilter,
    after: string | undefined,
    limit: number,
  ): Promise<Page<CaseRow>> => {
    const statuses = filter.status === undefined ? STATUSES : [filter.status];
    const branches = (await teamsOf(filter)).flatMap((team) =>
      statuses.map((status) => {
        const cases = casesOf(read).where({ team, status });
        return filterCases(cases, { ...filter, teams: undefined, status: undefined });
      }),
    );
    return readBranches(read, branches, NEWEST, after, limit, caseRow);
  };

  return async (filter, after, limit) => {
    const { lateAt, reference, team, status, workflow } = { team: filter.teams, ...filter };
    if (lateAt !== undefined) {
      return readPage(lateCases(read, filter, lateAt), LATEST, after, limit, caseRow);
    }
    if (reference !== undefined && reference !== '') {
      return readPage(filterCases(casesOf(read), filter), BY_REFERENCE, after, limit, caseRow);
    }
    return team === undefined && status === undefined && workflow === undefined
      ? readPage(filterCases(casesOf(read), filter), NEWEST, after, limit, caseRow)
      : byTeam(filter, after, limit);
  };
}

/** The teams that have cases, each found by one look into an index. */
function teamsWhere(condition: string): string {
  return `with recursive found(team) as (
      select min(team) from cases where ${condition}
      union all select (select min(team) from cases where ${condition} and team > found.team)
        from found where found.team is not null)
    select team from found where team is not null`;
}

function casesOf(read: Knex): Knex.QueryBuilder {
  const due = `(select min(tasks.due) from tasks where tasks.case_id = cases.id
    and tasks.kind = 'task' and ${UNFINISHED}) as due`;
  return read('cases').select(LISTED).select(read.raw(due));
}

/** Late tasks in the order of their index; of those of one case the first. */
function lateCases(read: Knex, filter: CaseFilter, before: number): Knex.QueryBuilder {
  const late = read('tasks')
    // Crossed, so that SQLite does not begin with the cases.
    .crossJoin(read.raw('cases'))
    .whereRaw('cases.id = tasks.case_id')
    .whereRaw(`tasks.kind = 'task'`)
    .whereRaw(UNFINISHED)
    .where('tasks.due', '<', before)
    .whereRaw(
      `not exists (select 1 from tasks as earlier where earlier.case_id = tasks.case_id
        and earlier.kind = 'task' and earlier.status in ('open', 'claimed')
        and (earlier.due, earlier.id) < (tasks.due, tasks.id))`,
    )
    .select(LISTED)
    .select('tasks.due');
  return read(filterCases(late, filter).as('late')).select('*');
}

type Conditions = { readonly [K in keyof CaseFilter]: CaseFilter[K] | undefined };

function filterCases(cases: Knex.QueryBuilder, filter: Conditions): Knex.QueryBuilder {
  const { workflow, version, status, reference = '', teams } = filter;
  // As an expression, a column is for no index but the one that has the list's order: the beginning
  // of a reference is worth more, and without statistics SQLite would take what is equal.
  const column = (name: string): string =>
    reference === '' ? `cases.${name}` : `(cases.${name} || '')`;
  if (workflow !== undefined) cases.whereRaw(`${column('workflow')} = ?`, [workflow]);
  if (version !== undefined) cases.where({ workflow_version: version });
  if (status !== undefined) cases.whereRaw(`${column('status')} = ?`, [status]);
  // Written out as in the partial index.
  if (status !== undefined && status !== 'finished') cases.whereRaw(`cases.status <> 'finished'`);
  if (teams !== undefined) {
    const marks = teams.map(() => '?').join(', ');
    cases.whereRaw(teams.length === 0 ? 'false' : `${column('team')} in (${marks})`, [...teams]);
  }
  if (reference !== '') {
    // The first two are for the index; `like` would have to escape, and differs in case.
    cases
      .whereBetween('reference', [reference, `${reference}\u{10ffff}`])
      .whereRaw('substr(reference, 1, length(?)) = ?', [reference, reference]);
  }
  return cases;
}

function caseRow(row: CaseRowColumns): CaseRow {
  const due = row.due === null ? NEVER : Number(row.due);
  return { ...listedCase(row), ...(due === NEVER ? {} : { due }) };
}
