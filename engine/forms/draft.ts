import type { FormValues } from '../kernel/event.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { Answers } from './answers.ts';
import type { FormContext, Given } from './form-context.ts';
import { askedOn, withoutUnasked } from './form-context.ts';
import type { FormModel, Question } from './form-model.ts';
import { OWN } from './form-model.ts';
import { isList, isObject, pathOf, valueAt, withValueAt } from './pointer.ts';

/** A form that is being filled: plain JSON, so that a host can store it between two requests. */
export interface Draft extends Given {
  /** What was typed on a step and cannot be kept as values, until the step is sent again. */
  readonly held?: { readonly step: string; readonly answers: Answers };
  /** The step to return to. */
  readonly at?: string;
}

/** Begins a draft with what the case already knows of what the form asks. */
export function beginDraft(model: FormModel, data: JsonObject): Draft {
  const values = questionsOf(model).reduce<JsonObject>((filled, { pointer }) => {
    const known = valueAt(data, pointer);
    return known === undefined || known === null ? filled : withValueAt(filled, pointer, known);
  }, {});
  return { values };
}

/**
 * Makes what a completed form gives: the values of what it asked, and nothing else. What was asked
 * and left empty is `null` (`[]` for a list) where the case has a value, so that it is cleared.
 */
export function formValues(model: FormModel, draft: Draft, context: FormContext): FormValues {
  const values = withoutUnasked(model, draft, context);
  const given = { ...draft, values };
  const asked = model.pages.flatMap((page) => askedOn(page, given, context));
  const answered = asked.reduce<JsonObject>((result, question) => {
    const value = valueAt(values, question.pointer) ?? emptied(question, context.data);
    return value === undefined ? result : withValueAt(result, question.pointer, value);
  }, {});
  const complete = neededObjects(model, asked).reduce<JsonObject>(
    (result, pointer) =>
      valueAt(result, pointer) === undefined ? withValueAt(result, pointer, {}) : result,
    answered,
  );
  const { [OWN]: own, ...data } = complete;
  return { data, own: isObject(own) ? own : {} };
}

function emptied({ widget, pointer }: Question, data: JsonObject): Json | undefined {
  const known = valueAt(data, pointer);
  const list = widget.kind === 'list' || widget.kind === 'checkboxes';
  const [first, ...rest] = pathOf(pointer);
  // A list that is a field by itself is never missing: it begins empty.
  const alone = rest.length === (first === OWN ? 1 : 0);
  if (list && (alone || isList(known))) return [];
  return known === undefined || known === null || known === '' ? undefined : null;
}

function neededObjects(model: FormModel, asked: readonly Question[]): readonly string[] {
  return model.pages
    .filter(({ questions }) => questions.some((question) => asked.includes(question)))
    .flatMap(({ objects }) => objects);
}

function questionsOf(model: FormModel): readonly Question[] {
  return model.pages.flatMap(({ questions }) => questions);
}

/** Forgets what was held back: it was sent again, or is no longer wanted. */
export function withoutHeld({ values, outcome, at }: Draft): Draft {
  return {
    values,
    ...(outcome === undefined ? {} : { outcome }),
    ...(at === undefined ? {} : { at }),
  };
}
