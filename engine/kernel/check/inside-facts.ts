import type { State, StateOf } from '../definition/state.ts';
import type { Where } from './choices.ts';
import type { Filled } from './filled-fields.ts';
import { meet } from './filled-fields.ts';
import type { Writes } from './regions.ts';
import { joinRegions } from './regions.ts';
import { endingsOf } from './outcomes.ts';
import { childrenOf } from './statechart.ts';

/** What the search knows of single states. */
export interface Known {
  /** What is present while a case is in a state that has nothing inside. */
  here(state: State): Filled | undefined;
  /** What is present while a case waits there for its turn: nothing of the state has begun. */
  queued(state: State): Filled | undefined;
  /** What is left of it when the state is left: after its `exit`. */
  exited(state: State, filled: Filled): Filled;
  writesOf(parallel: State): Writes;
  /** What is present where a region was left out. */
  leftOut(region: State): Filled | undefined;
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
  if (state.kind === 'parallel') return regionFacts(state, known, where, leave);
  if (state.kind !== 'states') return known.here(state);
  return childrenOf(state)
    .filter((child) => isThere(child, where))
    .map((child) => factsOf(child, known, 'anywhere', leave))
    .reduce(meetKnown, undefined);
}

function factsOf(state: State, known: Known, where: Where, leave: Leave): Filled | undefined {
  const filled = facts(state, known, where, leave);
  const left = filled && leave(state, filled);
  return where === 'anywhere' ? orQueued(state, left, known) : left;
}

/** What is present once a state is left, whether its turn had come or not. */
export function orQueued<F extends Filled | undefined>(
  state: State,
  filled: F,
  known: Known,
): F | Filled {
  const queued = known.queued(state);
  return queued === undefined || filled === undefined ? filled : meet(queued, filled);
}

/** Where some region must have ended so, it may be any of those that can. */
function regionFacts(
  parallel: StateOf<'parallel'>,
  known: Known,
  where: Where,
  leave: Leave,
): Filled | undefined {
  if (where === 'anywhere' || where.kind === 'each') {
    return joined(parallel, known, () => where, leave);
  }
  const each: Where = { kind: 'each', outcomes: new Set(allEndings(parallel)) };
  return parallel.children
    .filter((region) => [...endingsOf(region)].some((ending) => where.outcomes.has(ending)))
    .map((one) => joined(parallel, known, (region) => (region === one ? where : each), leave))
    .reduce(meetKnown, undefined);
}

function joined(
  parallel: StateOf<'parallel'>,
  known: Known,
  whereIn: (region: State) => Where,
  leave: Leave,
): Filled | undefined {
  const regions = new Map<string, Filled>();
  let missing = parallel.join;
  for (const region of parallel.children) {
    const where = whereIn(region);
    const inside = factsOf(region, known, where, leave);
    const out = known.leftOut(region);
    if (inside !== undefined || out !== undefined) missing -= 1;
    const isSure = where !== 'anywhere' && (where.kind === 'some' || isWaitedFor(parallel));
    const filled = isSure ? inside : meetKnown(inside, calledOff(region, parallel, known, leave));
    const all = where !== 'anywhere' && where.kind === 'some' ? filled : meetKnown(out, filled);
    // Regions are entered together, and join only when enough of them can come to their end.
    if (all === undefined) return undefined;
    regions.set(region.id, all);
  }
  return missing > 0 ? undefined : joinRegions(regions, known.writesOf(parallel));
}

function isWaitedFor({ join, children }: StateOf<'parallel'>): boolean {
  return join === children.length;
}

/** A region that need not finish may be called off wherever the case is in it. */
function calledOff(
  region: State,
  parallel: StateOf<'parallel'>,
  known: Known,
  leave: Leave,
): Filled | undefined {
  if (isWaitedFor(parallel)) return undefined;
  const inside = presentAfterInside(region, known, 'anywhere');
  return orQueued(region, inside && leave(region, inside), known);
}

function meetKnown(all: Filled | undefined, filled: Filled | undefined): Filled | undefined {
  return filled === undefined ? all : meet(all, filled);
}

function allEndings({ children }: StateOf<'parallel'>): readonly (string | undefined)[] {
  return children.flatMap((region) => [...endingsOf(region)]);
}

function isThere(child: State, where: Where): boolean {
  if (where === 'anywhere') return true;
  return child.kind === 'final' && where.outcomes.has(child.outcome);
}
