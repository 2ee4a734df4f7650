import type { Actor } from './effects.ts';
import type { JsonObject } from './json.ts';

/** The format of a stored snapshot. A host rebuilds what it does not know by folding the history. */
export const SNAPSHOT_FORMAT = 2;

/** The whole of a running case as the kernel keeps it between steps: plain JSON. */
export interface CaseState {
  readonly format: typeof SNAPSHOT_FORMAT;
  readonly xstate: string;
  /** The machine's own persisted snapshot; its context is empty. */
  readonly machine: JsonObject;
  /** All that the case knows beside the states it is in. */
  readonly context: JsonObject;
}

/** What identifies a case from its first step on. */
export interface CaseIdentity {
  readonly id: string;
  /** What people call it, e.g. `Q-2027-17`. */
  readonly reference: string;
  readonly starter: Actor;
}

/**
 * `active`, `undoing` (on its way to a state through its undo list), `suspended` (nothing of it
 * begins until it is resumed) or `finished`.
 */
export type CaseStatus = 'active' | 'undoing' | 'suspended' | 'finished';
