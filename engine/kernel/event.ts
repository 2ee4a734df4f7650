import type { Actor, Visit } from './effects.ts';
import type { Json, JsonObject } from './json.ts';

export interface WorkError {
  readonly code: string;
  readonly message: string;
}

/**
 * What can happen to a running case. Every event about work carries the visit it answers; one that
 * answers an earlier visit is refused. The history stores events, and a case is the fold of them.
 */
export type CaseEvent =
  /** A task or an ask was completed. `form` holds the posted values: `data` fields and own fields. */
  | (Visit & {
      readonly kind: 'outcome';
      readonly outcome: string;
      readonly form: FormValues;
      readonly actor: Actor;
      /** The work was not done: its form is not asked for, and nobody is excluded. */
      readonly skipped?: true;
    })
  /** A call, or a child case, ended well. */
  | (Visit & { readonly kind: 'done'; readonly result: Json; readonly outcome?: string })
  | (Visit & { readonly kind: 'failed'; readonly error: WorkError })
  /** Somebody pressed a button of a state; who may has been decided. */
  | (Visit & {
      readonly kind: 'press';
      readonly button: string;
      readonly form: FormValues;
      readonly actor: Actor;
    })
  /** A wait has its message; or, at `state: ''`, the case hears one under `on`: then `visit` is the number of the list. */
  | (Visit & { readonly kind: 'message'; readonly name: string; readonly body: JsonObject })
  /** A timer fires; `at` is when it was due (epoch milliseconds), which tells one that was moved. */
  | (Visit & { readonly kind: 'timer'; readonly timer: string; readonly at: number })
  /** The turn of a visit has come that waited in the queue of its state's limit. */
  | (Visit & { readonly kind: 'admit' })
  /** One entry of the undo list was carried out. */
  | {
      readonly kind: 'undone';
      readonly entry: number;
      /** Why a person has skipped it. */
      readonly reason?: string;
    }
  /**
   * The case is called off, by the case that ran it and has left it or by a person: it ends, after
   * what it did was taken back, or `plain` as things are.
   */
  | {
      readonly kind: 'cancel';
      readonly plain?: true;
      readonly reason?: string;
      readonly operation?: string;
    }
  /** Nothing of the case begins any more until it is resumed. */
  | ({ readonly kind: 'suspend' } & Rest)
  | ({ readonly kind: 'resume' } & Rest)
  /** A person changes the case by hand. */
  | ({ readonly kind: 'modify' } & Modification)
  /** The parent of this finished case wants it undone; `entry` is the parent's own number of it. */
  | { readonly kind: 'undo'; readonly entry: number };

/** What somebody changes of one case by hand: what it carries, where it is, or both, in this order. */
export interface Modification {
  readonly reason: string;
  readonly actor: Actor;
  readonly set: readonly FieldChange[];
  readonly work?: WorkChange;
  /** The operation on many cases that the change is part of. */
  readonly operation?: string;
  /** Where a backfill has filled what was empty: `customer.vatNo`, `items.0.label`. */
  readonly filled?: readonly string[];
}

/** A new value for a field of the case's data; `null` empties it. */
export interface FieldChange {
  /** As formulas write it, `quote.netTotal`. */
  readonly field: string;
  readonly value: Json;
}

export type WorkChange =
  /** Leaves the state `from`, in which the case is, and enters the state `to`. */
  | { readonly kind: 'move'; readonly from: string; readonly to: string }
  /** Enters a state anew: a new visit, with its work from the beginning. */
  | { readonly kind: 'repeat'; readonly state: string }
  /** Goes on as if the work of a state had ended like this. */
  | { readonly kind: 'skip'; readonly state: string; readonly as: SkippedEnd }
  /** Lets a running timer of a visit fire at another time (epoch milliseconds). */
  | (Visit & { readonly kind: 'timer'; readonly timer: string; readonly at: number });

/** How work is taken to have ended that nobody did. */
export type SkippedEnd =
  | { readonly kind: 'outcome'; readonly outcome: string }
  | { readonly kind: 'done'; readonly result: Json }
  | { readonly kind: 'failed'; readonly error: WorkError }
  | { readonly kind: 'message'; readonly name: string; readonly body: JsonObject };

/** Why a case rests or goes on again, and whether with the case that ran it. */
interface Rest {
  readonly reason: string;
  readonly withParent?: true;
  /** The operation on many cases that it is part of. */
  readonly operation?: string;
}

/** What a form gave. */
export interface FormValues {
  /** A merge patch (RFC 7386) for the case's data: `null` empties a field, absent ones stay. */
  readonly data: JsonObject;
  /** The form's own fields by name. */
  readonly own: JsonObject;
}
