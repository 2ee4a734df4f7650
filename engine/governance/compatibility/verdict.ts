import type { Json } from '../../kernel/json.ts';
import type { Path } from '../../kernel/problem.ts';
import type { Rule } from './finding.ts';
import type { Direction } from './mode.ts';

/** What of a type is held by its mode beside what its schema asks for. */
export type TypeRule = 'frozen' | 'key' | 'unique' | 'type-removed';

/** One change of a type that a mode forbids. */
export interface Verdict {
  readonly rule: Rule | TypeRule;
  readonly type: string;
  /** The field that it is about, `lines[].qty`; empty for the type as a whole. */
  readonly field: string;
  /** Which promise it breaks; absent for what a frozen type forbids. */
  readonly direction?: Direction;
  /** The earlier release that the type was held against: `release 1.3`. */
  readonly against: string;
  /** What is wrong, why, and what to do. */
  readonly message: string;
  /** Steps to what was changed, in the file of the type. */
  readonly path: Path;
  /** Whether the break is shown; else it only cannot be shown that there is none. */
  readonly isShown: boolean;
  /**
   * A value that shows it. Backward: it was right, and is not any more. Forward: it is right, and was
   * not. Of a type with an `x-alias` it has the new name.
   */
  readonly example?: Json;
  /** The types whose modes forbid it: the type itself, or those that refer to it. */
  readonly forbiddenBy: readonly { readonly type: string; readonly compatibility: string }[];
  /** All types that refer to the type, directly or through others. */
  readonly inheritedBy: readonly string[];
}
