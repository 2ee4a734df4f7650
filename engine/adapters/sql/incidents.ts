import type { IncidentCause, Incidents } from '../../ports/jobs.ts';
import type { Database } from './database.ts';
import { storedIncident } from './tables/incidents.ts';
import type { IncidentColumns } from './tables/incidents.ts';

export function createIncidents({ read }: Database): Incidents {
  return {
    open: async (id) => {
      const row = await read<IncidentColumns>('incidents').where({ id }).first();
      return row && storedIncident(row);
    },
    list: async (after, limit, cause) => {
      const query = read<IncidentColumns>('incidents').where('id', '>', after ?? '');
      if (cause !== undefined) query.where({ cause });
      const rows = await query.orderBy('id').limit(limit);
      return rows.map(storedIncident);
    },
    causes: async (after, limit) => {
      const rows = await read('incidents')
        .select('cause')
        .count({ count: '*' })
        .max({ code: 'code', message: 'message' })
        .min({ since: 'opened_at' })
        .where('cause', '>', after ?? '')
        .groupBy('cause')
        .orderBy('cause')
        .limit(limit);
      return rows as unknown as readonly IncidentCause[];
    },
    ofCase: async (caseId) => {
      const rows = await read<IncidentColumns>('incidents')
        .where({ case_id: caseId })
        .orderBy('id');
      return rows.map(storedIncident);
    },
  };
}
