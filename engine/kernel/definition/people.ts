import type { Path } from '../problem.ts';
import type { Delay, Expression } from './values.ts';

/** Those who act from outside: anybody, whoever holds a link, a program with a token. */
export interface Outsiders {
  readonly kind: 'public' | 'customer' | 'api';
}

/** Those whose roles, or who themselves, a formula or the language names. */
export type Named =
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'roles'; readonly roles: Expression }
  /** The email address or the id of an account. */
  | { readonly kind: 'person'; readonly person: Expression };

/** People who work here, as `assign`, `by` and `audience` name them. */
export type People =
  | Named
  | { readonly kind: 'starter' }
  /** Whoever completed the task of this state last. */
  | { readonly kind: 'sameAs'; readonly state: string };

/** Who may use a start, or is meant by a form: nobody has begun a case yet. */
export type Audience = Outsiders | Named;

/** Who may press a button. */
export type Presser = Outsiders | People;

/** Who of those that may do a task gets it: whoever claims it, or whom the engine picks. */
export type PickRule = 'claim' | 'roundRobin' | 'leastLoaded';

/** Whom a task is for. */
export type Assign = { readonly path: Path; readonly pick: PickRule } & People;

export interface Escalation {
  readonly path: Path;
  readonly after: Delay;
  readonly assign: Assign;
}

/** Who may start a case or press a button, worked out; of no roles there is nobody. */
export type Admitted =
  | { readonly kind: 'public' | 'customer' | 'api' | 'starter' }
  | { readonly kind: 'roles'; readonly roles: readonly string[] }
  /** The email address or the id of an account. */
  | { readonly kind: 'person'; readonly person: string };
