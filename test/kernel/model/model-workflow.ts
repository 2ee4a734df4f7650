/**
 * A workflow as the reference interpreter reads it: states and rules whose guards and changes are
 * plain functions. The same is written out in the language for the kernel, see `write-workflow.ts`.
 */

/** What a case carries here. */
export interface ModelData {
  readonly count: number;
  readonly other: number;
  readonly flag: boolean;
  readonly id?: string;
}

/** A guard as an author writes it, and what it means. */
export interface Guard {
  readonly text: string;
  readonly holds: (data: ModelData) => boolean;
}

/** A `set` as an author writes it, and what it means. */
export interface Change {
  readonly text: Readonly<Record<string, string>>;
  readonly apply: (data: ModelData) => ModelData;
}

export interface ModelRule {
  /** The target as an author writes it, and the id that it means. Without one the case stays. */
  readonly to?: { readonly text: string; readonly id: string };
  readonly when?: Guard;
  readonly set?: Change;
  readonly undoes: boolean;
}

export interface ModelTimer {
  readonly days: number;
  readonly rules: readonly ModelRule[];
}

export type ModelKind =
  'plain' | 'task' | 'ask' | 'call' | 'run' | 'wait' | 'final' | 'states' | 'parallel';

export interface ModelState {
  /** Names joined from the root; the root itself is `''`. */
  readonly id: string;
  readonly name: string;
  readonly kind: ModelKind;
  /** Of a group the first is the one that it begins in; of a parallel they are its regions. */
  readonly children: readonly ModelState[];
  readonly entry?: Change;
  readonly exit?: Change;
  /** By outcome: of a person's work, of a child case, or of what lies inside. */
  readonly on: Readonly<Record<string, readonly ModelRule[]>>;
  readonly done: readonly ModelRule[];
  readonly failed: readonly ModelRule[];
  readonly next: readonly ModelRule[];
  readonly after: readonly ModelTimer[];
  /** Of a final state; empty for `final: true`. */
  readonly outcome: string;
  /** Of a call: it can be taken back. */
  readonly hasUndo: boolean;
}

/** The data that a case of the tests begins with. */
export const FIRST_DATA: ModelData = { count: 0, other: 7, flag: false };
