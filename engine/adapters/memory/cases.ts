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
      const inUse = new Map<string, { workflow: string; version: number; cases: number }>();
      for (const { status, workflow, workflowVersion: version } of tables.cases.values()) {
        if (status === 'finished') continue;
        const key = `${workflow}@${version}`;
        const known = inUse.get(key) ?? { workflow, version, cases: 0 };
        inUse.set(key, { ...known, cases: known.cases + 1 });
      }
      const sorted = [...inUse.values()].sort(
        (a, b) => byText(a.workflow, b.workflow) || a.version - b.version,
      );
      return Promise.resolve(sorted);
    },
    running: ({ workflow, version }, after, limit) => {
      const found = [...tables.cases.values()]
        .filter(({ status }) => status !== 'finished')
        .filter((one) => one.workflow === workflow && one.workflowVersion === version)
        .filter(({ id }) => after === undefined || byText(id, after) > 0)
        .sort((a, b) => byText(a.id, b.id))
        .slice(0, limit);
      return Promise.resolve(
        found.map(({ id, reference, states, snapshot }) => ({ id, reference, states, snapshot })),
      );
    },
    nextNumber: (workflow, count = 1) => {
      const last = tables.counters.get(workflow) ?? 0;
      tables.counters.set(workflow, last + count);
      return Promise.resolve(last + 1);
    },
  };
}
