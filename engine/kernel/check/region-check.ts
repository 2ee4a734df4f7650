import type { State, StateOf } from '../definition/state.ts';
import type { Problem } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import { choicesOf } from './choices.ts';
import { covers } from './filled-fields.ts';
import { error } from './place.ts';
import type { CheckedSite } from './site-check.ts';
import type { CheckedTexts } from './text-check.ts';
import { stateTitle } from './state-title.ts';
import { withinState } from './statechart.ts';
import type { Touch } from './touches.ts';
import { touchesOf } from './touches.ts';

/** Checks that the regions of a parallel keep out of each other's way. */
export function checkRegions(
  checkup: Checkup,
  sites: readonly CheckedSite[],
  shownBy: CheckedTexts['shownBy'],
): readonly Problem[] {
  const touches = touchesOf(checkup, sites, shownBy);
  return [...checkup.chart.states.values()]
    .filter((state) => state.kind === 'parallel')
    .flatMap((parallel) => [
      ...pairsOf(parallel).flatMap(([one, other]) => [
        ...atOdds(one, other, touches),
        ...bothLeave(checkup, parallel, one, other),
        ...bothLeaveOnEvent(checkup, parallel, one, other),
      ]),
      ...parallel.children.flatMap((region) => intoOthers(checkup, parallel, region)),
    ]);
}

function pairsOf({ children }: StateOf<'parallel'>): readonly (readonly [State, State])[] {
  return children.flatMap((one, index) =>
    children.slice(index + 1).map((other) => [one, other] as const),
  );
}

/** One problem for each field that both write, or that one writes and the other reads. */
function atOdds(
  one: State,
  other: State,
  touches: ReadonlyMap<string, readonly Touch[]>,
): readonly Problem[] {
  const inOne = touchesWithin(one, touches);
  const told = new Set<string>();
  return touchesWithin(other, touches).flatMap((touch) => {
    const clash = inOne.find(
      (earlier) =>
        (earlier.writes || touch.writes) &&
        (covers(earlier.field, touch.field) || covers(touch.field, earlier.field)),
    );
    if (clash === undefined || told.has(touch.field)) return [];
    told.add(touch.field);
    return [clashOf(one, clash, other, touch)];
  });
}

function touchesWithin(
  region: State,
  touches: ReadonlyMap<string, readonly Touch[]>,
): readonly Touch[] {
  return withinState(region).flatMap((state) => touches.get(state.id) ?? []);
}

function clashOf(one: State, earlier: Touch, other: State, touch: Touch): Problem {
  const both = earlier.writes && touch.writes;
  const writer = stateTitle(earlier.writes ? one : other);
  const reader = stateTitle(earlier.writes ? other : one);
  const field = earlier.field.length > touch.field.length ? earlier.field : touch.field;
  return error(
    'regions-at-odds',
    touch.path,
    `“${stateTitle(one)}” and “${stateTitle(other)}” run at once, ` +
      (both
        ? `and both write "${field}": which one wins would be chance. `
        : `and “${reader}” reads "${field}" while “${writer}” writes it. `) +
      'Use another field, or do one after the other.',
    [one.id, field, other.id],
  );
}

/** Rules that need no event of their own can come true in two regions with one and the same step. */
function bothLeave(
  checkup: Checkup,
  parallel: State,
  one: State,
  other: State,
): readonly Problem[] {
  const [first] = leavingAtOnce(checkup, parallel, one);
  const [second] = leavingAtOnce(checkup, parallel, other);
  if (first === undefined || second === undefined) return [];
  return [
    error(
      'two-regions-leave',
      second.path,
      `“${stateTitle(one)}” and “${stateTitle(other)}” can both leave “${stateTitle(parallel)}” in ` +
        'the same step, and only one of them can. Let one region decide, or leave by "done".',
      [one.id, other.id],
    ),
  ];
}

function leavingAtOnce({ chart }: Checkup, parallel: State, region: State): State['next'] {
  return withinState(region)
    .flatMap((state) => state.next)
    .filter(({ to }) => to !== undefined && !chart.isWithin(to, parallel.id));
}

/** A message or a signal is heard in every region at once: only one of them may leave on it. */
function bothLeaveOnEvent(
  { chart }: Checkup,
  parallel: State,
  one: State,
  other: State,
): readonly Problem[] {
  const leaving = (region: State): readonly Heard[] =>
    withinState(region)
      .flatMap(heardIn)
      .filter(({ rules }) =>
        rules.some(({ to }) => to !== undefined && !chart.isWithin(to, parallel.id)),
      );
  const first = new Set(leaving(one).map(({ event }) => event));
  return leaving(other)
    .filter(({ event }) => first.has(event))
    .map(({ event, path }) =>
      error(
        'two-regions-leave',
        path,
        `“${stateTitle(one)}” and “${stateTitle(other)}” can both leave “${stateTitle(parallel)}” ` +
          `when “${event}” comes, and only one of them can. Write it once, beside “${stateTitle(parallel)}”.`,
        [one.id, event, other.id],
      ),
    );
}

type Heard = Pick<State['signals'][number], 'path' | 'rules'> & { readonly event: string };

function heardIn({ hears, signals }: State): readonly Heard[] {
  return [
    ...hears.map(({ message, path, rules }) => ({ event: message, path, rules })),
    ...signals.map(({ signal, path, rules }) => ({ event: signal, path, rules })),
  ];
}

function intoOthers({ chart }: Checkup, parallel: State, region: State): readonly Problem[] {
  return withinState(region)
    .flatMap((state) => choicesOf(state).flatMap(({ rules }) => rules))
    .flatMap(({ to, path, undo }) => {
      const isInside = to !== undefined && chart.isWithin(to, parallel.id);
      if (isInside && to !== parallel.id && !chart.isWithin(to, region.id)) {
        return [intoRegion(parallel, region, to, path)];
      }
      const isOwn = undo !== undefined && chart.isWithin(undo, region.id);
      const isOver = undo === '' || to !== parallel.id;
      return undo !== undefined && isInside && !isOwn && isOver ? [undoInside(parallel, path)] : [];
    });
}

function intoRegion(parallel: State, region: State, to: string, path: Problem['path']): Problem {
  return error(
    'into-other-region',
    path,
    `“${stateTitle(region)}” cannot send the case into another region of “${stateTitle(parallel)}”: ` +
      `"${to}" is one of those. Stay inside the region, or leave “${stateTitle(parallel)}”.`,
  );
}

function undoInside(parallel: State, path: Problem['path']): Problem {
  return error(
    'undo-inside-parallel',
    path,
    `This "undo" takes back what other regions of “${stateTitle(parallel)}” did as well, so its target ` +
      'must lie outside. Send the case to a state outside, or write "undo: here".',
  );
}
