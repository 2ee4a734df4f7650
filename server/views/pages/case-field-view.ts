import type { CaseField } from '../../desk/case-fields.ts';
import { isLines } from '../../desk/case-fields.ts';
import type { CaseColumn, EnteredRow } from '../../desk/case-rows.ts';
import { rowsIn, rowsText } from '../../desk/case-rows.ts';
import type { ValueType } from '../../../engine/index.ts';
import { asWords } from '../texts/words.ts';
import type { ChangeField, ChangeGroup } from './change-page.ts';

/** What stands before the name of a field of the case in a posted form, and before what it was when the form was shown. */
export const CASE_FIELD = 'field:';
export const WAS = 'was:';

/** What stands before a value of one entry of a list, as in `row:lines/0/sku`. */
export const CASE_ROW = 'row:';

/**
 * Makes the fields in which what cases carry is changed: those of plain values together, then each
 * list of entries by its rows.
 *
 * @param errors why a value cannot be taken, by field, or by field and place in it
 */
export function caseFieldGroups(
  title: string,
  known: readonly CaseField[],
  entered: ReadonlyMap<string, string>,
  errors: ReadonlyMap<string, string>,
): readonly ChangeGroup[] {
  const plain = known.filter(({ columns }) => columns === undefined);
  return [
    {
      title,
      fields: plain.map((one) => caseFieldView(one, entered.get(one.field), errors.get(one.field))),
    },
    ...known.flatMap((one) =>
      one.columns === undefined ? [] : [rowsView(one, one.columns, entered.get(one.field), errors)],
    ),
  ];
}

/** One row for each entry of a list, and one more for another. */
function rowsView(
  { field, label, text }: CaseField,
  columns: readonly CaseColumn[],
  entered: string | undefined,
  errors: ReadonlyMap<string, string>,
): ChangeGroup {
  const rows = [...rowsIn(entered ?? text, columns), new Map<string, string>()];
  const error = errors.get(field);
  return {
    title: label,
    id: idOf(field),
    fields: [],
    lead: 'Empty all of an entry to take it out. The last one is for another.',
    ...(error === undefined ? {} : { error }),
    rows: rows.map((row, index) => ({
      legend: index < rows.length - 1 ? `Entry ${String(index + 1)}` : 'Another entry',
      fields: columns.map((column) => {
        const place = `${field}/${String(index)}/${column.name.replaceAll('.', '/')}`;
        return cellView(column, place, row.get(column.name) ?? '', errors.get(place));
      }),
    })),
  };
}

function cellView(
  { name, type }: CaseColumn,
  place: string,
  value: string,
  error: string | undefined,
): ChangeField {
  const view = {
    id: idOf(place),
    name: `${CASE_ROW}${place}`,
    label: name.split('.').map(asWords).join(': '),
    value,
    ...(error === undefined ? {} : { error }),
  };
  return inputOf(view, type, value);
}

function idOf(place: string): string {
  return `field-${place.replaceAll(/[./]/gu, '-')}`;
}

/** Makes the field in which a value of a case is changed: a choice, a line or an area of text. */
function caseFieldView(
  { field, label, type, text }: CaseField,
  entered: string | undefined,
  error: string | undefined,
): ChangeField {
  const view = {
    id: idOf(field),
    name: `${CASE_FIELD}${field}`,
    label,
    value: entered ?? text,
    ...(error === undefined ? {} : { error }),
  };
  return inputOf(view, type, text);
}

function inputOf(view: ChangeField, type: ValueType, text: string): ChangeField {
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

/** Reads what was entered for the fields of cases: by field, each list as the text of its rows. */
export function enteredTexts(
  fields: readonly (readonly [string, string])[],
  known: readonly CaseField[],
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const rows = new Map<string, Map<number, Map<string, string>>>();
  for (const [name, value] of fields) {
    if (name.startsWith(CASE_FIELD)) texts.set(name.slice(CASE_FIELD.length), value);
    if (name.startsWith(CASE_ROW)) addCell(rows, name.slice(CASE_ROW.length), value);
  }
  for (const { field, columns } of known) {
    const entered = rows.get(field);
    if (columns === undefined || entered === undefined) continue;
    const inOrder = [...entered].sort(([a], [b]) => a - b).map(([, row]): EnteredRow => row);
    texts.set(field, rowsText(inOrder, columns));
  }
  return texts;
}

function addCell(
  rows: Map<string, Map<number, Map<string, string>>>,
  place: string,
  value: string,
): void {
  const [field = '', index = '', ...column] = place.split('/');
  const list = rows.get(field) ?? new Map<number, Map<string, string>>();
  const row = list.get(Number(index)) ?? new Map<string, string>();
  row.set(column.join('.'), value);
  list.set(Number(index), row);
  rows.set(field, list);
}
