import type { Incidents } from '../../ports/jobs.ts';
import type { Database } from './database.ts';
import { storedIncident } from './tables/incidents.ts';
import type { IncidentColumns } from './tables/incidents.ts';

export function createIncidents({ read }: Database): Incidents {
  return {
    open: async (id) => {
      const row = await read<IncidentColumns>('incidents').where({ id }).first();
      return row && storedIncident(row);
    },
    list: async (after, limit) => {
      const rows = await read<IncidentColumns>('incidents')
        .where('id', '>', after ?? '')
        .orderBy('id')
        .limit(limit);
      return rows.map(storedIncident);
    },
    ofCase: async (caseId) => {
      const rows = await read<IncidentColumns>('incidents')
        .where({ case_id: caseId })
        .orderBy('id');
      return rows.map(storedIncident);
    },
  };
}
