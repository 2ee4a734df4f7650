import type { StoredCase } from '../../../ports/step.ts';
import type { CaseRow } from '../../../ports/worklist.ts';
import type { Batch } from '../batch.ts';
import { present } from '../columns.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

export const CASE = {
  id: 'text',
  workflow: 'text',
  workflow_version: 'bigint',
  release: 'text',
  reference: 'text',
  title: 'text',
  team: 'text',
  starter: 'text',
  status: 'text',
  outcome: 'text?',
  states: 'text',
  parent: 'text?',
  snapshot: 'text',
  version: 'bigint',
  head: 'text',
  created_at: 'bigint',
  updated_at: 'bigint',
} as const satisfies Columns;

type Parent = NonNullable<CaseRow['parent']>;
export type CaseColumns = RowOf<typeof CASE> & {
  /** Of one in the archive. */
  readonly archived_at?: number | null;
};

/** All columns but the snapshot, which lists do without. */
export const LISTED_COLUMNS = Object.keys(CASE).filter((name) => name !== 'snapshot');

/** What a step may change; the rest of a case is as it began. */
const CHANGE = {
  id: 'text',
  workflow_version: 'bigint',
  release: 'text',
  title: 'text',
  status: 'text',
  outcome: 'text?',
  states: 'text',
  snapshot: 'text',
  version: 'bigint',
  head: 'text',
  updated_at: 'bigint',
} as const satisfies Columns;

const CASE_NAMES = Object.keys(CASE).join(', ');

/** Adds cases whose id neither a live case has nor one in the archive. */
export const addCases: Batch<typeof CASE> = {
  name: 'add_cases',
  columns: CASE,
  text: `insert into cases (${CASE_NAMES}) select ${CASE_NAMES} from v where id is not null
    and not exists (select 1 from archived_cases where archived_cases.id = v.id)
    on conflict do nothing`,
};

/** Changes cases that are still at the version before. */
export const changeCases: Batch<typeof CHANGE> = {
  name: 'change_cases',
  columns: CHANGE,
  text: `update cases set workflow_version = v.workflow_version, release = v.release,
    title = v.title, status = v.status, outcome = v.outcome, states = v.states,
    snapshot = v.snapshot, version = v.version, head = v.head, updated_at = v.updated_at
    from v where cases.id = v.id and cases.version = v.version - 1`,
};

export function caseColumns(one: StoredCase): RowOf<typeof CASE> {
  return {
    ...changedCaseColumns(one),
    workflow: one.workflow,
    reference: one.reference,
    team: one.team,
    starter: toJson(one.starter),
    parent: one.parent ? toJson(one.parent) : null,
    created_at: one.createdAt,
  };
}

export function changedCaseColumns(one: StoredCase): RowOf<typeof CHANGE> {
  return {
    id: one.id,
    workflow_version: one.workflowVersion,
    release: one.release,
    title: one.title,
    status: one.status,
    outcome: one.outcome ?? null,
    states: toJson(one.states),
    snapshot: one.snapshot,
    version: one.version,
    head: one.head,
    updated_at: one.updatedAt,
  };
}

export function storedCase(row: CaseColumns): StoredCase {
  return { ...listedCase(row), snapshot: row.snapshot };
}

export function listedCase(row: Omit<CaseColumns, 'snapshot'>): CaseRow {
  return {
    id: row.id,
    workflow: row.workflow,
    workflowVersion: row.workflow_version,
    release: row.release,
    reference: row.reference,
    title: row.title,
    team: row.team,
    starter: fromJson(row.starter) as CaseRow['starter'],
    status: row.status as CaseRow['status'],
    ...present('outcome', row.outcome),
    states: fromJson(row.states) as CaseRow['states'],
    ...(row.parent === null ? {} : { parent: fromJson(row.parent) as Parent }),
    version: row.version,
    head: row.head,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...present('archivedAt', row.archived_at ?? null),
  };
}
