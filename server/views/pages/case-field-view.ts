import type { CaseField } from '../../desk/case-fields.ts';
import { isLines } from '../../desk/case-fields.ts';
import { asWords } from '../texts/words.ts';
import type { ChangeField } from './change-page.ts';

/** What stands before the name of a field of the case in a posted form, and before what it was when the form was shown. */
export const CASE_FIELD = 'field:';
export const WAS = 'was:';

/** Makes the field in which a value of a case is changed: a choice, a line or an area of text. */
export function caseFieldView(
  { field, label, type, text }: CaseField,
  entered: string | undefined,
  error: string | undefined,
): ChangeField {
  const view = {
    id: `field-${field.replaceAll('.', '-')}`,
    name: `${CASE_FIELD}${field}`,
    label,
    value: entered ?? text,
    ...(error === undefined ? {} : { error }),
  };
  switch (type.kind) {
    case 'yes/no':
      return { ...view, options: [NOTHING, choice('true', 'Yes'), choice('false', 'No')] };
    case 'one of':
      return { ...view, options: [NOTHING, ...type.choices.map(choiceOf)] };
    case 'list':
    case 'object':
      return { ...view, rows: 4, hint: isLines(type) ? 'One a line.' : 'Written as JSON.' };
    default:
      // A line of text would lose its line breaks, and be taken for changed.
      return { ...view, ...(text.includes('\n') ? { rows: 4 } : ENTERED[type.kind]) };
  }
}

type Choice = NonNullable<ChangeField['options']>[number];

const NOTHING: Choice = { value: '', label: '–' };

/** How values of a kind are entered. */
const ENTERED: Readonly<Partial<Record<CaseField['type']['kind'], Partial<ChangeField>>>> = {
  date: { hint: 'For example 2027-03-31.' },
  'date-time': { hint: 'For example 2027-03-31T09:00:00Z.' },
  duration: { hint: 'For example PT3H for three hours.' },
  number: { inputmode: 'decimal' },
  decimal: { inputmode: 'decimal' },
  'whole number': { inputmode: 'numeric' },
};

function choice(value: string, label: string): Choice {
  return { value, label };
}

function choiceOf(value: string | number): Choice {
  return { value: String(value), label: asWords(String(value)) };
}
