import type { Json } from '../json.ts';
import type { Path } from '../problem.ts';
import type { JsonSchema, ValueType } from '../types/value-type.ts';
import type { Expression } from './values.ts';

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
