import type { State } from '../definition/state.ts';
import type { Transition } from '../definition/rules.ts';
import type { Problem } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import { choicesOf, holdsInside } from './choices.ts';
import type { Follow } from './followers.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import { followsOf, isSure, landingsOf, targetsOf } from './followers.ts';
import { error } from './place.ts';
import { stateTitle } from './state-title.ts';
import { signalsThatGoRound } from './signal-rounds.ts';
import { childrenOf } from './statechart.ts';
import type { Statechart } from './statechart.ts';

/** Checks that no case can go round without ever waiting for a person, a message or a time. */
export function checkLoops({ chart }: Checkup): readonly Problem[] {
  const states = [...chart.states.values()];
  const told = new Set<State>();
  const signals = signalsThatGoRound(chart, (state) => atOnceRules(chart, state));
  return [
    ...states.flatMap(nextStays),
    ...states.flatMap((state) => stuckAfterWork(chart, state)),
    ...states
      .filter((state) => childrenOf(state).length === 0)
      .flatMap((state) => {
        const loop = told.has(state) ? undefined : loopThrough(chart, state, signals);
        if (loop === undefined) return [];
        for (const one of loop) told.add(one);
        return [endless(loop)];
      }),
  ];
}

function endless(loop: readonly State[]): Problem {
  const [first] = loop;
  const round = loop.map((state) => `“${stateTitle(state)}”`).join(' → ');
  return error(
    'endless-loop',
    first?.path ?? [],
    `A case could go round here for ever without waiting for anything: ${round}. ` +
      'Put a pause on the way ("after: { 1 hours: … }"), a task, or a message to wait for.',
    loop.map(({ id }) => id),
  );
}

/** A way from a state back to itself on which nothing waits, the state first and last. */
function loopThrough(
  chart: Statechart,
  state: State,
  signals: ReadonlySet<Transition>,
): readonly State[] | undefined {
  const before = new Map<State, State>();
  const open = [state];
  for (const here of open) {
    for (const next of atOnceFrom(chart, here, signals)) {
      if (next === state) return [...backTo(state, here, before), state];
      if (before.has(next)) continue;
      before.set(next, here);
      open.push(next);
    }
  }
  return undefined;
}

function backTo(state: State, last: State, before: ReadonlyMap<State, State>): readonly State[] {
  const way = [last];
  for (let here = last; here !== state;) {
    here = before.get(here) ?? state;
    way.unshift(here);
  }
  return way;
}

function atOnceFrom(
  chart: Statechart,
  state: State,
  signals: ReadonlySet<Transition>,
): readonly State[] {
  const heard = followsOf(chart, state).filter(({ rule }) => signals.has(rule));
  return [
    ...atOnceRules(chart, state).flatMap(({ rule }) => targetsOf(chart, rule)),
    // What stays may emit again, and so be heard again.
    ...heard.flatMap(({ rule }) => (rule.to === undefined ? [state] : targetsOf(chart, rule))),
  ];
}

function atOnceRules(chart: Statechart, state: State): readonly Follow[] {
  return followsOf(chart, state).filter((follow) => isAtOnce(chart, follow));
}

/**
 * Tells whether a rule may be taken without a wait. A call or a child case is no wait when its only
 * way on needs no condition: then the round is sure to begin again.
 */
function isAtOnce(chart: Statechart, { rule, choice }: Follow): boolean {
  const { state, moment } = choice;
  if (moment.kind === 'next') return true;
  if (state.kind === 'parallel' && !holdsInside(choice)) {
    const { children, join } = state;
    const atOnce = children.filter(
      (region) => region.when !== undefined || endsAtOnce(chart, region),
    );
    return atOnce.length >= join;
  }
  if (moment.kind !== 'done' && moment.kind !== 'failed') return false;
  // A list may be empty, and then nothing is waited for.
  if (state.kind === 'call' || state.kind === 'run' || forEachOf(state) !== undefined) {
    return rule.when === undefined && choice.rules[0] === rule;
  }
  return state.kind === 'states';
}

/** Tells whether a case can go through a state to its end without a wait. */
function endsAtOnce(chart: Statechart, state: State): boolean {
  const seen = new Set(landingsOf(state));
  for (const here of seen) {
    if (here.kind === 'final' && chart.parentOf(here.id) === state) return true;
    for (const { rule, choice } of followsOf(chart, here)) {
      const staysInside = rule.to !== undefined && chart.isWithin(rule.to, state.id);
      const mayLoop = choice.state.kind === 'parallel';
      if (!staysInside || mayLoop || !isAtOnce(chart, { rule, choice })) continue;
      for (const next of targetsOf(chart, rule)) seen.add(next);
    }
  }
  return false;
}

function nextStays(state: State): readonly Problem[] {
  return state.next
    .filter(({ to }) => to === undefined)
    .map(({ path }) =>
      error(
        'next-without-target',
        path,
        'A rule of "next" is read at every step, so it must lead somewhere: add "to". ' +
          'What is to be set on the way in belongs under "entry".',
      ),
    );
}

/** A rule that ends the work of a state, and leaves the case in it with nothing to come. */
function stuckAfterWork(chart: Statechart, state: State): readonly Problem[] {
  if (childrenOf(state).length > 0) return [];
  const around = [state, ...chart.ancestorsOf(state.id)];
  const canGoOn = around.some((one) =>
    choicesOf(one)
      .filter((choice) => holdsInside(choice) && isSure(chart, choice, state.id))
      .some(({ rules }) => rules.some(({ to }) => to !== undefined)),
  );
  if (canGoOn) return [];
  return (
    choicesOf(state)
      .filter((choice) => !holdsInside(choice))
      // An outcome ends one item, and the others go on.
      .filter(({ moment }) => moment.kind !== 'outcome' || forEachOf(state) === undefined)
      .flatMap(({ rules }) => rules)
      .filter(({ to }) => to === undefined)
      .map(({ path }) =>
        error(
          'stays-for-ever',
          path,
          `After this the work of “${stateTitle(state)}” is over, and the case would stay in it for ever. ` +
            'Add "to", with the state that comes next.',
          [state.id],
        ),
      )
  );
}
