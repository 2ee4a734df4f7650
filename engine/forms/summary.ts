import type { Json, JsonObject } from '../kernel/json.ts';
import type { Draft } from './draft.ts';
import { askedOn } from './form-context.ts';
import type { Question, ShownField } from './form-model.ts';
import type { ListQuestion } from './list-entries.ts';
import { entryQuestions, isListQuestion } from './list-entries.ts';
import { valueAt } from './pointer.ts';
import type { Journey } from './reply.ts';
import type { ShownValue } from './show-value.ts';
import { showTable, showValue } from './show-value.ts';
import type { Step } from './step.ts';

/** One line of a summary. `change` is the step at which it can be changed. */
export interface SummaryRow {
  readonly label: string;
  readonly value: ShownValue;
  readonly change?: Step;
}

export interface SummarySection {
  readonly title?: string;
  readonly rows: readonly SummaryRow[];
}

/** Makes the rows of what a form shows and does not ask for. */
export function shownRows(
  shown: readonly ShownField[],
  data: JsonObject,
  timeZone: string,
): readonly SummaryRow[] {
  return shown.map(({ pointer, label, schema, columns }) => {
    const value = valueAt(data, pointer);
    return {
      label,
      value:
        columns === undefined
          ? showValue(value, schema, timeZone)
          : showTable(value, columns, timeZone),
    };
  });
}

/** Makes the page on which all answers are checked before the form is sent. */
export function answerSections(journey: Journey, draft: Draft): readonly SummarySection[] {
  const { checks, context } = journey;
  const { model } = checks;
  const pages = model.pages.map((page, index): SummarySection => {
    const change: Step = { kind: 'page', page: index, back: true };
    const rows = askedOn(page, draft, context).map((question) => ({
      label: labelWithGroup(question),
      value: answerValue(
        question,
        valueAt(draft.values, question.pointer),
        context.moment.timeZone,
      ),
      change,
    }));
    return page.title === undefined ? { rows } : { title: page.title, rows };
  });
  const outcome = model.outcomes.find(({ name }) => name === draft.outcome);
  if (!model.outcomeFirst || outcome === undefined)
    return pages.filter(({ rows }) => rows.length > 0);
  const chosen: SummarySection = {
    rows: [
      {
        label: 'Your answer',
        value: { kind: 'text', lines: [outcome.title] },
        change: { kind: 'outcome', back: true },
      },
    ],
  };
  return [chosen, ...pages].filter(({ rows }) => rows.length > 0);
}

/** Writes the answer to a question; a list of objects as a table of what was asked of each. */
function answerValue(question: Question, value: Json | undefined, timeZone: string): ShownValue {
  if (!isListQuestion(question)) return showValue(value, question.schema, timeZone);
  const { entry } = question.widget;
  if (entry.some(({ pointer }) => pointer === ''))
    return showValue(value, question.schema, timeZone);
  return showTable(value, entry, timeZone);
}

/** Makes the rows of one entry of a list: what was asked of it. */
export function entryRows(
  list: ListQuestion,
  index: number,
  draft: Draft,
  timeZone: string,
): readonly SummaryRow[] {
  return entryQuestions(list, index).map((question) => ({
    label: labelWithGroup(question),
    value: showValue(valueAt(draft.values, question.pointer), question.schema, timeZone),
  }));
}

function labelWithGroup({ label, group }: Question): string {
  return group === undefined ? label : `${group.title}: ${label}`;
}
