import { fieldsOf, firstData, sumsMail } from './model-fields.ts';
import type { Asked, Change, Doing, ModelData, ModelState, ModelTarget } from './model-workflow.ts';
import type { ReferenceItems } from './reference-items.ts';
import type { ReferenceTimer } from './reference-timers.ts';

/** How the work of a state, or what lies inside it, has ended. */
export interface Ended {
  readonly how: 'done' | 'failed' | 'inside' | 'joined';
  /** Empty where it has no name. */
  readonly outcome: string;
  /** By region, where regions have joined. */
  readonly outcomes: ReadonlyMap<string, string>;
}

/** A stay in a state that the case is in. */
export interface Stay {
  readonly visit: number;
  readonly ended?: Ended;
  /** A rule has answered that end. */
  readonly answered: boolean;
  /** A region that nobody waits for any more. */
  readonly calledOff: boolean;
  /** Absent until the end of the step that entered the state. */
  readonly timers?: readonly ReferenceTimer[];
  readonly items?: ReferenceItems;
}

/** Work that was done, or that ran when it was left. */
export interface Entry {
  readonly state: string;
  readonly visit: number;
  readonly item?: number;
  /** The how-manieth thing that was done; 0 while it runs. */
  readonly order: number;
  /** With what it is taken back; a child case takes back its own. */
  readonly taken?: string;
}

/** An undo list under way: what is left of it, whether its first is under way, and where it leads. */
export interface UndoList {
  readonly entries: readonly Entry[];
  readonly current?: number;
  /** Absent where the case ends as called off. */
  readonly to?: ModelTarget;
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
  running: readonly Entry[];
  /** The case as a whole has been put on a list: that is done once. */
  wholeTaken: boolean;
  undos: number;
  /** How much was done so far. */
  orders: number;
  /** By region; `''` is the list of the whole case. */
  undoing: Map<string, UndoList>;
  /** Where the case last was in a state that it has left: the innermost states. */
  memory: Map<string, readonly ModelState[]>;
  /** The keys under which messages are heard, and how often they have changed. */
  hearing: { readonly number: number; readonly keys: readonly string[] };
  outcome: string | undefined;
  /** Nothing that people and the clock do is taken until it is resumed. */
  suspended: boolean;
  /** To be taken back in this step, with nobody waiting for it. */
  late: Entry[];
  /** The effects of the step, shortly: `call s1#1`. */
  effects: string[];
  /** The ends, as `s1#1`, that a rule has answered in the step. */
  answered: Set<string>;
  /** Signals that nobody has heard yet in this step, and from where. */
  emitted: { readonly name: string; readonly from: ModelState }[];
  /** A timer that was moved by hand in this step, and when it would have fired. */
  moved: { readonly state: string; readonly index: number; readonly was: number } | undefined;
  /** The wait whose message was taken in this step. */
  heard: { readonly state: string; readonly visit: number } | undefined;
  /** Work was skipped in this step whose state the case has not left. */
  isSkippedInVain: boolean;
  /** Regions that a rule has led into and that were left out: that is seen to in a turn of its own. */
  leftOut: Set<ModelState>;
}

/** A case before its first step, with so many sets of fields. */
export function newCase(sets: number): ReferenceCase {
  return {
    data: firstData(sets),
    active: new Set(),
    stays: new Map(),
    visits: new Map(),
    ledger: [],
    running: [],
    wholeTaken: false,
    undos: 0,
    orders: 0,
    undoing: new Map(),
    memory: new Map(),
    hearing: { number: 0, keys: [] },
    outcome: undefined,
    suspended: false,
    late: [],
    effects: [],
    answered: new Set(),
    moved: undefined,
    heard: undefined,
    isSkippedInVain: false,
    leftOut: new Set(),
    emitted: [],
  };
}

export function copyOf(of: ReferenceCase, active: Iterable<ModelState>): ReferenceCase {
  return {
    ...of,
    active: new Set(active),
    stays: new Map(of.stays),
    visits: new Map(of.visits),
    undoing: new Map(of.undoing),
    memory: new Map(of.memory),
    late: [],
    effects: [],
    answered: new Set(),
    moved: undefined,
    heard: undefined,
    isSkippedInVain: false,
    leftOut: new Set(),
    emitted: [],
  };
}

