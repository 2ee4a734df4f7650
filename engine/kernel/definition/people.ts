import type { Path } from '../problem.ts';
import type { Delay, Expression } from './values.ts';

/** Who may use a start or see a form. */
export type Audience =
  | { readonly kind: 'public' }
  | { readonly kind: 'customer' }
  | { readonly kind: 'role'; readonly role: string };

/** Who may press a button; `starter` is whoever began the case, `api` a program with a token. */
export type Presser = Audience | { readonly kind: 'starter' } | { readonly kind: 'api' };

/** Who of those that may do a task gets it: whoever claims it, or whom the engine picks. */
export type PickRule = 'claim' | 'roundRobin' | 'leastLoaded';

/** Whom a task is for. */
export type Assign = { readonly path: Path; readonly pick: PickRule } & (
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'roles'; readonly roles: Expression }
  /** The email address or the id of an account. */
  | { readonly kind: 'person'; readonly person: Expression }
  | { readonly kind: 'starter' }
  /** Whoever completed the task of this state last. */
  | { readonly kind: 'sameAs'; readonly state: string }
);

export interface Escalation {
  readonly path: Path;
  readonly after: Delay;
  readonly assign: Assign;
}
