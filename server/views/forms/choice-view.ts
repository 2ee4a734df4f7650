import type {
  AnswerError,
  Answers,
  Choice,
  ChoiceWidget,
  Question,
} from '../../../engine/index.ts';
import { DATE_PARTS, textsOf } from '../../../engine/index.ts';
import type { ChoicesView, DateInputView, OptionView } from './form-view.ts';

const YES_NO: readonly Choice[] = [
  { value: true, posted: 'true', label: 'Yes' },
  { value: false, posted: 'false', label: 'No' },
];

/**
 * Makes the options of a question; the first has the question's own id, where errors lead. A stored
 * value that is no choice any more is shown as well, so that it is not lost unseen.
 */
export function optionsOf(
  { id }: Question,
  choices: readonly Choice[],
  chosen: readonly string[],
): readonly OptionView[] {
  const gone = chosen
    .filter((text) => text !== '' && choices.every(({ posted }) => posted !== text))
    .map((text) => ({ posted: text, label: `${text} (not a choice any more)` }));
  return [...choices, ...gone].map(({ posted, label }, index) => ({
    id: index === 0 ? id : `${id}-${index + 1}`,
    value: posted,
    label,
    chosen: chosen.includes(posted),
  }));
}

/** Makes the option of a drop-down list that stands for no answer. */
export function blankOption({ id, required }: Question): OptionView {
  return {
    id: `${id}-0`,
    value: '',
    label: required ? 'Please select' : 'No answer',
    chosen: false,
  };
}

/** Makes radio buttons or check boxes. */
export function choicesView(
  question: Question,
  { kind, choices }: ChoiceWidget,
  chosen: readonly string[],
): ChoicesView {
  const options = optionsOf(question, choices, chosen);
  if (kind === 'checkboxes') {
    return {
      template: 'forms/choices',
      type: 'checkbox',
      block: 'checkboxes',
      options,
      inline: false,
    };
  }
  return radios([...options, ...noAnswer(question, chosen)], false);
}

/** Makes the two radio buttons of a yes/no question. */
export function yesNoView(question: Question, chosen: readonly string[]): ChoicesView {
  const options = optionsOf(question, YES_NO, chosen);
  return radios([...options, ...noAnswer(question, chosen)], true);
}

/** Makes the three inputs of a date; the wrong ones are marked. */
export function dateInputs(
  { id, pointer, widget }: Question,
  answers: Answers,
  error: AnswerError | undefined,
): readonly DateInputView[] {
  const token = widget.kind === 'date' ? widget.autocomplete : undefined;
  return DATE_PARTS.map((part) => ({
    id: `${id}-${part}`,
    name: `${pointer}#${part}`,
    label: part.charAt(0).toUpperCase() + part.slice(1),
    value: textsOf(answers, `${pointer}#${part}`)[0] ?? '',
    width: part === 'year' ? 4 : 2,
    wrong: error !== undefined && (error.parts?.includes(part) ?? true),
    ...(token === undefined ? {} : { autocomplete: `${token}-${part}` }),
  }));
}

// A radio button cannot be taken back without JavaScript, so leaving it open is a choice as well.
function noAnswer({ id, optional }: Question, chosen: readonly string[]): readonly OptionView[] {
  if (!optional) return [];
  const open = chosen.every((text) => text === '');
  return [{ id: `${id}-none`, value: '', label: 'No answer', chosen: open }];
}

function radios(options: readonly OptionView[], inline: boolean): ChoicesView {
  return { template: 'forms/choices', type: 'radio', block: 'radios', options, inline };
}
