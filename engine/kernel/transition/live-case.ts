import type { CaseState, CaseStatus } from '../case-state.ts';
import { SNAPSHOT_FORMAT } from '../case-state.ts';
import type { CaseContext } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { Place } from '../compile/places.ts';
import { TrellisError } from '../errors.ts';
import type { JsonObject } from '../json.ts';

/** The version of XState whose snapshots these are. */
export const XSTATE_VERSION = '5.33';

/** A case between two steps, in memory. It is immutable; a step answers a new one. */
export interface LiveCase {
  readonly place: Place;
  readonly context: CaseContext;
}

/** The same place with another context. */
export function withContext(live: LiveCase, context: CaseContext): LiveCase {
  return context === live.context ? live : { place: live.place, context };
}

/** A context holds nothing but JSON. */
function asJson(context: CaseContext): JsonObject {
  return context as unknown as JsonObject;
}

/** Turns a case into what is stored: plain JSON. */
export function persist({ place, context }: LiveCase): CaseState {
  return {
    format: SNAPSHOT_FORMAT,
    xstate: XSTATE_VERSION,
    machine: place.stored,
    context: asJson(context),
  };
}

/** The versions of XState whose snapshots this one reads as its own. */
const READ_FROM: readonly string[] = [XSTATE_VERSION];

/** Tells whether a stored case can be brought back by {@link restore}; else its history is folded. */
export function knowsFormat({
  format,
  xstate,
}: Pick<CaseState, 'xstate'> & { format: number }): boolean {
  return format === SNAPSHOT_FORMAT && READ_FROM.includes(xstate);
}

/**
 * Brings a stored case back, without running anything.
 * @throws `TrellisError` with code `snapshot-format` for a format that this engine does not know.
 */
export function restore(state: CaseState, compiled: CompiledWorkflow): LiveCase {
  if (!knowsFormat(state)) {
    const { format, xstate } = state;
    throw new TrellisError(
      'snapshot-format',
      `The case was stored in format ${String(format)} by XState ${xstate}; this engine knows format ${SNAPSHOT_FORMAT} by XState ${READ_FROM.join(', ')}.`,
    );
  }
  const place = compiled.places.stored(state.machine);
  return { place, context: state.context as unknown as CaseContext };
}

/** The ids of the innermost states that a case is in; none while it is undone, or was called off. */
export function activeStates({ place }: LiveCase): readonly string[] {
  return place.states;
}

/** How a case stands, as people see it. */
export function statusOf(live: LiveCase): CaseStatus {
  return live.context.suspended === undefined ? progressOf(live) : 'suspended';
}

/** How far a case has come, whether it rests there or not. */
export function progressOf(live: LiveCase): Exclude<CaseStatus, 'suspended'> {
  if (live.context.undoing !== undefined) return 'undoing';
  return live.place.snapshot.status === 'done' ? 'finished' : 'active';
}
