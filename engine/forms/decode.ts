import { TrellisError } from '../kernel/errors.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { AnswerError } from './answer-error.ts';
import { errorAt } from './answer-error.ts';
import type { Answers, Uploads } from './answers.ts';
import { single } from './answers.ts';
import type { Question } from './form-model.ts';
import type { ListQuestion } from './list-entries.ts';
import { entryQuestions, isListQuestion } from './list-entries.ts';
import { isList, valueAt, withValueAt } from './pointer.ts';
import { namesOf, readAnswer } from './read-answer.ts';

/** Answers with their types: `undefined` where a question was left empty. */
export interface Decoded {
  readonly values: ReadonlyMap<string, Json | undefined>;
  readonly errors: readonly AnswerError[];
}

const NO_UPLOADS: Uploads = new Map();

/** Whether the entries of lists are posted along, or have pages of their own. */
export type Lists = 'apart' | 'inline';

/**
 * Reads the answers to some questions. The questions say which names there may be, so that no
 * posted name is ever taken for a path.
 * @throws `TrellisError` with code `unknown-answer` for a name that was not asked,
 * `repeated-answer` for one that came twice, `too-many-entries` for a list that is too long.
 */
export function decode(
  questions: readonly Question[],
  answers: Answers,
  lists: Lists = 'apart',
  uploads: Uploads = NO_UPLOADS,
): Decoded {
  const asked = lists === 'inline' ? withEntries(questions, answers) : questions;
  refuseUnknown(asked, answers);
  const values = new Map<string, Json | undefined>();
  const errors: AnswerError[] = [];
  for (const question of asked) {
    if (isListQuestion(question)) {
      if (lists === 'inline') values.set(question.pointer, emptyEntries(question, answers));
      continue;
    }
    const read = readAnswer(question, answers, uploads);
    if (read.kind === 'kept') continue;
    if (read.kind === 'wrong') {
      errors.push(errorAt(question, `${question.label} ${read.what}`, read.parts));
    } else {
      values.set(question.pointer, read.kind === 'value' ? read.value : undefined);
    }
  }
  return { values, errors };
}

/** Puts decoded values into a document. */
export function applied(document: JsonObject, { values }: Decoded): JsonObject {
  return [...values].reduce<JsonObject>(
    (changed, [pointer, value]) => withValueAt(changed, pointer, value),
    document,
  );
}

/** Reads the number of entries that a list was posted with; `undefined` where it was not. */
export function postedLength(list: ListQuestion, answers: Answers): number | undefined {
  const text = single(answers, `${list.pointer}#n`);
  if (text === undefined) return undefined;
  const length = /^\d{1,4}$/u.test(text) ? Number(text) : Infinity;
  if (length <= list.widget.maxItems) return length;
  throw new TrellisError(
    'too-many-entries',
    `"${list.label}" may have at most ${list.widget.maxItems} entries. Take some out and send the form again.`,
    { pointer: list.pointer, maximum: list.widget.maxItems },
  );
}

function withEntries(questions: readonly Question[], answers: Answers): readonly Question[] {
  return questions.flatMap((question) => {
    if (!isListQuestion(question)) return [question];
    const length = postedLength(question, answers) ?? 0;
    const entries = Array.from({ length }, (_, index) => entryQuestions(question, index));
    return [question, ...entries.flat()];
  });
}

function emptyEntries(list: ListQuestion, answers: Answers): Json | undefined {
  const length = postedLength(list, answers);
  if (length === undefined) return undefined;
  const scalar = list.widget.entry.some(({ pointer }) => pointer === '');
  return Array.from({ length }, () => (scalar ? null : {}));
}

function refuseUnknown(questions: readonly Question[], answers: Answers): void {
  const known = new Set(questions.flatMap(namesOf));
  const unknown = Object.keys(answers).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const names = unknown.slice(0, 5).map((name) => `"${name.slice(0, 60)}"`);
  throw new TrellisError(
    'unknown-answer',
    `The form was sent with fields that this page does not ask for: ${names.join(', ')}. Open the page again and send only what it asks for.`,
    { names: unknown.slice(0, 5) },
  );
}

/** Answers the entries that a list has in a document. */
export function entriesOf(list: ListQuestion, document: JsonObject): readonly Json[] {
  const value = valueAt(document, list.pointer);
  return isList(value) ? value : [];
}
