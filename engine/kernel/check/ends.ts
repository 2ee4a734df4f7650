import type { State, StateOf } from '../definition/state.ts';
import type { Transition } from '../definition/rules.ts';
import type { Checkup } from './checkup.ts';
import type { Choice, Moment } from './choices.ts';
import { choicesOf, holdsInside, takeable } from './choices.ts';
import { endedBy, isSure } from './followers.ts';
import { childrenOf, firstInside, withinState } from './statechart.ts';

/** Tells from which states a case can come to its end, where nothing leads on from those `without`. */
export function statesThatEnd(
  checkup: Checkup,
  without: (state: State) => boolean = () => false,
): ReadonlySet<string> {
  const ends = new Set<string>();
  const states = [...checkup.chart.states.values()];
  for (let size = -1; size < ends.size;) {
    size = ends.size;
    for (const state of states) {
      if (ends.has(state.id) || without(state)) continue;
      if (canEnd(checkup, state, ends)) ends.add(state.id);
    }
  }
  return ends;
}

/** Tells whether enough regions of a parallel can come to their ends, so that they join. */
export function canJoin(checkup: Checkup, parallel: StateOf<'parallel'>): boolean {
  const finishing = parallel.children.filter((region) => canFinish(checkup, region));
  return finishing.length >= parallel.join;
}

/** Tells whether a region can come to its end, if only by being left out. */
export function canFinish({ presence }: Checkup, region: State): boolean {
  const ends = childrenOf(region).filter((child) => child.kind === 'final');
  return region.when !== undefined || ends.some(({ id }) => presence.isReached(id));
}

/** Tells whether a parallel can join while one of its regions is still under way. */
function joinsWithout(checkup: Checkup, parallel: StateOf<'parallel'>, region: State): boolean {
  const others = parallel.children.filter((other) => other !== region);
  return others.filter((other) => canFinish(checkup, other)).length >= parallel.join;
}

function canEnd(checkup: Checkup, state: State, ends: ReadonlySet<string>): boolean {
  const { chart } = checkup;
  const leads = (rules: readonly Transition[]): boolean =>
    takeable(rules).some(({ to }) => to !== undefined && ends.has(to));
  const comes = (choice: Choice): boolean => isSure(chart, choice, state.id);
  if (state.kind === 'final') {
    if (chart.parentOf(state.id)?.id === '') return true;
    const isEnd = endedBy(chart, state).some(({ state: outer, rules }) => {
      return leads(rules) && (outer.kind !== 'parallel' || canJoin(checkup, outer));
    });
    if (isEnd) return true;
  }
  return (
    choicesOf(state).some((choice) => {
      const isOwnWork = childrenOf(state).length === 0;
      return (isOwnWork || holdsInside(choice)) && comes(choice) && leads(choice.rules);
    }) ||
    firstInside(state).some((first) => ends.has(first.id)) ||
    chart.ancestorsOf(state.id).some((outer) => {
      return choicesOf(outer).some(
        (choice) => holdsInside(choice) && comes(choice) && leads(choice.rules),
      );
    }) ||
    besideLeads(checkup, state, leads)
  );
}

/** Another region may leave the parallel, and take this one with it. */
function besideLeads(
  checkup: Checkup,
  state: State,
  leads: (rules: readonly Transition[]) => boolean,
): boolean {
  const { chart } = checkup;
  return chart.ancestorsOf(state.id).some((outer) => {
    if (outer.kind !== 'parallel') return false;
    const own = outer.children.find((region) => chart.isWithin(state.id, region.id));
    const joining = choicesOf(outer).filter(({ moment }) => isJoin(moment));
    const isCalledOff = own !== undefined && joinsWithout(checkup, outer, own);
    if (isCalledOff && joining.some(({ rules }) => leads(rules))) return true;
    return outer.children
      .filter((region) => region !== own)
      .flatMap(withinState)
      .flatMap(choicesOf)
      .filter((choice) => isSure(chart, choice, choice.state.id))
      .some(({ rules }) =>
        leads(rules.filter(({ to }) => to !== undefined && !chart.isWithin(to, outer.id))),
      );
  });
}

function isJoin({ kind }: Moment): boolean {
  return kind === 'done' || kind === 'outcome';
}
