import type { State } from '../definition/state.ts';
import type { Statechart } from './statechart.ts';

/** What taking a rule from a source to a target leaves and enters. */
export interface Move {
  /** The innermost state that is neither left nor entered. */
  readonly domain: State;
  /** From the source outward; empty when the target lies inside the source. */
  readonly left: readonly State[];
  /** From the domain inward, the target last. */
  readonly entered: readonly State[];
}

/**
 * Works out a move. A target that is the source, or lies around it, is left and entered anew; so is
 * the source of a rule that says so, for a target inside.
 */
export function moveOf(chart: Statechart, source: State, target: State, reenter?: true): Move {
  const around = [source, ...chart.ancestorsOf(source.id)];
  const domain =
    around.find(
      (state) =>
        state.id !== target.id &&
        chart.isWithin(target.id, state.id) &&
        !(reenter === true && state === source),
    ) ?? source;
  const above = chart.ancestorsOf(target.id);
  return {
    domain,
    left: around.slice(0, around.indexOf(domain)),
    entered: [target, ...above.slice(0, above.indexOf(domain))].reverse(),
  };
}
