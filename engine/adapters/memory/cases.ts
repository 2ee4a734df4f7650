import type { Cases } from '../../ports/cases.ts';
import { byText } from './order.ts';
import { saveStep } from './save-step.ts';
import type { Tables } from './tables.ts';

export function createCases(tables: Tables): Cases {
  return {
    load: (id) => Promise.resolve(tables.cases.get(id)),
    commit: (steps) => Promise.resolve(steps.map((step) => saveStep(tables, step))),
    history: (caseId, after = 0, limit = Infinity) => {
      const later = (tables.events.get(caseId) ?? []).filter(({ seq }) => seq > after);
      return Promise.resolve(later.slice(0, limit));
    },
    submission: (key) => Promise.resolve(tables.submissions.get(key)),
    link: (hash) => Promise.resolve(tables.links.get(hash)),
    versionsInUse: () => {
      const running = [...tables.cases.values()].filter(({ status }) => status !== 'finished');
      const inUse = new Map(
        running.map(({ workflow, workflowVersion: version }) => [
          `${workflow}@${version}`,
          { workflow, version },
        ]),
      );
      const sorted = [...inUse.values()].sort(
        (a, b) => byText(a.workflow, b.workflow) || a.version - b.version,
      );
      return Promise.resolve(sorted);
    },
    nextNumber: (workflow, count = 1) => {
      const last = tables.counters.get(workflow) ?? 0;
      tables.counters.set(workflow, last + count);
      return Promise.resolve(last + 1);
    },
  };
}
