import type { State } from '../definition/state.ts';
import type { Arrivals } from './arrivals.ts';
import { covers } from './filled-fields.ts';
import type { Filled } from './filled-fields.ts';
import type { Writes } from './regions.ts';
import { stateTitle } from './state-title.ts';
import { withinState } from './statechart.ts';
import type { Statechart } from './statechart.ts';

/** What the search for presence has found. */
interface Findings {
  readonly entries: Arrivals;
  here(state: State): Filled | undefined;
  writesOf(parallel: State): Writes;
}

/**
 * Names, in words that follow "is empty here when", the last step at which a way without a path
 * parts from one that fills it; `undefined` where no way fills it.
 */
export function explainEmptiness(
  path: string,
  state: string,
  chart: Statechart,
  found: Findings,
): string | undefined {
  const visited = new Set<string>();
  let here = chart.states.get(state);
  if (here !== undefined && found.entries.presentIn(state)?.has(path) === true) {
    return `“${stateTitle(here)}” has just left it empty`;
  }
  while (here !== undefined && !visited.has(here.id)) {
    visited.add(here.id);
    const step = stepBack(path, here, visited, chart, found);
    if (typeof step === 'string') return step;
    here = step;
  }
  return undefined;
}

/** Goes one step back on a way without the path: to a state, or to the words that explain it. */
function stepBack(
  path: string,
  here: State,
  visited: ReadonlySet<string>,
  chart: Statechart,
  found: Findings,
): State | string | undefined {
  const ways = found.entries.waysInto(here.id);
  const empty = ways.filter((way) => !way.filled.has(path));
  const way = empty.find(({ from }) => !visited.has(from)) ?? empty[0];
  if (way === undefined) return undefined;
  const around = chart.states.get(way.from);
  if (around !== undefined && chart.isWithin(here.id, around.id)) return around;
  const source = around && endOf(around, path, chart, found);
  if (source !== undefined && found.here(source)?.has(path) === true) {
    return `“${stateTitle(source)}” left it empty`;
  }
  if (empty.length === ways.length) return source;
  return source === undefined
    ? `the case began with ${way.from}`
    : `the case came from “${stateTitle(source)}”`;
}

/** Of a state with states inside: the end at which the path is empty; else the state itself. */
function endOf(source: State, path: string, chart: Statechart, found: Findings): State {
  if (source.kind !== 'parallel' && source.kind !== 'states') return source;
  const writers = [...found.writesOf(source)]
    .filter(([, written]) => written.some((target) => covers(target, path)))
    .flatMap(([id]) => chart.states.get(id) ?? []);
  const [region = source] = writers;
  const ends = withinState(region).filter((state) => state.kind === 'final');
  return ends.find(({ id }) => found.entries.presentIn(id)?.has(path) === false) ?? source;
}
