import { areBeside, parallelsIn } from '../definition/emissions.ts';
import type { Transition } from '../definition/rules.ts';
import type { State } from '../definition/state.ts';
import type { Follow } from './followers.ts';
import { followsOf, landingsOf, targetsOf } from './followers.ts';
import { moveOf } from './moves.ts';
import { childrenOf, withinState } from './statechart.ts';
import type { Statechart } from './statechart.ts';

/** A rule that can be taken again and again without a wait, and the state from which. */
interface Turn extends Follow {
  readonly from: State;
}

/**
 * Finds the rules of signals by which regions could keep each other going for ever: each leads back to
 * where it was taken, and is answered by another that does. `atOnce` gives the rules that need no
 * signal and no wait.
 */
export function signalsThatGoRound(
  chart: Statechart,
  atOnce: (state: State) => readonly Follow[],
): ReadonlySet<Transition> {
  const states = [...chart.states.values()];
  const parallels = parallelsIn(states);
  const turns = states
    .filter((state) => childrenOf(state).length === 0)
    .flatMap((from): readonly Turn[] => [
      ...atOnce(from).map((follow) => ({ ...follow, from })),
      ...followsOf(chart, from)
        .filter(({ choice }) => choice.moment.kind === 'signal')
        .map((follow) => ({ ...follow, from })),
    ]);
  let left: readonly Turn[] = turns;
  for (let before = -1; before !== left.length;) {
    before = left.length;
    const round = left.filter((turn) => leadsBack(chart, turn, left));
    left = round.filter(
      ({ choice: { moment, state } }) =>
        moment.kind !== 'signal' ||
        round.some((other) =>
          emittedBy(chart, other).some(
            ({ signal, by }) => signal === moment.signal && areBeside(by.id, state.id, parallels),
          ),
        ),
    );
  }
  return new Set(left.flatMap(({ rule, choice }) => (choice.moment.kind === 'signal' ? rule : [])));
}

/** Tells whether a case can come back to where a rule was taken, by these rules alone. */
function leadsBack(
  chart: Statechart,
  { rule, choice, from }: Turn,
  turns: readonly Turn[],
): boolean {
  if (rule.to === undefined) return choice.moment.kind === 'signal';
  const seen = new Set(targetsOf(chart, rule));
  for (const here of seen) {
    if (here === from) return true;
    for (const turn of turns) {
      if (turn.from !== here) continue;
      for (const next of targetsOf(chart, turn.rule)) seen.add(next);
    }
  }
  return false;
}

/** What is emitted where a rule is taken: by itself, by what it leaves, and by what it enters. */
function emittedBy(
  chart: Statechart,
  { rule, choice }: Turn,
): readonly { readonly signal: string; readonly by: State }[] {
  const { state } = choice;
  const own = rule.emit === undefined ? [] : [{ signal: rule.emit, by: state }];
  const target = rule.to === undefined ? undefined : chart.states.get(rule.to);
  if (target === undefined) return own;
  const { left, entered } = moveOf(chart, state, target, rule.reenter);
  const out = [...left, ...withinState(state)].flatMap((one) =>
    one.exit.emit === undefined ? [] : [{ signal: one.exit.emit, by: one }],
  );
  const landed = landingsOf(target).flatMap((one) => [one, ...chart.ancestorsOf(one.id)]);
  const around = landed.filter((one) => chart.isWithin(one.id, target.id));
  const into = [...entered, ...around].flatMap((one) =>
    one.entry.emit === undefined ? [] : [{ signal: one.entry.emit, by: one }],
  );
  return [...own, ...out, ...into];
}
