import type { AnswerError, Answers, Question } from '../../../engine/index.ts';
import { textsOf } from '../../../engine/index.ts';
import { blankOption, choicesView, dateInputs, optionsOf, yesNoView } from './choice-view.ts';
import type { FieldFrame, FieldView, TextView } from './form-view.ts';

/** Up to which length a text gets a short input. */
const SHORT = 20;

const AREA = { template: 'forms/textarea', rows: 5 } as const;

/** Makes the view of a question, other than a list, with what was answered and what is wrong. */
export function fieldView(
  question: Question,
  answers: Answers,
  errors: readonly AnswerError[],
): FieldView {
  const error = errors.find(({ pointer }) => pointer === question.pointer);
  const frame = fieldFrame(question, error?.text);
  const { widget } = question;
  const texts = textsOf(answers, question.pointer);
  const value = texts[0] ?? '';
  switch (widget.kind) {
    case 'textarea':
      return { ...frame, ...AREA, value };
    case 'json':
      return { ...frame, template: 'forms/textarea', value, rows: 8 };
    case 'date':
      return { ...frame, template: 'forms/date', inputs: dateInputs(question, answers, error) };
    case 'select': {
      const options = optionsOf(question, widget.choices, texts);
      return { ...frame, template: 'forms/select', options: [blankOption(question), ...options] };
    }
    case 'yes-no':
      return { ...frame, ...yesNoView(question, texts) };
    case 'radios':
    case 'checkboxes':
      return { ...frame, ...choicesView(question, widget, texts) };
    default:
      // One line is enough for most; a text that has more would lose its line breaks in it.
      return value.includes('\n')
        ? { ...frame, ...AREA, value }
        : { ...frame, ...textView(question, value) };
  }
}

/** Makes what every field has: label, hint, error, and how they are tied together. */
export function fieldFrame(question: Question, error?: string): FieldFrame {
  const { id, pointer } = question;
  const hint = hintOf(question);
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ];
  return {
    id,
    name: pointer,
    label: question.optional ? `${question.label} (optional)` : question.label,
    ...(hint === undefined ? {} : { hint }),
    ...(error === undefined ? {} : { error }),
    ...(described.length === 0 ? {} : { describedBy: described.join(' ') }),
  };
}

function textView({ widget }: Question, value: string): TextView {
  if (widget.kind !== 'text') {
    const whole = widget.kind === 'number' && widget.of === 'whole number';
    const inputmode = whole ? 'numeric' : 'decimal';
    return { template: 'forms/text', type: 'text', value, inputmode, verbatim: true, width: 10 };
  }
  const { input, autocomplete, maxLength = Infinity } = widget;
  return {
    template: 'forms/text',
    type: input,
    value,
    verbatim: input !== 'text',
    ...(autocomplete === undefined ? {} : { autocomplete }),
    ...(maxLength <= SHORT ? { width: maxLength <= SHORT / 2 ? 10 : 20 } : {}),
  };
}

function hintOf({ hint, widget }: Question): string | undefined {
  if (hint !== undefined) return hint;
  switch (widget.kind) {
    case 'date':
      return 'For example, 31 3 2027';
    case 'checkboxes':
      return 'Select all that apply';
    case 'json':
      return 'Written as JSON, for example {"name": "value"}';
    case 'textarea':
      return widget.maxLength === undefined
        ? undefined
        : `Up to ${widget.maxLength.toLocaleString('en-IE')} characters`;
    default:
      return undefined;
  }
}
