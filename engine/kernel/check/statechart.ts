import type { State } from '../definition/state.ts';
import type { Timer } from '../definition/rules.ts';
import type { Workflow } from '../definition/workflow.ts';
import { remembered } from '../remembered.ts';

/** The states of a workflow by id, and how they lie inside each other. */
export interface Statechart {
  /** Every state in the order of the text, the root (`''`) first. */
  readonly states: ReadonlyMap<string, State>;
  parentOf(id: string): State | undefined;
  /** The states around this one, innermost first; the root is last. */
  ancestorsOf(id: string): readonly State[];
  /** Tells whether a state is `outer` itself or lies inside it. */
  isWithin(id: string, outer: string): boolean;
  /** Tells whether a timer is sure to fire some day in a case that stays in this state. */
  isSure(timer: Timer, id: string): boolean;
}

/** With `resting`: those timers follow a value that may be empty, and then never fire. */
export function statechartOf(
  workflow: Workflow,
  resting: ReadonlySet<Timer> = new Set(),
): Statechart {
  const states = new Map<string, State>();
  const ancestors = new Map<string, readonly State[]>();
  const add = (state: State, around: readonly State[]): void => {
    states.set(state.id, state);
    ancestors.set(state.id, around);
    for (const child of childrenOf(state)) add(child, [state, ...around]);
  };
  add(workflow.root, []);

  const ancestorsOf = (id: string): readonly State[] => ancestors.get(id) ?? [];
  const isWithin = (id: string, outer: string): boolean =>
    id === outer || ancestorsOf(id).some((state) => state.id === outer);
  return {
    states,
    ancestorsOf,
    parentOf: (id) => ancestorsOf(id)[0],
    isWithin,
    isSure: (timer, id) =>
      !resting.has(timer) && !timer.pauseWhile.some((paused) => isWithin(id, paused)),
  };
}

/** The states directly inside a state. */
export function childrenOf(state: State): readonly State[] {
  return state.kind === 'states' || state.kind === 'parallel' ? state.children : [];
}

/** A state and everything inside it, outermost first. */
export const withinState: (state: State) => readonly State[] = remembered((state: State) => [
  state,
  ...childrenOf(state).flatMap(withinState),
]);

/** The states that are entered first inside a state: its initial one, or every region. */
export function firstInside(state: State): readonly State[] {
  if (state.kind === 'parallel') return state.children;
  if (state.kind !== 'states') return [];
  return state.children.filter((child) => child.id === state.initial);
}
