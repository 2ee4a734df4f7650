import type { ListWidget, Question } from './form-model.ts';
import { idOf } from './pointer.ts';

/** A question whose answer is a list with a page for each entry. */
export type ListQuestion = Question & { readonly widget: ListWidget };

/** Tells a list from the other questions. */
export function isListQuestion(question: Question): question is ListQuestion {
  return question.widget.kind === 'list';
}

/** The questions of one entry of a list, with their pointers from the document's root. */
export function entryQuestions(list: ListQuestion, index: number): readonly Question[] {
  return list.widget.entry.map((question) => {
    const pointer = `${list.pointer}/${index}${question.pointer}`;
    return { ...question, pointer, id: idOf(pointer) };
  });
}
