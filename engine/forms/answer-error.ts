import type { Question } from './form-model.ts';

/** Which of the inputs of a date is meant. */
export type DatePart = 'day' | 'month' | 'year';

/** Something wrong with an answer, as a whole sentence for the person who gave it. */
export interface AnswerError {
  /** Pointer of the question; inside a list's entry, of the question there. */
  readonly pointer: string;
  /** The HTML id of the input to go to. */
  readonly anchor: string;
  readonly text: string;
  /** The inputs of a date that are wrong. */
  readonly parts?: readonly DatePart[];
}

/** The id of the first input of a question, where the links of error messages lead. */
function anchorOf(question: Question, parts: readonly DatePart[] = []): string {
  switch (question.widget.kind) {
    case 'date':
      return `${question.id}-${parts[0] ?? 'day'}`;
    case 'list':
      return `${question.id}-add`;
    default:
      return question.id;
  }
}

/** Places an error at a question. */
export function errorAt(
  question: Question,
  text: string,
  parts?: readonly DatePart[],
): AnswerError {
  return {
    pointer: question.pointer,
    anchor: anchorOf(question, parts),
    text,
    ...(parts === undefined ? {} : { parts }),
  };
}

/** Joins what was wrong with reading and with checking answers: one error a question, in order. */
export function joinedErrors(
  questions: readonly Question[],
  unread: readonly AnswerError[],
  unfit: readonly AnswerError[],
): readonly AnswerError[] {
  const place = ({ pointer }: AnswerError): number =>
    questions.findIndex((question) => question.pointer === pointer);
  const rest = unfit.filter(({ pointer }) => !unread.some((error) => error.pointer === pointer));
  return [...unread, ...rest].sort((a, b) => place(a) - place(b));
}
