/**
 * What a step asks the world to do. The kernel executes none of it: the runtime stores effects
 * with the step that caused them and carries them out afterwards.
 */
import type { PickRule } from './definition/people.ts';
import type { Json, JsonObject } from './json.ts';
import type { RetryPolicy } from './values/retry-policy.ts';

/**
 * One stay in one state: a state id and how many times the case has entered it so far; where
 * `forEach` repeats the state's work, also which item it is about.
 */
export interface Visit {
  readonly state: string;
  readonly visit: number;
  /** Counted from 0. */
  readonly item?: number;
}

/** The visit alone that something is about. */
export function visitOf({ state, visit, item }: Visit): Visit {
  return { state, visit, ...(item === undefined ? {} : { item }) };
}

/** Tells whether two are about the same visit, and the same item of it. */
export function isSameVisit(a: Visit, b: Visit): boolean {
  return a.state === b.state && a.visit === b.visit && a.item === b.item;
}

/**
 * Who acts, as the history names them. `customer` acts by a signed link, `api` is a program with a
 * token; `system` is the engine.
 */
export interface Actor {
  readonly kind: 'staff' | 'customer' | 'public' | 'api' | 'system';
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

export interface CallEffect extends Visit {
  readonly kind: 'call';
  readonly operation: string;
  readonly input: JsonObject;
  /** How much less than the connector's policy allows it is tried. */
  readonly retry?: Partial<RetryPolicy>;
  /** It has an undo: it goes on after its state was left, and is undone where it succeeds. */
  readonly outlives?: true;
}

/** Takes completed work back. Its answer comes as an `undone` event with the same `entry`. */
export interface UndoEffect {
  readonly kind: 'undo';
  readonly entry: number;
  readonly operation: string;
  readonly input: JsonObject;
}

/** Starts a case that takes completed work back. Its end comes as an `undone` event with the same `entry`. */
export interface UndoRunEffect {
  readonly kind: 'undo-run';
  readonly entry: number;
  readonly workflow: string;
  readonly input: JsonObject;
}

/** Asks a finished child case to undo itself. Its answer comes as an `undone` event. */
export interface UndoChildEffect extends Visit {
  readonly kind: 'undo-child';
  readonly entry: number;
}

/** Whom a task is for, as it stands when it is handed out. Only the runtime knows who exists. */
export type Assignment =
  | {
      readonly kind: 'roles';
      readonly roles: readonly string[];
      readonly pick: PickRule;
      /** They come from a formula: nobody has checked yet that there are any, and that they exist. */
      readonly computed?: true;
    }
  /** One person, by the email address or the id of an account. */
  | { readonly kind: 'person'; readonly person: string };

export interface TaskEffect extends Visit {
  readonly kind: 'task';
  readonly title: string;
  readonly form: string;
  readonly assignment: Assignment;
  /** Epoch milliseconds. */
  readonly due?: number;
  /** Ids of the people who may not complete it. */
  readonly notBy: readonly string[];
}

/** Hands an open task to others. */
export interface ReassignEffect extends Visit {
  readonly kind: 'reassign';
  readonly assignment: Assignment;
}

/** A rendered message. `{{link}}` in an ask's texts is still the placeholder `LINK`. */
export interface Letter {
  readonly message: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A rendered message to one address. */
export interface MailContent extends Letter {
  readonly to: string;
}

/** A form for somebody outside, reached by a signed link in a mail. */
export interface AskEffect extends Visit {
  readonly kind: 'ask';
  readonly title: string;
  readonly form: string;
  readonly mail: MailContent;
}

export interface SendEffect {
  readonly kind: 'send';
  readonly mail: MailContent;
}

/** Mails a message to everybody who has a role; only the runtime knows who that is. */
export interface SendToRoleEffect {
  readonly kind: 'send-to-role';
  readonly role: string;
  readonly mail: Letter;
}

export interface WaitEffect extends Visit {
  readonly kind: 'wait';
  readonly messages: readonly string[];
  readonly key: string;
  /** How long a message that came early is kept, in milliseconds. */
  readonly keep: number;
}

/** One message that a case waits for, by name and key. */
export interface AwaitedMessage {
  readonly message: string;
  readonly key: string;
  /** One that came before (epoch milliseconds) is too old. */
  readonly notBefore: number;
}

/**
 * From now on the case hears these messages under `on`, and no others. What hears them is the case
 * as a whole: a message is addressed to the number of this list.
 */
export interface HearEffect {
  readonly kind: 'hear';
  readonly number: number;
  readonly messages: readonly AwaitedMessage[];
}

/** A wait has the message that it waited for, and the case is still in its state: it hears no more. */
export interface HeardEffect extends Visit {
  readonly kind: 'heard';
}

export interface RunEffect extends Visit {
  readonly kind: 'run';
  readonly workflow: string;
  readonly input: JsonObject;
}

/** Begins a case that this one neither waits for nor calls off. */
export interface StartEffect extends Visit {
  readonly kind: 'start';
  readonly workflow: string;
  readonly input: JsonObject;
}

/** Wakes the case with a `timer` event at `at` (epoch milliseconds), never earlier. */
export interface TimerEffect extends Visit {
  readonly kind: 'timer';
  readonly timer: string;
  readonly at: number;
}

/** A timer fires no more as it was set; its visit goes on. */
export interface StopTimerEffect extends Visit {
  readonly kind: 'stop-timer';
  readonly timer: string;
}

/** The work and timers of a visit, or of one item, are called off: late answers to them are ignored. */
export interface StopEffect extends Visit {
  readonly kind: 'stop';
  /** What is called off; `none` where only timers are. */
  readonly work: 'task' | 'ask' | 'call' | 'run' | 'wait' | 'none';
  /** A child case that is called off ends as things are: nothing of it is taken back. */
  readonly plain?: true;
}

/**
 * A visit takes its place at the end of a queue; one that stands there keeps its place. It is
 * answered by an `admit` event once it is among the first `most` of the queue.
 */
export interface QueueEffect extends Visit {
  readonly kind: 'queue';
  /** The name of the limit and the value of its `by`: the same text for the same queue. */
  readonly queue: string;
  readonly most: number;
}

/** A visit gives its place up, whether its turn had come or not. */
export interface LeaveQueueEffect extends Visit {
  readonly kind: 'leave-queue';
  readonly queue: string;
}

/** The child case of a visit rests with this one, or goes on with it. */
export interface RestChildEffect extends Visit {
  readonly kind: 'rest-child';
  readonly resting: boolean;
  readonly reason: string;
}

/** The case has ended; `data` is what a caller sees of it. */
export interface FinishEffect {
  readonly kind: 'finish';
  readonly outcome: string;
  readonly data: Json;
}

/** This finished child case has undone itself (or says why not, as an incident before). */
export interface ChildUndoneEffect {
  readonly kind: 'child-undone';
  /** The parent's number of the undo entry. */
  readonly entry: number;
}

export type Effect =
  | CallEffect
  | UndoEffect
  | UndoRunEffect
  | UndoChildEffect
  | TaskEffect
  | ReassignEffect
  | AskEffect
  | SendEffect
  | SendToRoleEffect
  | WaitEffect
  | HearEffect
  | HeardEffect
  | RunEffect
  | StartEffect
  | TimerEffect
  | StopTimerEffect
  | StopEffect
  | QueueEffect
  | LeaveQueueEffect
  | RestChildEffect
  | FinishEffect
  | ChildUndoneEffect;

/** Stands in an ask's mail where its link belongs; a private-use character that no text contains. */
export const LINK = '\uE000link\uE001';
