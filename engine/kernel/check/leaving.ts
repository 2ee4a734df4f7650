import type { State } from '../definition/state.ts';
import { placesBefore } from './choices.ts';
import type { Choice } from './choices.ts';
import { covers, meet, union, without } from './filled-fields.ts';
import type { Filled } from './filled-fields.ts';
import type { Known } from './inside-facts.ts';
import { orQueued, presentAfterInside } from './inside-facts.ts';
import { joinRegions } from './regions.ts';
import { childrenOf, withinState } from './statechart.ts';

/** A rule on the point of being taken, and what is present then. */
export interface Leaving {
  readonly choice: Choice;
  readonly filled: Filled;
  /** What only the guards have shown to be present, or a button's form has given. */
  readonly shown: Filled;
  /** What a button's form may have emptied. */
  readonly emptied: Filled;
  /** The state's turn has not come: nothing of it is left, and its `exit` is not carried out. */
  readonly isQueued: boolean;
}

/** What is present once states are left for good: what is inside first, then outward through all of them. */
export function presentAfterLeaving(
  { choice, filled: taken, shown, emptied, isQueued }: Leaving,
  left: readonly State[],
  known: Known,
): Filled | undefined {
  const source = choice.state;
  let filled: Filled | undefined = taken;
  if (childrenOf(source).length > 0 && !isQueued) {
    const inside = presentAfterInside(source, known, placesBefore(choice));
    const kept = inside && without(inside, emptied);
    filled = kept && union(kept, notTouchedByExits(source, shown));
  }
  let inner: State | undefined;
  for (const state of left) {
    if (filled !== undefined && inner !== undefined) {
      filled = besideRegions(state, inner, filled, known);
    }
    if (filled === undefined) return undefined;
    if (state !== source || !isQueued) filled = known.exited(state, filled);
    inner = state;
  }
  return filled;
}

/** What is known when one region leaves, wherever the others are. */
function besideRegions(
  parallel: State,
  leaving: State,
  filled: Filled,
  known: Known,
): Filled | undefined {
  if (parallel.kind !== 'parallel') return filled;
  const facts = new Map([[leaving.id, filled]]);
  for (const region of parallel.children) {
    if (region === leaving) continue;
    const inside = presentAfterInside(region, known, 'anywhere');
    const out = known.leftOut(region);
    // Regions are entered together: what is not known of this one yet will be.
    if (inside === undefined) return undefined;
    const exited = orQueued(region, known.exited(region, inside), known);
    facts.set(region.id, out === undefined ? exited : meet(out, exited));
  }
  return joinRegions(facts, known.writesOf(parallel));
}

function notTouchedByExits(source: State, shown: Filled): Filled {
  const written = withinState(source)
    .flatMap((state) => state.exit.set)
    .map(({ target }) => target.join('.'));
  return new Set([...shown].filter((path) => !written.some((target) => covers(target, path))));
}
