import type { ModelData, ModelState } from './model-workflow.ts';
import { FIRST_DATA } from './model-workflow.ts';

/** A stay in a state that the case is in. */
export interface Stay {
  readonly visit: number;
  /** How its work, or what lies inside, has ended; `outcome` names it where it has a name. */
  readonly ended?: { readonly how: 'done' | 'failed' | 'inside'; readonly outcome: string };
  /** A rule has answered that end. */
  readonly answered: boolean;
  /** Of a parallel: that all its regions have ended was noted. */
  readonly joined: boolean;
  /** Those of its timers that run. */
  readonly timers: readonly number[];
}

export interface Entry {
  readonly state: string;
  readonly visit: number;
  /** What was taken; a child case has none. */
  readonly taken?: string;
}

/** An undo list under way: what is left of it, whether its first is under way, and where it leads. */
export interface UndoList {
  readonly entries: readonly Entry[];
  readonly current?: number;
  /** A state's id; empty where the case ends as called off. */
  readonly to: string;
}

/** All that the reference knows of a case. A step works on a copy, so that a refusal leaves no trace. */
export interface ReferenceCase {
  data: ModelData;
  /** In the order of the text when a step begins; then in that of entering. */
  active: Set<ModelState>;
  stays: Map<string, Stay>;
  visits: Map<string, number>;
  ledger: readonly Entry[];
  /** Calls with an undo, and child cases, that were left while they ran. */
  running: readonly { readonly state: string; readonly visit: number }[];
  undos: number;
  undoing: UndoList | undefined;
  outcome: string | undefined;
  /** The effects of the step, shortly: `call s1#1`. */
  effects: string[];
  /** The ends, as `s1#1`, that a rule has answered in the step. */
  answered: Set<string>;
}

export function newCase(): ReferenceCase {
  return {
    data: FIRST_DATA,
    active: new Set(),
    stays: new Map(),
    visits: new Map(),
    ledger: [],
    running: [],
    undos: 0,
    undoing: undefined,
    outcome: undefined,
    effects: [],
    answered: new Set(),
  };
}

export function copyOf(of: ReferenceCase, active: Iterable<ModelState>): ReferenceCase {
  return {
    ...of,
    active: new Set(active),
    stays: new Map(of.stays),
    visits: new Map(of.visits),
    effects: [],
    answered: new Set(),
  };
}
