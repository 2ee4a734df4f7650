import type { Path } from '../problem.ts';
import type { Limit } from './limit.ts';
import type {
  Actions,
  Button,
  EventHandler,
  MessageHandler,
  SignalHandler,
  Timer,
  Transition,
} from './rules.ts';
import type { Expression, Text } from './values.ts';
import type { Undo, Work } from './work.ts';

interface StateBase extends StateRules {
  /** Names joined from the root; the root itself is `''`. */
  readonly id: string;
  readonly name: string;
  readonly path: Path;
  readonly title?: Text;
  readonly description?: Text;
  /** Shown to the customer as a step that was reached. */
  readonly milestone?: Text;
  /** Of a region alone: it is left out where this does not hold when it would begin. */
  readonly when?: Expression;
  /** A case waits here for its turn before anything of the state begins. */
  readonly limit?: Limit;
  /** Takes back what was done here, once it is completed; of the root, the case as a whole. */
  readonly undo?: Undo;
}

/** How a state is entered, left and what it answers to while a case is in it. */
export interface StateRules {
  readonly entry: Actions;
  readonly exit: Actions;
  readonly on: readonly EventHandler[];
  readonly buttons: readonly Button[];
  readonly hears: readonly MessageHandler[];
  readonly signals: readonly SignalHandler[];
  readonly after: readonly Timer[];
  readonly next: readonly Transition[];
  readonly done: readonly Transition[];
  readonly failed: readonly Transition[];
}

export type State = StateBase &
  (
    | Work
    | { readonly kind: 'plain' }
    /** `outcome` is absent for `final: true`. */
    | { readonly kind: 'final'; readonly outcome?: string }
    | {
        readonly kind: 'states';
        /** A state id. */ readonly initial: string;
        readonly children: readonly State[];
      }
    /** Each child is a region of kind `states`. A region that was one piece of work is written out as such. */
    | {
        readonly kind: 'parallel';
        readonly children: readonly State[];
        /** How many regions have to finish; those that are under way then are called off. */
        readonly join: number;
      }
  );

export type StateOf<K extends State['kind']> = Extract<State, { readonly kind: K }>;
