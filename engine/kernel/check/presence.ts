import type { Expression, Workflow } from '../definition/workflow.ts';
import type { Filled } from './filled-fields.ts';
import { PresenceSearch } from './presence-search.ts';
import type { WorkflowScopes } from './scopes.ts';
import type { Statechart } from './statechart.ts';
import { explainEmptiness } from './why-empty.ts';

/** What is certainly filled at every place of a workflow. */
export interface Presence {
  /** Tells whether a case can come into a state, guards apart. */
  isReached(state: string): boolean;
  /** Paths that are filled whichever way a case came into a state; nothing for one never reached. */
  onEntry(state: string): Filled | undefined;
  /** Paths that are filled where an expression is read; `'all'` where no case can come. */
  at(expression: Expression): Filled | 'all';
  /** Names a way on which a path is empty where an expression is read. */
  whyEmpty(expression: Expression, path: string): string | undefined;
}

/** Works out what is present along every path through a workflow. */
export function presenceOf(
  workflow: Workflow,
  chart: Statechart,
  scopes: WorkflowScopes,
): Presence {
  const search = new PresenceSearch(workflow, chart, scopes);
  search.run();
  return {
    isReached: (state) => search.isReached(state),
    onEntry: (state) => search.entries.presentIn(state),
    at: (expression) => {
      const seen = [...search.reader.seenAt(expression).values()];
      const [first, ...rest] = seen;
      if (first === undefined) return 'all';
      return new Set([...first].filter((path) => rest.every((filled) => filled.has(path))));
    },
    whyEmpty: (expression, path) => {
      const seen = [...search.reader.seenAt(expression)];
      const state = seen.find(([, filled]) => !filled.has(path))?.[0];
      return state === undefined ? undefined : explainEmptiness(path, state, chart, search);
    },
  };
}
