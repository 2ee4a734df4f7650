import type { State } from '../definition/workflow.ts';
import type { Where } from './choices.ts';
import type { Filled } from './filled-fields.ts';
import { meet } from './filled-fields.ts';
import type { Writes } from './regions.ts';
import { joinRegions } from './regions.ts';
import { childrenOf } from './statechart.ts';

/** What the search knows of single states. */
export interface Known {
  /** What is present while a case is in a state that has nothing inside. */
  here(state: State): Filled | undefined;
  /** What is left of it when the state is left: after its `exit`. */
  exited(state: State, filled: Filled): Filled;
  writesOf(parallel: State): Writes;
}

/**
 * What is present in a state whatever place inside it the case is in: anywhere, or at an
 * end, or at an end with one of these outcomes. `undefined` while no case is known to come there.
 */
export function presentInside(state: State, known: Known, where: Where): Filled | undefined {
  return facts(state, known, where, (_, filled) => filled);
}

/** The same after the `exit` of every state inside (not of the state itself) was carried out. */
export function presentAfterInside(state: State, known: Known, where: Where): Filled | undefined {
  return facts(state, known, where, (inner, filled) => known.exited(inner, filled));
}

type Leave = (state: State, filled: Filled) => Filled;

function facts(state: State, known: Known, where: Where, leave: Leave): Filled | undefined {
  const of = (child: State, place: Where): Filled | undefined => {
    const filled = facts(child, known, place, leave);
    return filled && leave(child, filled);
  };
  if (state.kind === 'states') {
    return childrenOf(state)
      .filter((child) => isThere(child, where))
      .map((child) => of(child, 'anywhere'))
      .reduce((all, filled) => (filled === undefined ? all : meet(all, filled)), undefined);
  }
  if (state.kind !== 'parallel') return known.here(state);
  const regions = new Map<string, Filled>();
  for (const region of state.children) {
    const filled = of(region, where);
    // Regions are entered together, and join only when every one of them can come to its end.
    if (filled === undefined) return undefined;
    regions.set(region.id, filled);
  }
  return joinRegions(regions, known.writesOf(state));
}

function isThere(child: State, where: Where): boolean {
  if (where === 'anywhere') return true;
  return child.kind === 'final' && (where === 'at an end' || where.has(child.outcome));
}
