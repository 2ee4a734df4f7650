/**
 * A workflow as the reference interpreter reads it: states and rules whose guards and changes are
 * plain functions. The same is written out in the language for the kernel, see `write-workflow.ts`.
 */

import type { Json } from '../../../engine/kernel/json.ts';

/** What a case carries here, by the names of the fields; those of `model-fields.ts`. */
export type ModelData = Readonly<Record<string, Json | undefined>>;

/** How one item of repeated work ended; one that failed has no outcome. */
export interface ModelResult {
  readonly index: number;
  readonly outcome?: string;
}

/** What a guard may ask about: the data, what has just ended, and where the case is. */
export interface Asked {
  readonly data: ModelData;
  readonly results: readonly ModelResult[];
  /** By region, of a parallel whose regions have joined. */
  readonly outcomes: ReadonlyMap<string, string>;
  readonly isIn: (id: string) => boolean;
  readonly hasFinished: (id: string) => boolean;
}

/** A guard as an author writes it, and what it means. */
export interface Guard {
  readonly text: string;
  readonly holds: (asked: Asked) => boolean;
}

/** A `set` as an author writes it, and what it means. */
export interface Change {
  readonly text: Readonly<Record<string, string>>;
  readonly apply: (data: ModelData) => ModelData;
}

/** What `entry`, `exit` and a rule do: they change data, and then send the mail that shows them. */
export interface Doing {
  readonly set?: Change;
  /** The mail of these fields. */
  readonly sends?: number;
  /** A signal to the regions beside. */
  readonly emits?: string;
}

/** A decision table as an author writes it, what is saved of it, and what that means. */
export interface ModelDecision {
  readonly name: string;
  readonly table: Readonly<Record<string, unknown>>;
  readonly save: Readonly<Record<string, string>>;
  readonly apply: (data: ModelData) => ModelData;
}

/** A target as an author writes it, and the id that it means. */
export interface ModelTarget {
  readonly text: string;
  readonly id: string;
  readonly history?: 'shallow' | 'deep';
}

export interface ModelRule extends Doing {
  /** Without one the case stays. */
  readonly to?: ModelTarget;
  readonly when?: Guard;
  /** What is taken back, as it is written, and the id of the state that it means: `''` for all. */
  readonly undo?: { readonly text: string; readonly id: string };
  readonly reenter: boolean;
  /** One more item for a state that goes through a list. */
  readonly add?: number;
}

export type ModelTiming =
  | { readonly kind: 'span'; readonly days: number }
  /** So many working hours. */
  | { readonly kind: 'business'; readonly hours: number }
  | { readonly kind: 'every'; readonly hours: number; readonly atMost?: number }
  /** So many hours after the state was entered, as the data say. */
  | { readonly kind: 'in'; readonly text: string; readonly hours: (data: ModelData) => number }
  /** At an instant (epoch milliseconds), or none while it is empty. */
  | {
      readonly kind: 'at';
      readonly text: string;
      readonly instant: (data: ModelData, entered: number) => number | undefined;
    };

export interface ModelTimer {
  readonly timing: ModelTiming;
  /** The states in which it stands still, as they are written and by their ids. */
  readonly pauseWhile: readonly { readonly text: string; readonly id: string }[];
  readonly rules: readonly ModelRule[];
}

export interface ModelForEach {
  /** `field` is where one more item is kept; without it the list is made by a formula. */
  readonly in: {
    readonly text: string;
    readonly size: (data: ModelData) => number;
    readonly field?: string;
  };
  readonly isSequence: boolean;
  readonly atMost?: number;
  readonly until?: Guard;
  readonly rest: 'cancel' | 'finish';
  readonly onItemFailed: 'incident' | 'skip' | 'fail';
}

/** A message that is heard under `on`; while its key is empty it is not. */
export interface ModelHearing {
  readonly match: string;
  readonly key: (data: ModelData) => string | undefined;
  readonly rules: readonly ModelRule[];
}

export interface ModelButton {
  readonly name: string;
  readonly rules: readonly ModelRule[];
}

export type ModelKind =
  'plain' | 'task' | 'ask' | 'call' | 'run' | 'wait' | 'decide' | 'final' | 'states' | 'parallel';

/** What a state does when something happens. */
export interface ModelRules {
  readonly entry?: Doing;
  readonly exit?: Doing;
  /** By outcome: of a person's work, of a child case, or of what lies inside. */
  readonly on: Readonly<Record<string, readonly ModelRule[]>>;
  readonly done: readonly ModelRule[];
  readonly failed: readonly ModelRule[];
  readonly next: readonly ModelRule[];
  readonly after: readonly ModelTimer[];
  readonly buttons: readonly ModelButton[];
  readonly hears: readonly ModelHearing[];
  /** By signal of the regions beside. */
  readonly signals: Readonly<Record<string, readonly ModelRule[]>>;
}

export interface ModelState extends ModelRules {
  /** Names joined from the root; the root itself is `''`. */
  readonly id: string;
  readonly name: string;
  readonly kind: ModelKind;
  /** Of a group the first is the one that it begins in; of a parallel they are its regions. */
  readonly children: readonly ModelState[];
  /** The fields that its own work reads and writes: nothing else that runs at once has them. */
  readonly fields: number;
  /** Of a final state; empty for `final: true`. */
  readonly outcome: string;
  /**
   * Its work can be taken back, with what was taken, or with what is in `other` when it is complete; the
   * root is the case as a whole.
   */
  readonly undo?: 'taken' | 'other';
  readonly decision?: ModelDecision;
  /** Of a parallel: so many of its regions are waited for. */
  readonly join: number;
  /** Of a region: it is left out where this does not hold. */
  readonly when?: Guard;
  readonly forEach?: ModelForEach;
  /** Of a call or a run: it also counts the items that have ended. */
  readonly countsItems: boolean;
}
