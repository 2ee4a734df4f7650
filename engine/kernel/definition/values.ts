import type { Json } from '../json.ts';
import type { Path } from '../problem.ts';
import type { JsonSchema, ValueType } from '../types/value-type.ts';

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
