/**
 * The contract of the expression language: CEL syntax, typed against the locked types, compiled to
 * closures that run under a fuel limit and have no side effects.
 */
import type { Fix } from '../problem.ts';
import type { ValueType } from '../types/value-type.ts';
import type { CalendarRules } from '../values/calendar.ts';
import type { Flow } from './flow.ts';

/** What an expression may name, and what is known about it at its place. */
export interface Scope {
  /** Names and their types. A case's data fields stand here by name, beside `result`, `form`, … */
  readonly variables: Readonly<Record<string, ValueType>>;
  /**
   * Paths (`quote.netTotal`) that cannot be empty here, because every path to this place fills
   * them. `'all'` assumes presence everywhere: for compiling what was checked before.
   */
  readonly present: ReadonlySet<string> | 'all';
  /** Names a path on which a data path is empty here, for the message: `pricing went by hand`. */
  readonly whyEmpty?: (path: string) => string | undefined;
}

/** What an expression reads when it runs. Values are in their *stored* form. */
export interface Environment {
  readonly variables: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA zone of the company. */
  readonly timeZone: string;
  readonly calendar: CalendarRules;
}

/** A finding inside one expression; offsets count from the start of its source. */
export interface ExpressionProblem {
  readonly code: string;
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly fix?: Fix;
}

/** One place of an expression that names a field of a locked type, or all of a value of one. */
export interface FieldRead {
  /** `Quote.netTotal`; `Quote` where a whole value is read. */
  readonly what: string;
  readonly from: number;
  readonly to: number;
}

export interface CheckedExpression {
  readonly source: string;
  /** Kind, emptiness and classification of the result. */
  readonly type: ValueType;
  /** Paths of the scope's variables that it reads, e.g. `quote.netTotal`. */
  readonly reads: readonly string[];
  /** Where it names fields of locked types, those of a list's items too. */
  readonly fields: readonly FieldRead[];
  /** For each part of the result's classification: the path it came from. */
  readonly flows: readonly Flow[];
  /** Paths that are known to be present where this (a condition) holds. */
  readonly presentWhenTrue: readonly string[];
  readonly presentWhenFalse: readonly string[];
  /**
   * Works the value out, in its *stored* form; `null` for empty.
   * @throws `TrellisError` with code `fuel` when it takes too many steps, `arithmetic` for a
   * division by zero or a date out of range.
   */
  evaluate(environment: Environment): unknown;
}

export type ExpressionResult =
  | { readonly ok: true; readonly expression: CheckedExpression }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };
