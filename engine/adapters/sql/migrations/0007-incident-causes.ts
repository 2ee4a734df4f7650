import type { Migration } from '../migration.ts';

/** Incidents are grouped by their cause; those from before by their code. */
export const incidentCauses: Migration = {
  name: '0007-incident-causes',
  statements: (text) => [
    `alter table incidents add column cause ${text} not null default ''`,
    'update incidents set cause = code',
    'create index incidents_by_cause on incidents (cause, id)',
  ],
};
