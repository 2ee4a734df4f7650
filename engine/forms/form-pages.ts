import type { Form, FormField } from '../kernel/definition/form.ts';
import type { CheckedExpression } from '../kernel/expressions/expression.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import type { Question, QuestionPage } from './form-model.ts';
import { OWN } from './form-model.ts';
import { textIn } from './label.ts';
import type { Part } from './page-schema.ts';
import { documentSchema, withColumns, withoutPath } from './page-schema.ts';
import { splitPage } from './paging.ts';
import { pathOf, pointerOf } from './pointer.ts';
import type { Asked, Asking } from './questions.ts';
import { questionsFor } from './questions.ts';
import { answerKind } from './schema-facets.ts';

/** A field of a form with what it refers to. */
export interface AskedField {
  readonly field: FormField;
  readonly schema: JsonSchema;
  readonly when?: CheckedExpression;
}

/** Makes the pages of a form; one page as written can become several. */
export function pagesOf(
  form: Form,
  asked: readonly (readonly AskedField[])[],
  asking: Asking,
  language?: string,
): readonly QuestionPage[] {
  return asked.flatMap((fields, index) => {
    const made = fields.map((field) => ({
      field,
      questions: questionsFor(askedOf(field, language), asking),
    }));
    const title = form.pages[index]?.title;
    return splitPage(made.flatMap(({ questions }) => questions)).map((questions) => {
      const here = made.filter((one) =>
        one.questions.some((question) => questions.includes(question)),
      );
      return {
        ...(title === undefined ? {} : { title: textIn(title, language) }),
        questions,
        schema: documentSchema(here.map((one) => partOn(questions, one))),
        objects: here
          .filter(({ field }) => isNeededObject(field))
          .map(({ field }) => pointerOf(documentPath(field.field))),
      };
    });
  });
}

/** What a page asks of a field: all of it, but for what other pages ask. */
function partOn(
  asked: readonly Question[],
  { field, questions }: { readonly field: AskedField; readonly questions: readonly Question[] },
): Part {
  const part = partsOf(field);
  const elsewhere = questions.filter((question) => !asked.includes(question));
  const below = elsewhere.map(({ pointer }) => pathOf(pointer).slice(part.target.length));
  return below.reduce((rest, path) => ({ ...rest, schema: withoutPath(rest.schema, path) }), part);
}

/** The part of the document that a field fills. */
export function partsOf({ field, schema }: AskedField): Part {
  const { columns } = field;
  const filled = columns === undefined ? schema : withColumns(schema, columns);
  return { target: documentPath(field), schema: filled };
}

function documentPath(field: FormField): readonly string[] {
  return field.scope === 'form' ? [OWN, ...field.target] : field.target;
}

function isNeededObject({ field, schema }: AskedField): boolean {
  return field.required && answerKind(schema) === 'object';
}

function askedOf({ field, schema, when }: AskedField, language?: string): Asked {
  return {
    path: field.path,
    target: documentPath(field),
    schema,
    required: field.required,
    optional: !field.required,
    ...(field.title === undefined ? {} : { label: textIn(field.title, language) }),
    ...(field.hint === undefined ? {} : { hint: textIn(field.hint, language) }),
    ...(field.widget === undefined ? {} : { widget: field.widget }),
    ...(field.columns === undefined ? {} : { columns: field.columns }),
    ...(when === undefined ? {} : { when }),
  };
}
