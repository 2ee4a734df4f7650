import type { Expression } from '../definition/values.ts';
import type { Workflow } from '../definition/workflow.ts';
import type { Filled } from './filled-fields.ts';
import { completion, withoutCompletions } from './filled-fields.ts';
import { orQueued } from './inside-facts.ts';
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
  /** Paths that are filled as long as a case is in a state; nothing for one never reached. */
  during(state: string): Filled | undefined;
  /** Paths that are filled where an expression is read; `'all'` where no case can come. */
  at(expression: Expression): Filled | 'all';
  /** Tells that a task has been completed whichever way a case came into a state, or on which way not. */
  completedBefore(state: string, task: string): true | { readonly notWhen: string | undefined };
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
    onEntry: (state) => {
      const filled = search.entries.presentIn(state);
      return filled && withoutCompletions(filled);
    },
    during: (id) => {
      const state = chart.states.get(id);
      const filled = state && search.here(state);
      return filled && withoutCompletions(orQueued(state, filled, search));
    },
    at: (expression) => {
      const seen = [...search.reader.seenAt(expression).values()];
      const [first, ...rest] = seen;
      if (first === undefined) return 'all';
      return new Set([...first].filter((path) => rest.every((filled) => filled.has(path))));
    },
    completedBefore: (state, task) => {
      const mark = completion(task);
      if (search.entries.presentIn(state)?.has(mark) !== false) return true;
      return { notWhen: explainEmptiness(mark, state, chart, search) };
    },
    whyEmpty: (expression, path) => {
      const seen = [...search.reader.seenAt(expression)];
      const state = seen.find(([, filled]) => !filled.has(path))?.[0];
      return state === undefined ? undefined : explainEmptiness(path, state, chart, search);
    },
  };
}
