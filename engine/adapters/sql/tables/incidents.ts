import type { Incident } from '../../../ports/step.ts';
import { insertInto } from '../batch.ts';
import type { Batch } from '../batch.ts';
import { present } from '../columns.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';
import { ofVisits } from './jobs.ts';

const INCIDENT = {
  id: 'text',
  case_id: 'text',
  state: 'text?',
  visit: 'bigint?',
  item: 'bigint?',
  job: 'text',
  cause: 'text',
  code: 'text',
  message: 'text',
  opened_at: 'bigint',
} as const satisfies Columns;

const ID = { id: 'text' } as const satisfies Columns;
const VISIT = {
  case_id: 'text',
  state: 'text',
  visit: 'bigint',
  item: 'bigint?',
} as const satisfies Columns;

export type IncidentColumns = RowOf<typeof INCIDENT>;

export const addIncidents = insertInto('incidents', INCIDENT, 'id');

export const resolveIncidents: Batch<typeof ID> = {
  name: 'resolve_incidents',
  columns: ID,
  text: 'delete from incidents where id in (select id from v)',
};

/** Resolves the incidents of visits that were called off. */
export const stopIncidents: Batch<typeof VISIT> = {
  name: 'stop_incidents',
  columns: VISIT,
  text: `delete from incidents where id in (${ofVisits('incidents')})`,
};

export function incidentColumns(incident: Incident): IncidentColumns {
  return {
    id: incident.id,
    case_id: incident.caseId,
    state: incident.state ?? null,
    visit: incident.visit ?? null,
    item: incident.item ?? null,
    job: toJson(incident.job),
    cause: incident.cause,
    code: incident.code,
    message: incident.message,
    opened_at: incident.openedAt,
  };
}

export function storedIncident(row: IncidentColumns): Incident {
  return {
    id: row.id,
    caseId: row.case_id,
    ...present('state', row.state),
    ...present('visit', row.visit),
    ...present('item', row.item),
    job: fromJson(row.job) as Incident['job'],
    cause: row.cause,
    code: row.code,
    message: row.message,
    openedAt: row.opened_at,
  };
}
