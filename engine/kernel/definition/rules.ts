import type { Path } from '../problem.ts';
import type { Presser } from './people.ts';
import type { Assignment, Delay, Expression, Text } from './values.ts';

/** Whom a mail goes to: the address that an expression gives, or everybody who has a role. */
export type Recipient =
  | { readonly kind: 'address'; readonly address: Expression }
  | { readonly kind: 'role'; readonly path: Path; readonly role: string };

/** A message to be sent. */
export interface Send {
  readonly path: Path;
  readonly message: string;
  readonly to: Recipient;
}

export interface Actions {
  readonly set: readonly Assignment[];
  readonly send: readonly Send[];
  /** A signal that the case's other regions hear in the same step. */
  readonly emit?: string;
}

/** One rule of `done`, `failed`, `next`, `on` or `after`. Without `to` the case stays. */
export interface Transition extends Actions {
  readonly path: Path;
  /** One more item for the state's `forEach`. */
  readonly add?: Expression;
  /** A state id. */
  readonly to?: string;
  /** The target is entered where the case last was in it: among its children, or all the way in. */
  readonly history?: 'shallow' | 'deep';
  /** A target inside the rule's own state leaves that state, and enters it anew. */
  readonly reenter?: true;
  readonly when?: Expression;
  /** The state whose completed work is taken back before the target is entered; `''` for all. */
  readonly undo?: string;
}

/** `on: { NAME: … }`: an outcome of the state's own work, or of what ended inside it. */
export interface EventHandler {
  readonly path: Path;
  readonly event: string;
  readonly rules: readonly Transition[];
}

/** `on: { withdraw: { by: … } }`: somebody may press it while the case is in the state. */
export interface Button {
  readonly path: Path;
  readonly name: string;
  readonly by: Presser;
  /** What it says. (Default: its name as words) */
  readonly title?: Text;
  /** What is asked for when it is pressed. */
  readonly form?: string;
  readonly rules: readonly Transition[];
}

/** `on: { oms.orderRejected: { match: … } }`: heard while the case is in the state. */
export interface MessageHandler {
  readonly path: Path;
  readonly message: string;
  /** The key by which the message is this case's; while it is empty, nothing is heard. */
  readonly match: Expression;
  readonly rules: readonly Transition[];
}

/** `on: { packed: … }`: another region of the case emits it while the case is in the state. */
export interface SignalHandler {
  readonly path: Path;
  readonly signal: string;
  readonly rules: readonly Transition[];
}

/** When a timer fires. Spans are counted from the moment at which its state was entered. */
export type Timing =
  | { readonly kind: 'span'; readonly span: Delay }
  /** After the duration that the expression gives. */
  | { readonly kind: 'in'; readonly value: Expression }
  /** At the date or date-time that the expression gives. */
  | { readonly kind: 'at'; readonly value: Expression }
  /** Again and again, `atMost` times. (Default: for as long as the case is in the state) */
  | { readonly kind: 'every'; readonly span: Delay; readonly atMost?: number };

/** One entry of `after`; the index in the state's list names the timer. */
export interface Timer {
  readonly path: Path;
  readonly timing: Timing;
  /** The core's calendar in whose working time it is counted. */
  readonly calendar?: string;
  /** The ids of the states in which it stands still. */
  readonly pauseWhile: readonly string[];
  readonly rules: readonly Transition[];
}
