import type { Incidents } from '../../ports/jobs.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createIncidents(tables: Tables): Incidents {
  const sorted = () => [...tables.incidents.values()].sort((a, b) => byText(a.id, b.id));
  return {
    open: (id) => Promise.resolve(tables.incidents.get(id)),
    list: (after, limit) => {
      const rest = sorted().filter(({ id }) => after === undefined || id > after);
      return Promise.resolve(rest.slice(0, limit));
    },
    ofCase: (caseId) => Promise.resolve(sorted().filter((one) => one.caseId === caseId)),
  };
}
