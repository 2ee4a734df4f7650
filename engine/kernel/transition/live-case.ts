import type { AnyMachineSnapshot } from 'xstate';
import type { CaseState, CaseStatus } from '../case-state.ts';
import { SNAPSHOT_FORMAT } from '../case-state.ts';
import type { CaseContext } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { ASIDE, CANCELLED_STATE, UNDOING } from '../compile/names.ts';
import { TrellisError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';

/** The version of XState whose snapshots these are. */
export const XSTATE_VERSION = '5.33';

/** A case between two steps, in memory. It is immutable; a step answers a new one. */
export interface LiveCase {
  readonly snapshot: AnyMachineSnapshot;
  readonly context: CaseContext;
}

/**
 * Takes up what the machine has come to. XState lists the states of a case as they were entered, and
 * asks their rules in that order; a case that is read back has forgotten it, so the order of the text
 * holds for both.
 */
export function liveCase(snapshot: AnyMachineSnapshot): LiveCase {
  snapshot._nodes.sort((one, other) => one.order - other.order);
  return { snapshot, context: snapshot.context as CaseContext };
}

/** The same place with another context. */
export function withContext(live: LiveCase, context: CaseContext): LiveCase {
  if (context === live.context) return live;
  const snapshot = Object.assign(
    Object.create(Object.getPrototypeOf(live.snapshot) as object) as AnyMachineSnapshot,
    live.snapshot,
    { context },
  );
  return { snapshot, context };
}

/** A context holds nothing but JSON. */
function asJson(context: CaseContext): JsonObject {
  return context as unknown as JsonObject;
}

const NO_CONTEXT = {} as CaseContext;

/** Turns a case into what is stored: plain JSON. */
export function persist(live: LiveCase, compiled: CompiledWorkflow): CaseState {
  // Without the context, through all of which XState would look for actors.
  const bare = withContext(live, NO_CONTEXT).snapshot;
  const machine = compiled.machine.getPersistedSnapshot(bare) as unknown as JsonObject;
  return {
    format: SNAPSHOT_FORMAT,
    xstate: XSTATE_VERSION,
    machine: inHistoryOrder(machine),
    context: asJson(live.context),
  };
}

/** XState lists what it remembers of a state in the order of entering, which a stored case forgets. */
function inHistoryOrder(machine: JsonObject): JsonObject {
  const { historyValue } = machine as { historyValue?: Remembered };
  if (historyValue === undefined || Object.keys(historyValue).length === 0) return machine;
  const sorted = Object.entries(historyValue).map(([id, nodes]): [string, Json] => [
    id,
    [...nodes].sort((one, other) => one.id.localeCompare(other.id)),
  ]);
  return { ...machine, historyValue: Object.fromEntries(sorted) };
}

type Remembered = Readonly<Record<string, readonly { readonly id: string }[]>>;

/**
 * Brings a stored case back, without running anything.
 * @throws `TrellisError` with code `snapshot-format` for a format that this engine does not know.
 */
export function restore(state: CaseState, compiled: CompiledWorkflow): LiveCase {
  const format: number = state.format;
  if (format !== SNAPSHOT_FORMAT) {
    throw new TrellisError(
      'snapshot-format',
      `The case was stored in format ${format}; this engine knows format ${SNAPSHOT_FORMAT}.`,
    );
  }
  const { actorScope } = compiled.scope;
  const { context } = state;
  const snapshot = compiled.machine.restoreSnapshot(state.machine as never, actorScope);
  return liveCase(Object.assign(snapshot, { context }) as AnyMachineSnapshot);
}

/** The ids of the innermost states that a case is in; none while it is undone, or was called off. */
export function activeStates(live: LiveCase): readonly string[] {
  return innermost(live.snapshot.value as StateValue, '').filter(
    (id) => id !== UNDOING && id !== CANCELLED_STATE,
  );
}

/** How a case stands, as people see it. */
export function statusOf(live: LiveCase): CaseStatus {
  return live.context.suspended === undefined ? progressOf(live) : 'suspended';
}

/** How far a case has come, whether it rests there or not. */
export function progressOf(live: LiveCase): Exclude<CaseStatus, 'suspended'> {
  if (live.context.undoing !== undefined) return 'undoing';
  return live.snapshot.status === 'done' ? 'finished' : 'active';
}

type StateValue = string | { readonly [name: string]: StateValue };

function innermost(value: StateValue, prefix: string): readonly string[] {
  const idOf = (name: string): string => (prefix === '' ? name : `${prefix}/${name}`);
  if (typeof value === 'string') return isHidden(value, prefix) ? [] : [idOf(value)];
  const inside = Object.entries(value).flatMap(([name, inner]) => innermost(inner, idOf(name)));
  // Of a parallel whose regions are all aside, there is nothing further in.
  return inside.length > 0 || !Object.keys(value).some((name) => isAside(value[name]))
    ? inside
    : [prefix];
}

function isHidden(name: string, prefix: string): boolean {
  return name === ASIDE || (name === UNDOING && prefix !== '');
}

function isAside(value: StateValue | undefined): boolean {
  return value === ASIDE || value === UNDOING;
}
