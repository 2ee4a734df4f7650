import type { Path } from '../../kernel/problem.ts';
import type { Conjunct, Place } from './conjuncts.ts';
import type { JsonKind } from './json-kinds.ts';
import type { Side } from './side.ts';

/** What of a schema is not promised by the other one; stable codes. */
export type Rule =
  | 'type'
  | 'enum'
  | 'lower-bound'
  | 'upper-bound'
  | 'multiple'
  | 'scale'
  | 'length'
  | 'pattern'
  | 'format'
  | 'media'
  | 'list-size'
  | 'unique-items'
  | 'contains'
  | 'required'
  | 'field-removed'
  | 'field-added'
  | 'closed'
  | 'field-count'
  | 'field-names'
  | 'depends'
  | 'branches'
  | 'exclusion'
  | 'condition'
  | 'too-complex';

/** One thing that a schema asks for and values of the other one may not have. */
export interface Finding {
  readonly rule: Rule;
  /** Steps to the value. */
  readonly at: Path;
  /** Steps to what asks for it, in the file of the type that asks. */
  readonly site: Path;
  /** What it asks for, as written: the keyword with its value. */
  readonly asked: string;
  /** Steps to the value that the schemas are of: the field's own, or the object around it. */
  readonly of: Path;
  /** What that value fits. */
  readonly from: readonly Conjunct[];
  readonly against: Conjunct;
}

/** Two releases, one way: do all values of `from` fit `to`? */
export interface Comparison {
  readonly from: Side;
  readonly to: Side;
  /** The types that ask for the same on both sides. */
  readonly unchanged: ReadonlySet<string>;
  /** How many more schemas are compared before the rest counts as too complex. */
  budget: number;
}

/** A question: do all values that fit `from` fit `against`? */
export interface Question {
  readonly comparison: Comparison;
  readonly from: readonly Conjunct[];
  readonly against: Conjunct;
  readonly at: Path;
  /** The kinds that a value of `from` may have. */
  readonly kinds: ReadonlySet<JsonKind>;
  /** How often a choice was taken apart. */
  readonly splits: number;
  /** Asks the same of a part of the value, or of the same value. */
  readonly ask: (from: readonly Conjunct[], against: Place, at: Path) => readonly Finding[];
}

/** Makes the finding of a question. */
export function find(question: Question, rule: Rule, keyword: string, at: Path = []): Finding {
  const { from, against } = question;
  const written = against.schema[keyword];
  return {
    rule,
    at: [...question.at, ...at],
    site: against.isOwn && written !== undefined ? [...against.site, keyword] : against.site,
    asked: `${keyword}: ${JSON.stringify(written)}`,
    of: question.at,
    from,
    against,
  };
}

/** The numbers or texts written at a keyword. */
export function written(conjuncts: readonly Conjunct[], keyword: string): readonly unknown[] {
  return conjuncts.flatMap(({ schema }) => (keyword in schema ? [schema[keyword]] : []));
}
