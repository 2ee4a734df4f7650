import type { State } from '../definition/state.ts';
import type { Transition } from '../definition/rules.ts';
import { remembered } from '../remembered.ts';
import type { Choice } from './choices.ts';
import { choicesOf, holdsInside, placesBefore, takeable } from './choices.ts';
import { childrenOf, firstInside, withinState } from './statechart.ts';
import type { Statechart } from './statechart.ts';

/** A state without states inside, and one rule by which a case can go on from it. */
export interface Follow {
  readonly rule: Transition;
  readonly choice: Choice;
}

/** The innermost states that a case is in when it comes into a state. */
export function landingsOf(state: State): readonly State[] {
  return childrenOf(state).length === 0 ? [state] : firstInside(state).flatMap(landingsOf);
}

/**
 * Every rule that can move a case which is in an innermost state: its own, what ends with it, and
 * those of the states around it that hold in every place inside. A timer that may rest is none.
 */
export function followsOf(chart: Statechart, state: State): readonly Follow[] {
  return followsIn(chart)(state);
}

const followsIn = remembered((chart: Statechart) =>
  remembered((state: State) => listFollows(chart, state)),
);

function listFollows(chart: Statechart, state: State): readonly Follow[] {
  const comes = (choice: Choice): boolean => isSure(chart, choice, state.id);
  return [
    ...choicesOf(state).filter(comes),
    ...endedBy(chart, state),
    ...chart.ancestorsOf(state.id).flatMap((outer) => {
      return choicesOf(outer).filter((choice) => holdsInside(choice) && comes(choice));
    }),
  ].flatMap((choice) => takeable(choice.rules).map((rule) => ({ rule, choice })));
}

/** Tells whether what a choice answers can be counted on while a case is in a state. */
export function isSure(chart: Statechart, { moment }: Choice, id: string): boolean {
  return moment.kind !== 'after' || chart.isSure(moment.timer, id);
}

/** The rules that are read because this state is an end of what is around it. */
export function endedBy(chart: Statechart, state: State): readonly Choice[] {
  const parent = chart.parentOf(state.id);
  if (state.kind !== 'final' || parent === undefined) return [];
  const outer = chart.parentOf(parent.id);
  const own = choicesOf(parent).filter((choice) => {
    const { moment } = choice;
    const where = placesBefore(choice);
    const isEnd = moment.kind === 'done' || moment.kind === 'outcome';
    return isEnd && where !== 'anywhere' && where.outcomes.has(state.outcome);
  });
  if (outer?.kind !== 'parallel') return own;
  const isJoin = ({ moment }: Choice): boolean =>
    moment.kind === 'done' || moment.kind === 'outcome';
  return [...own, ...choicesOf(outer).filter(isJoin)];
}

/** The innermost states in which a case can be next. */
export function followersOf(chart: Statechart, state: State): readonly State[] {
  return followsOf(chart, state).flatMap(({ rule }) => targetsOf(chart, rule));
}

/** Where a rule leads, as innermost states. */
export function targetsOf(chart: Statechart, { to, history }: Transition): readonly State[] {
  const target = to === undefined ? undefined : chart.states.get(to);
  if (target === undefined) return [];
  if (history === undefined) return landingsOf(target);
  if (history === 'shallow') return childrenOf(target).flatMap(landingsOf);
  return withinState(target).filter((inner) => childrenOf(inner).length === 0);
}

/** A shortest way from where cases begin to a state, as ids; empty where there is none. */
export function wayTo(chart: Statechart, root: State, state: State): readonly string[] {
  const before = new Map<State, State | undefined>();
  for (const first of landingsOf(root)) before.set(first, undefined);
  for (const here of before.keys()) {
    if (here === state) return backFrom(here, before);
    for (const next of followersOf(chart, here)) {
      if (!before.has(next)) before.set(next, here);
    }
  }
  return [state.id];
}

function backFrom(last: State, before: ReadonlyMap<State, State | undefined>): readonly string[] {
  const way: string[] = [];
  for (let here: State | undefined = last; here !== undefined; here = before.get(here)) {
    way.unshift(here.id);
  }
  return way;
}
