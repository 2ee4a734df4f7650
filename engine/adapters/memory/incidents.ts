import type { IncidentCause, Incidents } from '../../ports/jobs.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createIncidents(tables: Tables): Incidents {
  const sorted = () => [...tables.incidents.values()].sort((a, b) => byText(a.id, b.id));
  const inCommon = (cause: string): IncidentCause => {
    const alike = sorted().filter((one) => one.cause === cause);
    const greatest = (texts: readonly string[]): string => [...texts].sort(byText).at(-1) ?? '';
    return {
      cause,
      count: alike.length,
      code: greatest(alike.map(({ code }) => code)),
      message: greatest(alike.map(({ message }) => message)),
      since: Math.min(...alike.map(({ openedAt }) => openedAt)),
    };
  };
  return {
    open: (id) => Promise.resolve(tables.incidents.get(id)),
    list: (after, limit, cause) => {
      const meant = sorted().filter((one) => cause === undefined || one.cause === cause);
      const rest = meant.filter(({ id }) => after === undefined || id > after);
      return Promise.resolve(rest.slice(0, limit));
    },
    causes: (after, limit) => {
      const causes = [...new Set(sorted().map(({ cause }) => cause))].sort(byText);
      const rest = causes.filter((cause) => after === undefined || cause > after);
      return Promise.resolve(rest.slice(0, limit).map(inCommon));
    },
    ofCase: (caseId) => Promise.resolve(sorted().filter((one) => one.caseId === caseId)),
  };
}
