import type { Environment } from '../kernel/expressions/expression.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { FormModel, Question, QuestionPage } from './form-model.ts';
import { OWN } from './form-model.ts';
import { holds } from './conditions.ts';
import { isObject, overlay, withValueAt } from './pointer.ts';

/** What a form is filled against: the case as it is, and the moment. */
export interface FormContext {
  /** The case's data; `{}` before it begins. */
  readonly data: JsonObject;
  /** `starter`, `reference` and what else the form's conditions may name beside the data. */
  readonly names: JsonObject;
  /** Epoch milliseconds, zone and calendar, as expressions read them. */
  readonly moment: Omit<Environment, 'variables'>;
}

/** What was answered so far: the document, and the outcome once it is chosen. */
export interface Given {
  readonly values: JsonObject;
  readonly outcome?: string;
}

/** Makes what the form's conditions read: the case's data under the answers given so far. */
export function environmentOf(given: Given, context: FormContext): Environment {
  const { [OWN]: own, ...values } = given.values;
  return {
    ...context.moment,
    variables: {
      ...context.names,
      ...overlay(context.data, values),
      form: isObject(own) ? own : {},
      outcome: given.outcome ?? null,
    },
  };
}

/** The questions of a page that are asked, given the answers so far. */
export function askedOn(
  page: QuestionPage,
  given: Given,
  context: FormContext,
): readonly Question[] {
  if (page.questions.every(({ when }) => when === undefined)) return page.questions;
  const environment = environmentOf(given, context);
  return page.questions.filter(({ when }) => when === undefined || holds(when, environment));
}

/**
 * Takes the answers to questions that are no longer asked out of the document, page by page: an
 * answer on an earlier page decides what later pages ask.
 */
export function withoutUnasked(model: FormModel, given: Given, context: FormContext): JsonObject {
  return model.pages.reduce<JsonObject>((values, page) => {
    const asked = askedOn(page, { ...given, values }, context);
    return page.questions
      .filter((question) => !asked.includes(question))
      .reduce((kept, { pointer }) => withValueAt(kept, pointer, undefined), values);
  }, given.values);
}
