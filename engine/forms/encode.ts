import type { Json, JsonObject } from '../kernel/json.ts';
import type { Answers } from './answers.ts';
import { datePartsOf } from './date-parts.ts';
import type { Lists } from './decode.ts';
import { entriesOf } from './decode.ts';
import type { Choice, Question } from './form-model.ts';
import { entryQuestions, isListQuestion } from './list-entries.ts';
import { isList, valueAt } from './pointer.ts';

/** Writes values as the answers that a browser would post for them. */
export function encode(
  questions: readonly Question[],
  document: JsonObject,
  lists: Lists = 'apart',
): Answers {
  return Object.fromEntries(pairs(questions, document, lists));
}

type Pair = readonly [name: string, texts: readonly string[]];

function pairs(
  questions: readonly Question[],
  document: JsonObject,
  lists: Lists,
): readonly Pair[] {
  return questions.flatMap((question): readonly Pair[] => {
    if (!isListQuestion(question)) return pairsOf(question, valueAt(document, question.pointer));
    const entries = entriesOf(question, document);
    const length: Pair = [`${question.pointer}#n`, [String(entries.length)]];
    if (lists === 'apart') return [length];
    const inside = entries.map((_, index) => entryQuestions(question, index));
    return [length, ...pairs(inside.flat(), document, lists)];
  });
}

function pairsOf({ widget, pointer }: Question, value: Json | undefined): readonly Pair[] {
  switch (widget.kind) {
    case 'date': {
      const parts = datePartsOf(typeof value === 'string' ? value : '');
      return Object.entries(parts).map(([part, text]): Pair => [`${pointer}#${part}`, [text]]);
    }
    case 'checkboxes':
      return [[pointer, isList(value) ? value.map((one) => posted(widget.choices, one)) : []]];
    case 'file':
      return [];
    case 'radios':
    case 'select':
      return [[pointer, value === undefined ? [] : [posted(widget.choices, value)]]];
    case 'json':
      return [[pointer, [value === undefined ? '' : JSON.stringify(value, null, 2)]]];
    default:
      return [[pointer, [typed(value)]]];
  }
}

function posted(choices: readonly Choice[], value: Json): string {
  const wanted = JSON.stringify(value);
  return choices.find((choice) => JSON.stringify(choice.value) === wanted)?.posted ?? typed(value);
}

function typed(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
