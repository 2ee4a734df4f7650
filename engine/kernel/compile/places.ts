import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode } from 'xstate';
import type { Json, JsonObject } from '../json.ts';
import type { MachineScope } from './machine-scope.ts';
import { ASIDE, CANCELLED_STATE, QUEUED, UNDOING } from './names.ts';

/** The most places of a workflow that are kept; a parallel of many states has more than a host needs. */
const MOST_PLACES = 1_000;

/** Where in its workflow a case is, and has been where that is remembered. It carries no context. */
export interface Place {
  readonly snapshot: AnyMachineSnapshot;
  /** What is stored of it. */
  readonly stored: JsonObject;
  /** The ids of the innermost states; none while the case is undone, or was called off. */
  readonly states: readonly string[];
}

/** The places that cases of one workflow were in lately: all that are in the same place share it. */
export class Places {
  readonly #machine: AnyStateMachine;
  readonly #scope: MachineScope;
  readonly #reached = new Map<string, Place>();
  readonly #stored = new Map<string, Place>();

  constructor(machine: AnyStateMachine, scope: MachineScope) {
    this.#machine = machine;
    this.#scope = scope;
  }

  /** The place to which the machine has come. */
  reached(snapshot: AnyMachineSnapshot): Place {
    const key = keyOf(snapshot);
    return this.#reached.get(key) ?? keep(this.#reached, key, this.#placeOf(snapshot));
  }

  /** The place that was stored. */
  stored(stored: JsonObject): Place {
    const key = JSON.stringify(stored);
    const known = this.#stored.get(key);
    if (known !== undefined) return known;
    const { actorScope } = this.#scope;
    const snapshot = this.#machine.restoreSnapshot(stored as never, actorScope);
    return keep(this.#stored, key, this.reached(snapshot as AnyMachineSnapshot));
  }

  /**
   * XState lists the states of a case as they were entered, and asks their rules in that order; a
   * case that is read back has forgotten it, so the order of the text holds for both.
   */
  #placeOf(snapshot: AnyMachineSnapshot): Place {
    snapshot._nodes.sort((one, other) => one.order - other.order);
    const { historyValue, ...rest } = this.#machine.getPersistedSnapshot(
      snapshot,
    ) as unknown as StoredPlace;
    const value = inTextOrder(snapshot.value as StateValue, this.#machine.root);
    const stored = { ...rest, value, historyValue: inHistoryOrder(historyValue) };
    const states = innermost(value, '').filter((id) => id !== UNDOING && id !== CANCELLED_STATE);
    return { snapshot, stored, states };
  }
}

function keep(places: Map<string, Place>, key: string, place: Place): Place {
  if (places.size >= MOST_PLACES) places.clear();
  places.set(key, place);
  return place;
}

/** Says where a snapshot is, the same for the same place. */
function keyOf({ status, _nodes: nodes, historyValue }: AnyMachineSnapshot): string {
  const places = nodes.map(({ order }) => order).sort((one, other) => one - other);
  let key = `${status} ${places.join()}`;
  for (const id of Object.keys(historyValue).sort()) {
    const remembered = (historyValue[id] ?? []).map(({ order }) => order);
    key += ` ${id} ${remembered.sort((one, other) => one - other).join()}`;
  }
  return key;
}

type StoredPlace = JsonObject & { readonly historyValue: Remembered };
type Remembered = Readonly<Record<string, readonly { readonly id: string }[]>>;

function inHistoryOrder(remembered: Remembered): JsonObject {
  const sorted = Object.keys(remembered)
    .sort()
    .map((id): [string, Json] => [
      id,
      [...(remembered[id] ?? [])].sort((one, other) => one.id.localeCompare(other.id)),
    ]);
  return Object.fromEntries(sorted);
}

type StateValue = string | { readonly [name: string]: StateValue };

function inTextOrder(value: StateValue, { states }: AnyStateNode): StateValue {
  if (typeof value === 'string') return value;
  const active = Object.entries(states).flatMap(([name, node]): [string, StateValue][] => {
    const inner = value[name];
    return inner === undefined ? [] : [[name, inTextOrder(inner, node)]];
  });
  return Object.fromEntries(active);
}

function innermost(value: StateValue, prefix: string): readonly string[] {
  const idOf = (name: string): string => (prefix === '' ? name : `${prefix}/${name}`);
  if (value === QUEUED) return [prefix];
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
