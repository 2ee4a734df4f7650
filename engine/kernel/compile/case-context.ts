import type { CaseIdentity } from '../case-state.ts';
import type { AwaitedMessage, Visit } from '../effects.ts';
import type { CaseEvent, WorkError } from '../event.ts';
import type { Json, JsonObject } from '../json.ts';
import type { CalendarRules } from '../values/calendar.ts';

/** Work that a case is in: which visit of its state, and how it ended while the case is still there. */
export interface OpenWork {
  readonly visit: number;
  readonly ended?: Ended;
  /** Its timers that may still fire; absent until the end of the step that entered the state. */
  readonly timers?: readonly RunningTimer[];
  /** The items of its `forEach`. */
  readonly items?: Items;
  /** The queue of its state's limit, in which it has a place until it is left. */
  readonly queue?: string;
  /** Its turn has not come: nothing of the state has begun. */
  readonly waiting?: true;
  /** The state was left in this step; the entry is dropped when the step is over. */
  readonly left?: true;
  /** A region that was under way when enough others had finished: nothing goes on in it. */
  readonly calledOff?: true;
}

/** A timer of one visit. Instants are epoch milliseconds, spans milliseconds of what it counts. */
export interface RunningTimer {
  readonly name: string;
  /** Since when it counts: its visit began, or its turns began anew. */
  readonly begun: number;
  /** When it fires; absent while it stands still, or rests because what it follows is empty. */
  readonly at?: number;
  /** What it follows, as it was read last. */
  readonly value?: Json;
  /** Which turn since `begun` comes next. (Default: 1) */
  readonly turn?: number;
  /** How often it has fired. (Default: 0) */
  readonly fired?: number;
  /** It was due while the case was being undone, and fires when that is over. */
  readonly missed?: true;
  /** It stands still. */
  readonly paused?: Paused;
  /** It stood still before: since when it counts again, and how much had passed by then. */
  readonly resumed?: { readonly since: number; readonly ran: number };
}

/** A timer that stands still: how much of its span has passed, and how much is left. */
export interface Paused {
  readonly ran: number;
  /** Absent while what it follows is empty. */
  readonly left?: number;
}

/** How far the items of a `forEach` are. They begin in the order of their list. */
export interface Items {
  readonly count: number;
  /** The items themselves, where no list of the case's data holds them. */
  readonly values?: readonly Json[];
  readonly begun: number;
  /** Those under way, by their number. */
  readonly open: readonly number[];
  /** The escalations of those under way; absent where there are none. */
  readonly timers?: readonly ItemTimer[];
  /** Those that have ended, in the order of the list. */
  readonly results: readonly ItemResult[];
  /** Something has happened since `until` was read. */
  readonly changed?: true;
  /** `until` held: no more of them begin. */
  readonly enough?: true;
  /** The failure of an item that makes the whole state fail. */
  readonly failure?: WorkError;
}

/** An escalation of one item, which fires at `at` (epoch milliseconds). */
export interface ItemTimer {
  readonly item: number;
  readonly name: string;
  readonly at: number;
}

/** What an item came to; one that failed and was skipped has its number alone. */
export interface ItemResult {
  readonly index: number;
  readonly outcome?: string;
  /** The form's own fields. */
  readonly form?: JsonObject;
  readonly result?: Json;
  readonly by?: JsonObject;
}

/** What a state's rules may name once its work has ended. */
export interface Ended {
  readonly kind: 'done' | 'failed' | 'inside' | 'joined';
  readonly names: Readonly<Record<string, Json>>;
  /** A rule has answered this end already; no other does. */
  readonly answered?: true;
  /** What lies inside has begun anew since; the entry is dropped when the step is over. */
  readonly over?: true;
}

/** Completed work that can be taken back; latest last. */
export type LedgerEntry = Visit & {
  /** Where it stands among all that is still to be taken back: the highest was completed last. */
  readonly order: number;
} & (
    | { readonly kind: 'call'; readonly operation: string; readonly input: JsonObject }
    /** A case of the workflow takes it back. */
    | { readonly kind: 'run'; readonly workflow: string; readonly input: JsonObject }
    | { readonly kind: 'child' }
  );

/** An undo list under way. */
export interface Undoing {
  /** Still to take back, latest first. The first is under way once `current` is set. */
  readonly entries: readonly LedgerEntry[];
  /** The number of the undo effect that is awaited. */
  readonly current?: number;
  /** Where it leads: to a state, or to the parent's undo list that waits for it. */
  readonly then: { readonly state: string } | { readonly parentEntry: number };
}

/** Why nothing of a case begins at present. */
export interface Suspension {
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** The case that ran it was suspended; it goes on with that one. */
  readonly withParent?: true;
}

/** The context of a case's machine: all that a case knows beside the states it is in. */
export interface CaseContext {
  readonly identity: CaseIdentity;
  readonly data: JsonObject;
  /** How many times each state was entered. */
  readonly visits: Readonly<Record<string, number>>;
  readonly open: Readonly<Record<string, OpenWork>>;
  /** Ids of the people who completed the work of a state, each once, the latest last; for `notBy`. */
  readonly completedBy: Readonly<Record<string, readonly string[]>>;
  readonly ledger: readonly LedgerEntry[];
  /** Calls with an undo, and child cases, that were left while they ran. */
  readonly running: readonly Visit[];
  /** Calls that turned out to have succeeded after they were left; taken back in this very step. */
  readonly late?: readonly LedgerEntry[];
  /** The case as a whole was put on an undo list: that is done once. */
  readonly wholeTaken?: true;
  /** How many undo effects the case has had; numbers them. */
  readonly undos: number;
  /** Emptied when the list is carried out: XState can change a part of the context, not remove it. */
  readonly undoing?: Undoing | undefined;
  /** Undo lists of single regions, beside which the others go on, by the id of the region. */
  readonly undoingIn?: Readonly<Record<string, Undoing>>;
  readonly suspended?: Suspension;
  /** What the case hears under `on`; absent before it ever heard anything. */
  readonly hearing?: Listening;
  readonly outcome?: string;
}

/** The messages that a case hears; each change of them has a number of its own. */
export interface Listening {
  readonly number: number;
  readonly messages: readonly AwaitedMessage[];
}

/** When and where a step happens: everything that an expression may read beside the case. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
  readonly calendar: CalendarRules;
}

/** A moment with the event that the step answers; a start has none. */
export interface StepMoment extends Moment {
  readonly event?: CaseEvent;
}