/** The stay in a state that the case is in. */
export function stayIn(live: ReferenceCase, { id }: ModelState): Stay {
  const stay = live.stays.get(id);
  if (stay === undefined) throw new Error(`The case is not in "${id}".`);
  return stay;
}

export function changeStay(live: ReferenceCase, state: ModelState, change: Partial<Stay>): void {
  live.stays.set(state.id, { ...stayIn(live, state), ...change });
}

/** The same stay before anything in it has ended. */
export function reopen(live: ReferenceCase, state: ModelState): void {
  const { ended, ...rest } = stayIn(live, state);
  if (ended !== undefined) live.stays.set(state.id, { ...rest, answered: false });
}

/** Changes the data; whoever goes through items looks again whether there are enough. */
function set(live: ReferenceCase, change: Change | undefined): void {
  if (change === undefined) return;
  live.data = change.apply(live.data);
  for (const [id, stay] of live.stays) {
    if (stay.items === undefined) continue;
    live.stays.set(id, { ...stay, items: { ...stay.items, changed: true } });
  }
}

/** Changes the data, sends the mail that shows them as they are then, and emits a signal. */
export function act(live: ReferenceCase, from: ModelState, doing: Doing | undefined): void {
  set(live, doing?.set);
  if (doing?.sends !== undefined) live.effects.push(`send ${sums(live, doing.sends)}`);
  if (doing?.emits !== undefined) live.emitted.push({ name: doing.emits, from });
}

/** The mail of a set of fields. */
function sums({ data }: ReferenceCase, set: number): string {
  return `${sumsMail(set)} Now ${String(fieldsOf(data, set).other)}`;
}

/** What a guard of a state's rule may ask about. */
export function askedIn(live: ReferenceCase, state: ModelState): Asked {
  const { ended, items } = live.stays.get(state.id) ?? {};
  return {
    data: live.data,
    results: items?.results ?? [],
    outcomes: ended?.outcomes ?? new Map<string, string>(),
    isIn: (id) => live.stays.get(id)?.calledOff === false,
    hasFinished: (id) => {
      const stay = live.stays.get(id);
      const isOver = stay === undefined || stay.calledOff || stay.ended !== undefined;
      return (live.visits.get(id) ?? 0) > 0 && isOver;
    },
  };
}

/** Takes everything off the books that can be taken back, latest first and the case as a whole last. */
export function takeAll(live: ReferenceCase, root: ModelState): readonly Entry[] {
  const taken = [...live.late, ...live.ledger].sort((a, b) => b.order - a.order);
  live.late = [];
  live.ledger = [];
  if (live.wholeTaken || root.undo === undefined) return taken;
  live.wholeTaken = true;
  return [...taken, ...entriesOf(live, root, { visit: 1 })];
}

type Visited = Pick<Entry, 'visit' | 'item'>;

/** How a visit that is complete, or an item of it, is taken back: latest last. */
export function entriesOf(
  live: ReferenceCase,
  { id, kind, undo, fields }: ModelState,
  { visit, item }: Visited,
  result?: string,
): readonly Entry[] {
  const about = { state: id, visit, ...(item !== undefined && { item }) };
  const own = undo === 'other' ? String(fieldsOf(live.data, fields).other) : result;
  const entries = [
    ...(kind === 'run' ? [about] : []),
    ...(undo !== undefined && own !== undefined ? [{ ...about, taken: own }] : []),
  ];
  return entries.map((entry, index) => ({ ...entry, order: live.orders + index + 1 }));
}

/** A stay, or one of its items, is complete: how it is taken back is kept, once. */
export function complete(
  live: ReferenceCase,
  state: ModelState,
  item?: number,
  result?: string,
): void {
  const visit = live.visits.get(state.id) ?? 0;
  const entries = entriesOf(live, state, { visit, ...(item !== undefined && { item }) }, result);
  if (entries.length === 0) return;
  const others = live.ledger.filter(
    (entry) => entry.state !== state.id || entry.visit !== visit || entry.item !== item,
  );
  live.ledger = [...others, ...entries];
  live.orders += entries.length;
}
