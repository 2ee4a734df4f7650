/**
 * A form as it is asked: built from a workflow's form and the locked types, without any answer.
 *
 * Glossary. *Document*: the values of a case's data fields by name, with the form's own fields
 * under {@link OWN}. *Pointer*: a JSON Pointer into that document; it is also the name under which
 * a browser posts the answer. *Question*: one thing asked. *Step*: what one page in the browser
 * shows. *Answers*: what was posted, as it was typed.
 */
import type { Delay } from '../kernel/definition/values.ts';
import type { CheckedExpression } from '../kernel/expressions/expression.ts';
import type { Json } from '../kernel/json.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';

/** The key of the document under which the form's own fields stand; no data field can have it. */
export const OWN = '$form';

/** Stands where a pointer is wanted for the choice of the outcome. */
export const OUTCOME = '/$outcome';

/** One of the values that may be chosen; `posted` is what a browser sends for it. */
export interface Choice {
  readonly value: Json;
  readonly posted: string;
  readonly label: string;
}

interface TextWidget {
  readonly kind: 'text';
  readonly input: 'text' | 'email' | 'tel' | 'url';
  /** The token of the HTML `autocomplete` attribute. */
  readonly autocomplete?: string;
  readonly maxLength?: number;
  /** True where a text may have several lines, though people rarely write more than one. */
  readonly lines?: boolean;
}

export interface ChoiceWidget {
  readonly kind: 'radios' | 'select' | 'checkboxes';
  readonly choices: readonly Choice[];
}

/** A list of objects or scalars: each entry has a page of its own. */
export interface ListWidget {
  readonly kind: 'list';
  /** What one entry is called: `line`. */
  readonly noun: string;
  /** The questions of one entry; their pointers start at the entry (`''` for a scalar). */
  readonly entry: readonly Question[];
  /** The schema of what is asked of one entry. */
  readonly entrySchema: JsonSchema;
  readonly minItems: number;
  readonly maxItems: number;
}

/** A file that is uploaded on a page of its own. */
export interface FileWidget {
  readonly kind: 'file';
  /** The media types that are taken: `application/pdf`, `image/*`. */
  readonly accept: readonly string[];
  /** How big it may be, as authors write it: `10 MB`. */
  readonly maxSize: string;
}

export type Widget =
  | TextWidget
  | { readonly kind: 'textarea'; readonly maxLength?: number }
  | { readonly kind: 'number'; readonly of: 'number' | 'whole number' | 'decimal' }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'date'; readonly autocomplete?: string }
  | ChoiceWidget
  | ListWidget
  | FileWidget
  /** Any JSON value, typed as text: for schemas that no other widget can hold. */
  | { readonly kind: 'json' };

/** A named set of questions that came from one object. */
export interface QuestionGroup {
  readonly title: string;
  readonly pointer: string;
}

export interface Question {
  readonly pointer: string;
  /** The HTML id of its input or, for several inputs, the start of their ids. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly group?: QuestionGroup;
  readonly widget: Widget;
  /** The schema of one value; it refers to nothing but locked types by name. */
  readonly schema: JsonSchema;
  /** True when the page cannot be completed without an answer. */
  readonly required: boolean;
  /** True when the label says that it may be left empty. */
  readonly optional: boolean;
  /** The question is asked only while this holds. */
  readonly when?: CheckedExpression;
}

/** A page as it is asked. Questions whose `when` reads another one follow on a page of their own. */
export interface QuestionPage {
  readonly title?: string;
  readonly questions: readonly Question[];
  /** The part of the case's schemas that this page fills, from the document's root. */
  readonly schema: JsonSchema;
  /** Pointers of required objects: they exist even when every field in them is empty. */
  readonly objects: readonly string[];
}

/** A rule over several answers, read once the page `page` (an index) is complete. */
export interface AnswerRule {
  readonly must: CheckedExpression;
  readonly say: string;
  readonly page: number;
  /** Pointer of the question that the message stands at; absent: the first of its page. */
  readonly at?: string;
}

/** A value shown and not asked for. */
export interface ShownField {
  readonly pointer: string;
  readonly label: string;
  readonly schema: JsonSchema;
  /** For a list of objects: what is shown of each entry; the pointers start at the entry. */
  readonly columns?: readonly ShownField[];
}

export interface FormOutcome {
  readonly name: string;
  readonly title: string;
}

export interface FormModel {
  readonly name: string;
  readonly title: string;
  /** Whom the messages speak to: a customer (`your company name`) or staff (`the company name`). */
  readonly voice: 'your' | 'the';
  readonly shown: readonly ShownField[];
  readonly outcomes: readonly FormOutcome[];
  /** True when a question depends on the outcome, which is then chosen before everything else. */
  readonly outcomeFirst: boolean;
  readonly pages: readonly QuestionPage[];
  readonly rules: readonly AnswerRule[];
  /** The schema of all pages together. */
  readonly schema: JsonSchema;
  readonly summary: boolean;
  readonly saveAndReturn?: Delay;
}
