import type { CaseVersion } from '../../../ports/archive.ts';
import type { Batch } from '../batch.ts';
import type { Columns, RowOf } from '../columns.ts';
import { CASE } from './cases.ts';
import { EVENT } from './events.ts';
import { LINK } from './links.ts';
import { TASK } from './tasks.ts';

const VERSION = { id: 'text', version: 'bigint' } as const satisfies Columns;
const ID = { id: 'text' } as const satisfies Columns;
const MOVED = { id: 'text', at: 'bigint' } as const satisfies Columns;

/** Of finished cases with which nothing is to be done any more; what may still come is a job. */
export const AT_REST = `cases.status = 'finished'
  and not exists (select 1 from jobs where jobs.case_id = cases.id)
  and not exists (select 1 from incidents where incidents.case_id = cases.id)`;

/** What of a case lies in which table, each with the column that names the case; the case comes first. */
const TABLES = [
  { name: 'cases', columns: CASE, caseId: 'id' },
  { name: 'events', columns: EVENT, caseId: 'case_id' },
  { name: 'tasks', columns: TASK, caseId: 'case_id' },
  { name: 'links', columns: LINK, caseId: 'case_id' },
] as const;

/** Cases at rest that have no copy of their version yet. */
export function copyable(locked: string): Batch<typeof VERSION> {
  return {
    name: 'find_copyable',
    columns: VERSION,
    text: `select cases.id from v cross join cases
      where cases.id = v.id and cases.version = v.version and ${AT_REST}
      and not exists (select 1 from archived_cases as copied
        where copied.id = v.id and copied.version = v.version) ${locked}`,
  };
}

/** Cases at rest that have a copy of their version. */
export function removable(locked: string): Batch<typeof VERSION> {
  return {
    name: 'find_removable',
    columns: VERSION,
    text: `select cases.id from v cross join cases
      where cases.id = v.id and cases.version = v.version and ${AT_REST}
      and exists (select 1 from archived_cases as copied
        where copied.id = v.id and copied.version = v.version) ${locked}`,
  };
}

/** Removes earlier copies; what refers to a case goes before it. */
export const dropCopies: readonly Batch<typeof ID>[] = [...TABLES]
  .reverse()
  .map(({ name, caseId }) => drop(`archived_${name}`, caseId));

/** Copies what there is of cases, table by table. */
export const copyTables: readonly Batch<typeof MOVED>[] = TABLES.map(copyTable);

/** Keeps the heads of cases for the next checkpoint, which finds no entry of them any more. */
export const keepHeads: Batch<typeof ID> = {
  name: 'keep_archived_heads',
  columns: ID,
  text: `insert into archived_heads (case_id, seq, hash)
    select cases.id, cases.version, cases.head from v cross join cases where cases.id = v.id
    on conflict do nothing`,
};

/** Removes cases that were copied. Nothing is subscribed that could still come. */
export const dropLive: readonly Batch<typeof ID>[] = [
  drop('subscriptions', 'case_id'),
  ...[...TABLES].reverse().map(({ name, caseId }) => drop(name, caseId)),
];

function drop(table: string, caseId: string): Batch<typeof ID> {
  return {
    name: `drop_${table}`,
    columns: ID,
    text: `delete from ${table} where ${caseId} in (select id from v)`,
  };
}

function copyTable({ name, columns, caseId }: (typeof TABLES)[number]): Batch<typeof MOVED> {
  const names = Object.keys(columns);
  const given = names.map((column) => `${name}.${column}`);
  const isCase = name === 'cases';
  return {
    name: `archive_${name}`,
    columns: MOVED,
    text: `insert into archived_${name} (${[...names, ...(isCase ? ['archived_at'] : [])].join(', ')})
      select ${[...given, ...(isCase ? ['v.at'] : [])].join(', ')}
      from v cross join ${name} where ${name}.${caseId} = v.id`,
  };
}

export function versionColumns({ id, version }: CaseVersion): RowOf<typeof VERSION> {
  return { id, version };
}
