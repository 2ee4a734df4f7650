/**
 * A workflow as the rest of the kernel reads it: every short form of the language written out,
 * every target resolved, every part with the path at which its author wrote it.
 *
 * Glossary. *State id*: names joined from the root, `evaluating/pricing/asking`. *Data path*: a
 * field and what lies below it, `['customer', 'id']`. *Outcome*: the name under which a person's
 * work, a child case or a whole case ended.
 */
import type { Json } from '../json.ts';
import type { Path } from '../problem.ts';
import type { JsonSchema, ValueType } from '../types/value-type.ts';

/** A workflow as it is written: the YAML text and the files beside it, by relative name. */
export interface WorkflowSource {
  readonly name: string;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

/** One text, or one for each language (`{ en: …, de: … }`). */
export type Text = string | Readonly<Record<string, string>>;

/** A formula as written. With `literal`, the value itself was written and `source` repeats it. */
export interface Expression {
  readonly path: Path;
  readonly source: string;
  readonly literal?: Json;
}

export type DataPath = readonly string[];

/** `target: value`, as in `set`, `save` and `with`. */
export interface Assignment {
  readonly path: Path;
  readonly target: DataPath;
  readonly value: Expression;
}

export type DelayUnit =
  | 'seconds'
  | 'minutes'
  | 'hours'
  | 'days'
  | 'weeks'
  | 'months'
  | 'business hours'
  | 'business days';

/** A span as written: `14 days`, `8 business hours`. */
export interface Delay {
  readonly amount: number;
  readonly unit: DelayUnit;
}

/** A message to be sent to the address that an expression gives. */
export interface Send {
  readonly path: Path;
  readonly message: string;
  readonly to: Expression;
}

export interface Actions {
  readonly set: readonly Assignment[];
  readonly send: readonly Send[];
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

export interface Undo {
  readonly path: Path;
  readonly operation: string;
  readonly with: readonly Assignment[];
}

export interface CallWork extends Repeatable {
  readonly kind: 'call';
  readonly operation: string;
  readonly with: readonly Assignment[];
  readonly undo?: Undo;
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

export type Work = TaskWork | AskWork | CallWork | RunWork | WaitWork | DecideWork;

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
}

/** How a state is entered, left and what it answers to while a case is in it. */
export interface StateRules {
  readonly entry: Actions;
  readonly exit: Actions;
  readonly on: readonly EventHandler[];
  readonly buttons: readonly Button[];
  readonly hears: readonly MessageHandler[];
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

/** One field of what a case carries. */
export interface DataField {
  readonly path: Path;
  readonly name: string;
  readonly title?: Text;
  /** A draft's type: everything inside an object of a locked type may be empty. */
  readonly type: ValueType;
  /** The schema of one whole value. */
  readonly schema: JsonSchema;
  readonly default?: Json;
}

/** Who may use a start or see a form. */
export type Audience =
  | { readonly kind: 'public' }
  | { readonly kind: 'customer' }
  | { readonly kind: 'role'; readonly role: string };

/** Who may press a button; `starter` is whoever began the case, `api` a program with a token. */
export type Presser = Audience | { readonly kind: 'starter' } | { readonly kind: 'api' };

export type Start = {
  readonly path: Path;
  readonly name: string;
  readonly set: readonly Assignment[];
} & (
  | { readonly kind: 'form'; readonly form: string; readonly audience: Audience }
  /** The data fields that a calling workflow must give. */
  | { readonly kind: 'run'; readonly fields: readonly string[] }
  /** The data fields that a program must give, by the API. */
  | { readonly kind: 'api'; readonly fields: readonly string[] }
);

/** A field asked for: of the case's data, or of the form alone (`form.NAME` in its outcomes). */
export interface FormField {
  readonly path: Path;
  readonly scope: 'data' | 'form';
  readonly target: DataPath;
  /** Where a field of a `forEach`'s item is kept in the case's data; `[]` stands for the item. */
  readonly kept?: DataPath;
  /** The schema of a form's own field; a data field takes its type's. */
  readonly own?: { readonly type: ValueType; readonly schema: JsonSchema };
  readonly required: boolean;
  readonly title?: Text;
  readonly hint?: Text;
  readonly widget?: string;
  /** For a list of objects: the fields of an item that are asked for. */
  readonly columns?: readonly string[];
  readonly when?: Expression;
}

export interface FormPage {
  readonly path: Path;
  readonly title?: Text;
  readonly fields: readonly FormField[];
}

export interface FormRule {
  readonly path: Path;
  readonly must: Expression;
  readonly say: Text;
  readonly at?: DataPath;
}

/** The item of the states that repeat a form, under the name that they give it. */
export interface FormItem extends DataField {
  /** The list of the case's data that it lies in, where it lies in one. */
  readonly list?: DataPath;
}

export interface Form {
  readonly path: Path;
  readonly name: string;
  readonly title: Text;
  readonly show: readonly { readonly path: Path; readonly target: DataPath }[];
  /** The items that it is filled for, where a `forEach` repeats it: fields like those of the data. */
  readonly items: readonly FormItem[];
  readonly pages: readonly FormPage[];
  /** Buttons by outcome; empty where the state's `on` names them. */
  readonly outcomes: readonly { readonly name: string; readonly title: Text }[];
  readonly rules: readonly FormRule[];
  readonly summary: boolean;
  readonly saveAndReturn?: Delay;
}

export interface DecisionRule {
  readonly path: Path;
  /** One cell an input, in the order of the inputs; `-` accepts everything. */
  readonly cells: readonly string[];
  /** One literal an output, in the order of the outputs. */
  readonly results: readonly Json[];
}

/** What `collect` makes of one output of all rules that hold, in place of their list. */
export type Aggregate =
  { readonly kind: 'count' } | { readonly kind: 'sum' | 'min' | 'max'; readonly output: string };

/** How the rules that hold become one result. */
export type HitPolicy =
  | { readonly kind: 'first' | 'unique' | 'any' | 'priority' }
  | { readonly kind: 'collect'; readonly aggregate?: Aggregate };

export interface Decision {
  readonly path: Path;
  readonly name: string;
  readonly hit: HitPolicy;
  readonly inputs: readonly { readonly name: string; readonly value: Expression }[];
  readonly outputs: readonly {
    readonly path: Path;
    readonly name: string;
    readonly type: ValueType;
    readonly schema: JsonSchema;
  }[];
  readonly rules: readonly DecisionRule[];
  /** What comes out where no rule holds: one literal an output, in their order. */
  readonly fallback?: { readonly path: Path; readonly results: readonly Json[] };
}

/** What a mail says. `body` is the text of the file that the author named. */
export interface MessageText {
  readonly path: Path;
  readonly name: string;
  readonly subject: Text;
  readonly bodyFile: string;
  readonly body: string;
}

export interface Workflow {
  readonly name: string;
  readonly title: Text;
  readonly team: string;
  /** The release line of the core that it is written for. */
  readonly core: number;
  /** What people call a case; `{year}` and `{number}` are filled in. */
  readonly reference: string;
  readonly data: readonly DataField[];
  readonly starts: readonly Start[];
  readonly forms: readonly Form[];
  readonly decisions: readonly Decision[];
  readonly messages: readonly MessageText[];
  /** The whole statechart: a state of kind `states` with the id `''`. */
  readonly root: StateOf<'states'>;
}
