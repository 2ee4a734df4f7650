import type { Emission } from '../definition/emissions.ts';
import { areBeside, emissionsOf, parallelsIn } from '../definition/emissions.ts';
import type { SignalHandler } from '../definition/rules.ts';
import type { State } from '../definition/state.ts';
import { nearestName } from '../types/nearest-name.ts';
import type { Problem } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import { choicesOf } from './choices.ts';
import { error, warning } from './place.ts';
import { stateTitle } from './state-title.ts';
import { followsOf } from './followers.ts';
import { childrenOf, firstInside } from './statechart.ts';
import type { Statechart } from './statechart.ts';

/** Checks that what one region emits is heard by another, and that what is heard is emitted. */
export function checkSignals(checkup: Checkup): readonly Problem[] {
  const states = [...checkup.chart.states.values()];
  const emissions = states.flatMap(emissionsOf);
  const parallels = parallelsIn(states);
  const isBeside = ({ id }: State, other: State): boolean => areBeside(id, other.id, parallels);
  return [
    ...emissions
      .filter(
        ({ signal, state }) =>
          !states.some((other) => hears(other, signal) && isBeside(state, other)),
      )
      .map((emission) => neverHeard(emission, states)),
    ...states.flatMap((state) =>
      state.signals.flatMap((handler) => {
        const sources = emissions.filter(({ signal }) => signal === handler.signal);
        const isHeard = sources.some(({ state: other }) => isBeside(state, other));
        return isHeard ? [] : [neverEmitted(state, handler)];
      }),
    ),
    ...states.flatMap((state) => mayBeMissed(checkup, state)),
  ];
}

function hears({ signals }: State, name: string): boolean {
  return signals.some(({ signal }) => signal === name);
}

function neverHeard({ signal, state, path }: Emission, states: readonly State[]): Problem {
  const known = states.flatMap(({ signals }) => signals.map((handler) => handler.signal));
  const near = nearestName(
    signal,
    known.filter((name) => name !== signal),
  );
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return error(
    'never-heard',
    path,
    `“${stateTitle(state)}” emits “${signal}”, and no other region hears it under "on".${hint} ` +
      'A signal is heard by the other regions of a "parallel" alone.',
    [state.id],
  );
}

function neverEmitted(state: State, { signal, path }: SignalHandler): Problem {
  return error(
    'never-emitted',
    path,
    `“${stateTitle(state)}” hears “${signal}”, and no other region emits it. ` +
      'Write "emit" in a state or a rule of another region, or take this out.',
    [state.id],
  );
}

/** Coming there may itself emit what the other region answers. */
function asksOnTheWay(chart: Statechart, state: State): boolean {
  const leading = [...chart.states.values()]
    .flatMap((other) => choicesOf(other).flatMap(({ rules }) => rules))
    .filter(({ to }) => to === state.id);
  return state.entry.emit !== undefined || leading.some(({ emit }) => emit !== undefined);
}

/** A signal is over at once: whoever comes later waits for it in vain. */
function mayBeMissed({ chart }: Checkup, state: State): readonly Problem[] {
  const [handler] = state.signals;
  if (handler === undefined || childrenOf(state).length > 0) return [];
  const ways = followsOf(chart, state).filter(({ rule }) => rule.to !== undefined);
  if (ways.some(({ choice }) => choice.moment.kind !== 'signal')) return [];
  const around = [state, ...chart.ancestorsOf(state.id)];
  const region = around.findIndex((_, index) => around[index + 1]?.kind === 'parallel');
  const isFirst = around
    .slice(0, region)
    .every((inner, index) => firstInside(around[index + 1] ?? inner).includes(inner));
  if (isFirst || asksOnTheWay(chart, state)) return [];
  return [
    warning(
      'signal-missed',
      handler.path,
      `Only the signal “${handler.signal}” leads out of “${stateTitle(state)}”. A case that comes here after it was ` +
        'emitted would wait in vain. Ask for the other region under "next" (when: finished(…)), or add "after".',
    ),
  ];
}
