import type { JsonObject } from '../kernel/json.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import type { SchemaError, Validate } from '../kernel/validator/schema-error.ts';
import type { AnswerError } from './answer-error.ts';
import { errorAt } from './answer-error.ts';
import { holds } from './conditions.ts';
import { schemaErrorText, missingText } from './error-texts.ts';
import type { FormContext, Given } from './form-context.ts';
import { askedOn, environmentOf } from './form-context.ts';
import type { FormModel, Question, QuestionPage } from './form-model.ts';
import type { ListQuestion } from './list-entries.ts';
import { entryQuestions, isListQuestion } from './list-entries.ts';
import { overlaps } from './paging.ts';
import { valueAt, withValueAt } from './pointer.ts';

/** Makes a validator of a schema; the kernel's hardened one. */
export type Compile = (schema: JsonSchema) => Validate;

/** A form with its validators, ready to be filled by many people. */
export interface FormChecks {
  readonly model: FormModel;
  readonly pages: readonly Validate[];
  /** By pointer of the list: the validator of one entry. */
  readonly entries: ReadonlyMap<string, Validate>;
}

/**
 * Compiles the schemas of a form.
 * @throws `TrellisError` with code `schema-refused` where the validator does not take one.
 */
export function formChecks(model: FormModel, compile: Compile): FormChecks {
  const lists = model.pages.flatMap(({ questions }) => questions).filter(isListQuestion);
  return {
    model,
    pages: model.pages.map(({ schema }) => compile(schema)),
    entries: new Map(lists.map((list) => [list.pointer, compile(list.widget.entrySchema)])),
  };
}

/** Tells what is wrong with the answers of one page, in the order of its questions. */
export function checkPage(
  checks: FormChecks,
  index: number,
  given: Given,
  context: FormContext,
): readonly AnswerError[] {
  const page = checks.model.pages[index];
  const validate = checks.pages[index];
  if (page === undefined || validate === undefined) return [];
  const asked = askedOn(page, given, context);
  const document = documentOf(page, asked, given.values);
  const errors = [
    ...missing(asked, given.values, checks.model.voice),
    ...validate(document).map((error) => placed(error, asked, checks.model)),
  ].filter((error) => error !== undefined);
  if (errors.length > 0) return inOrder(errors, asked);
  return brokenRules(checks.model, index, asked, given, context);
}

/** Tells what is wrong with one entry of a list, in the order of its questions. */
export function checkEntry(
  checks: FormChecks,
  list: ListQuestion,
  index: number,
  values: JsonObject,
): readonly AnswerError[] {
  const questions = entryQuestions(list, index);
  const start = `${list.pointer}/${index}`;
  const validate = checks.entries.get(list.pointer);
  const entry = valueAt(values, start);
  const found = validate?.(entry ?? {}) ?? [];
  const errors = [
    ...missing(questions, values, checks.model.voice),
    ...found
      .map((error) => ({ ...error, pointer: `${start}${error.pointer}` }))
      .map((error) => placed(error, questions, checks.model)),
  ].filter((error) => error !== undefined);
  return inOrder(errors, questions);
}

/** The part of the document that one page is about: without what it does not ask just now. */
function documentOf(
  page: QuestionPage,
  asked: readonly Question[],
  values: JsonObject,
): JsonObject {
  const hidden = page.questions.filter((question) => !asked.includes(question));
  const document = hidden.reduce<JsonObject>(
    (kept, { pointer }) => withValueAt(kept, pointer, undefined),
    values,
  );
  return page.objects
    .filter((pointer) => valueAt(document, pointer) === undefined)
    .filter((pointer) => asked.some((question) => overlaps(question.pointer, pointer)))
    .reduce<JsonObject>((kept, pointer) => withValueAt(kept, pointer, {}), document);
}

function missing(
  questions: readonly Question[],
  values: JsonObject,
  voice: FormModel['voice'],
): readonly AnswerError[] {
  return questions
    .filter(({ required, pointer }) => {
      const value = valueAt(values, pointer);
      return required && (value === undefined || value === null || isEmptyList(value));
    })
    .map((question) => errorAt(question, missingText(question, voice)));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Says a validator's error at the question it belongs to, else at the first one of the page. */
function placed(
  error: SchemaError,
  questions: readonly Question[],
  model: FormModel,
): AnswerError | undefined {
  const above = questions.find(
    ({ pointer }) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`),
  );
  const question =
    above ?? questions.find(({ pointer }) => overlaps(pointer, error.pointer)) ?? questions[0];
  if (question === undefined) return undefined;
  if (isListQuestion(question) && error.pointer !== question.pointer) {
    return inEntry(error, question, model);
  }
  if (error.pointer === question.pointer) {
    return errorAt(question, schemaErrorText(question, error, model.voice));
  }
  return errorAt(question, `${question.label} ${error.message}`);
}

function inEntry(
  error: SchemaError,
  list: ListQuestion,
  model: FormModel,
): AnswerError | undefined {
  const index = Number(error.pointer.slice(list.pointer.length + 1).split('/', 1)[0]);
  const inside = placed(error, entryQuestions(list, index), model);
  if (inside === undefined) return undefined;
  const noun = list.widget.noun.charAt(0).toUpperCase() + list.widget.noun.slice(1);
  return {
    pointer: list.pointer,
    anchor: `${list.id}-${index}-change`,
    text: `${noun} ${index + 1}: ${inside.text}`,
  };
}

/** One error a question and entry: the first, in the order in which the page asks. */
function inOrder(
  errors: readonly AnswerError[],
  questions: readonly Question[],
): readonly AnswerError[] {
  const first = errors.filter(
    (error, index) => errors.findIndex(({ anchor }) => anchor === error.anchor) === index,
  );
  const place = ({ pointer }: AnswerError): number =>
    questions.findIndex((question) => question.pointer === pointer);
  return first.sort((a, b) => place(a) - place(b));
}

function brokenRules(
  model: FormModel,
  index: number,
  asked: readonly Question[],
  given: Given,
  context: FormContext,
): readonly AnswerError[] {
  const environment = environmentOf(given, context);
  return model.rules
    .filter((rule) => rule.page === index && !holds(rule.must, environment))
    .flatMap(({ at, say }) => {
      const named = at === undefined ? undefined : asked.find((one) => overlaps(one.pointer, at));
      const question = named ?? asked[0];
      return question === undefined ? [] : [errorAt(question, say)];
    });
}
