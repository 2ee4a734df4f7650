import type { State } from '../definition/state.ts';
import type { Workflow } from '../definition/workflow.ts';
import { withinState } from './statechart.ts';

/** How the states of two versions of a workflow differ, by their ids. */
export interface StateChanges {
  readonly added: readonly string[];
  /** Anything that is said of the state itself is another, not of those inside it. */
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** Compares the states of a version with those of a later one. */
export function stateChanges(before: Workflow, after: Workflow): StateChanges {
  const [old, fresh] = [statesOf(before), statesOf(after)];
  const ids = [...fresh.keys()];
  return {
    added: ids.filter((id) => !old.has(id)),
    changed: ids.filter((id) => old.has(id) && old.get(id) !== fresh.get(id)),
    removed: [...old.keys()].filter((id) => !fresh.has(id)),
  };
}

/** What is said of each state, as one text; the root left out. */
function statesOf({ root }: Workflow): ReadonlyMap<string, string> {
  const states = withinState(root).filter(({ id }) => id !== '');
  return new Map(states.map((state) => [state.id, textOf(state)]));
}

/** Where something is written does not count, nor what lies in the states inside. */
function textOf(state: State): string {
  return JSON.stringify(state, (key, value: unknown) =>
    key === 'path' || key === 'children' || key === 'n' ? undefined : value,
  );
}
