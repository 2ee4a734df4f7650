import type { Knex } from 'knex';
import type { CaseStatus } from '../../kernel/case-state.ts';
import type { CaseFilter, CaseRow, Worklist } from '../../ports/worklist.ts';
import { createTeams } from './case-teams.ts';
import type { Database } from './database.ts';
import { readBranches } from './keyset.ts';
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

const STATUSES: Readonly<Record<Place, readonly CaseStatus[]>> = {
  cases: ['active', 'undoing', 'suspended', 'finished'],
  archived_cases: ['finished'],
};
const LISTED = LISTED_COLUMNS.map((name) => `cases.${name}`);

/** The tables in which cases lie. */
type Place = 'cases' | 'archived_cases';

/** Creates the list of cases. Each kind of filter has an index in the order of its list. */
export function createCaseList(database: Database): Worklist['cases'] {
  const { read } = database;
  const teamsIn = {
    cases: createTeams(database, 'cases'),
    archived_cases: createTeams(database, 'archived_cases'),
  };

  /** The newest of each team and status, of which the newest of all are among. */
  const byTeam = async (filter: CaseFilter, place: Place): Promise<Knex.QueryBuilder[]> => {
    const statuses = filter.status === undefined ? STATUSES[place] : [filter.status];
    const teams = filter.teams ?? (await teamsIn[place](filter.workflow));
    return teams.flatMap((team) =>
      statuses.map((status) => {
        const cases = casesOf(read, place).where({ team, status });
        return filterCases(cases, { ...filter, teams: undefined, status: undefined });
      }),
    );
  };

  return async (filter, after, limit) => {
    const { lateAt, reference = '', teams, status, workflow } = filter;
    const places = placesOf(filter);
    if (lateAt !== undefined) {
      const late = places.includes('cases') ? [lateCases(read, filter, lateAt)] : [];
      return readBranches(read, late, LATEST, after, limit, caseRow);
    }
    if (reference === '' && [teams, status, workflow].some((one) => one !== undefined)) {
      const branches = await Promise.all(places.map((place) => byTeam(filter, place)));
      return readBranches(read, branches.flat(), NEWEST, after, limit, caseRow);
    }
    const branches = places.map((place) => filterCases(casesOf(read, place), filter));
    const order = reference === '' ? NEWEST : BY_REFERENCE;
    return readBranches(read, branches, order, after, limit, caseRow);
  };
}

/** What is late, or stands otherwise than finished, lies nowhere but among the live cases. */
function placesOf({ archive, status, lateAt }: CaseFilter): readonly Place[] {
  const places: readonly Place[] = archive === 'only' ? [] : ['cases'];
  const isLive = lateAt !== undefined || (status !== undefined && status !== 'finished');
  return archive === undefined || isLive ? places : [...places, 'archived_cases'];
}

function casesOf(read: Knex, place: Place): Knex.QueryBuilder {
  if (place === 'archived_cases') return archivedCases(read);
  const due = `(select min(tasks.due) from tasks where tasks.case_id = cases.id
    and tasks.kind = 'task' and ${UNFINISHED}) as due`;
  return read('cases')
    .select(LISTED)
    .select(read.raw(due))
    .select(read.raw('cast(null as bigint) as archived_at'));
}

/** Those that were copied and not removed yet count as live. */
function archivedCases(read: Knex): Knex.QueryBuilder {
  return read({ cases: 'archived_cases' })
    .select(LISTED)
    .select(read.raw('cast(null as bigint) as due'), 'cases.archived_at')
    .whereRaw('not exists (select 1 from cases as live where live.id = cases.id)');
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
  if (status === 'suspended' || status === 'undoing') {
    // Written out as in the partial index of the few that there are, which has the list's order.
    cases.where('cases.status', status).whereRaw(`cases.status in ('suspended', 'undoing')`);
  } else if (status !== undefined) cases.whereRaw(`${column('status')} = ?`, [status]);
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
