import type { Path } from '../problem.ts';
import type { JsonSchema, ValueType } from '../types/value-type.ts';
import type { RetryPolicy } from '../values/retry-policy.ts';
import type { Assign, Escalation } from './people.ts';
import type { Assignment, DataPath, Delay, Expression, Text } from './values.ts';

/** Repeats a state's work, once for each item of a list. */
export interface ForEach {
  readonly path: Path;
  /** The name of the item in the expressions of the state. */
  readonly item: string;
  readonly in: Expression;
  /** The list, where `in` names one of the case's data: what an item writes is kept there. */
  readonly list?: DataPath;
  /** What an item is. */
  readonly type: ValueType;
  readonly schema: JsonSchema;
  /** How many are under way at once (Default: all). */
  readonly atMost?: number;
  /** Ends the repetition early. */
  readonly until?: Expression;
  /** What becomes of the items under way once `until` holds. */
  readonly rest: 'cancel' | 'finish';
  readonly onItemFailed: 'incident' | 'skip' | 'fail';
}

/** Work that `forEach` can repeat. */
interface Repeatable {
  readonly forEach?: ForEach;
  /** Read when the work, or one item of it, has ended. */
  readonly save: readonly Assignment[];
}

export interface TaskWork extends Repeatable {
  readonly kind: 'task';
  /** What the person reads; the state's own title is what the house calls the step. */
  readonly taskTitle?: Text;
  readonly assign: Assign;
  readonly form: string;
  readonly due?: Delay;
  readonly escalate: readonly Escalation[];
  /** `starter`, or ids of states whose completers are excluded. */
  readonly notBy: readonly string[];
}

export interface AskWork extends Repeatable {
  readonly kind: 'ask';
  readonly form: string;
  readonly to: Expression;
  readonly message: string;
}

/** How what a state did is taken back: by an operation, or by a case of a workflow. */
export type Undo = {
  readonly path: Path;
  readonly with: readonly Assignment[];
} & (
  | { readonly kind: 'call'; readonly operation: string }
  | { readonly kind: 'run'; readonly workflow: string }
);

export interface CallWork extends Repeatable {
  readonly kind: 'call';
  readonly operation: string;
  readonly with: readonly Assignment[];
  /** How much less than the connector's policy allows it is tried. */
  readonly retry?: Partial<RetryPolicy>;
}

export interface RunWork extends Repeatable {
  readonly kind: 'run';
  /** `core/NAME` for a core process, else a published workflow's name. */
  readonly workflow: string;
  readonly with: readonly Assignment[];
}

export interface WaitWork {
  readonly kind: 'wait';
  readonly messages: readonly string[];
  readonly match: Expression;
  readonly keep: Delay;
  readonly save: readonly Assignment[];
}

export interface DecideWork {
  readonly kind: 'decide';
  readonly decision: string;
  readonly save: readonly Assignment[];
}

/** The list for each of whose items a case begins. */
export interface EachItem {
  readonly path: Path;
  /** The name of the item in `with`. */
  readonly item: string;
  readonly in: Expression;
  /** The list, where `in` names one of the case's data. */
  readonly list?: DataPath;
  /** What an item is. */
  readonly type: ValueType;
}

/** Cases begin that this one neither waits for nor calls off. */
export interface StartWork {
  readonly kind: 'start';
  readonly workflow: string;
  readonly with: readonly Assignment[];
  /** (Default: one case begins) */
  readonly each?: EachItem;
}

export type Work = TaskWork | AskWork | CallWork | RunWork | WaitWork | DecideWork | StartWork;
