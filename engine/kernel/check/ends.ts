import type { State, Transition } from '../definition/workflow.ts';
import type { Checkup } from './checkup.ts';
import { choicesOf, takeable } from './choices.ts';
import { endedBy } from './followers.ts';
import { childrenOf, firstInside, withinState } from './statechart.ts';

/** Tells from which states a case can come to its end. */
export function statesThatEnd(checkup: Checkup): ReadonlySet<string> {
  const ends = new Set<string>();
  const states = [...checkup.chart.states.values()];
  for (let size = -1; size < ends.size;) {
    size = ends.size;
    for (const state of states) {
      if (!ends.has(state.id) && canEnd(checkup, state, ends)) ends.add(state.id);
    }
  }
  return ends;
}

/** Tells whether every region of a parallel can come to its end, so that they join. */
export function canJoin({ presence }: Checkup, parallel: State): boolean {
  return childrenOf(parallel).every((region) =>
    childrenOf(region).some((child) => child.kind === 'final' && presence.isReached(child.id)),
  );
}

function canEnd(checkup: Checkup, state: State, ends: ReadonlySet<string>): boolean {
  const { chart } = checkup;
  const leads = (rules: readonly Transition[]): boolean =>
    takeable(rules).some(({ to }) => to !== undefined && ends.has(to));
  if (state.kind === 'final') {
    if (chart.parentOf(state.id)?.id === '') return true;
    const isEnd = endedBy(chart, state).some(({ state: outer, rules }) => {
      return leads(rules) && (outer.kind !== 'parallel' || canJoin(checkup, outer));
    });
    if (isEnd) return true;
  }
  return (
    choicesOf(state).some(({ rules, moment }) => {
      const isOwnWork = childrenOf(state).length === 0;
      return (isOwnWork || moment.kind === 'next' || moment.kind === 'after') && leads(rules);
    }) ||
    firstInside(state).some((first) => ends.has(first.id)) ||
    chart.ancestorsOf(state.id).some((outer) => {
      return leads(outer.next) || outer.after.some(({ rules }) => leads(rules));
    }) ||
    besideLeads(checkup, state, leads)
  );
}

/** Another region may leave the parallel, and take this one with it. */
function besideLeads(
  { chart }: Checkup,
  state: State,
  leads: (rules: readonly Transition[]) => boolean,
): boolean {
  return chart.ancestorsOf(state.id).some((outer) => {
    if (outer.kind !== 'parallel') return false;
    return outer.children
      .filter((region) => !chart.isWithin(state.id, region.id))
      .flatMap(withinState)
      .flatMap(choicesOf)
      .some(({ rules }) =>
        leads(rules.filter(({ to }) => to !== undefined && !chart.isWithin(to, outer.id))),
      );
  });
}
