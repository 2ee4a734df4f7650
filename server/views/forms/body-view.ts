import type { AnswerError, Draft, FormModel, Journey, Question } from '../../../engine/index.ts';
import {
  OUTCOME,
  answerSections,
  entryRows,
  idOf,
  isFileQuestion,
  isListQuestion,
  questionsOf,
  stepKey,
} from '../../../engine/index.ts';
import { fieldView } from './field-view.ts';
import { fileInputView } from './file-view.ts';
import type { BodyView, FieldView, GroupView } from './form-view.ts';
import { listView } from './list-view.ts';
import type { FileHref } from './row-view.ts';
import { rowView } from './row-view.ts';
import type { ShownStep } from './shown-step.ts';

/** Where the links of a form's page lead. */
interface BodyLinks {
  readonly hrefOf: (stepKey: string) => string;
  readonly fileHref?: FileHref;
}

/** Makes the middle of a form's page: its questions, the summary, or what is about to go. */
export function bodyView(
  journey: Journey,
  draft: Draft,
  shown: ShownStep,
  { hrefOf, fileHref }: BodyLinks,
): BodyView {
  const { model } = journey.checks;
  const { step, answers, errors } = shown;
  switch (step.kind) {
    case 'outcome':
      return { template: 'forms/outcome', field: outcomeField(model, draft, errors) };
    case 'page':
    case 'entry': {
      const views = questionsOf(journey, draft, step).map((question) => ({
        question,
        view: isListQuestion(question)
          ? listView(question, journey, draft, errors, fileHref)
          : isFileQuestion(question)
            ? fileInputView(question, { draft, errors, fileHref })
            : fieldView(question, answers, errors),
      }));
      return { template: 'forms/questions', groups: grouped(views) };
    }
    case 'remove': {
      const rows = entryRows(step.list, step.entry, draft, journey.context.moment.timeZone);
      return { template: 'forms/remove', rows: rows.map((row) => rowView(row, { fileHref })) };
    }
    case 'summary': {
      const sections = answerSections(journey, draft).map(({ title, rows }) => ({
        ...(title === undefined ? {} : { title }),
        rows: rows.map((row) =>
          rowView(row, {
            changeHref: row.change && hrefOf(stepKey(model, row.change)),
            fileHref,
          }),
        ),
      }));
      return { template: 'forms/summary', sections };
    }
  }
}

function outcomeField(model: FormModel, draft: Draft, errors: readonly AnswerError[]): FieldView {
  const id = idOf(OUTCOME);
  const error = errors.find(({ pointer }) => pointer === OUTCOME)?.text;
  return {
    id,
    name: '#outcome',
    label: 'How do you want to answer?',
    ...(error === undefined ? {} : { error, describedBy: `${id}-error` }),
    template: 'forms/choices',
    type: 'radio',
    block: 'radios',
    inline: false,
    options: model.outcomes.map(({ name, title }, index) => ({
      id: index === 0 ? id : `${id}-${index + 1}`,
      value: name,
      label: title,
      chosen: draft.outcome === name,
    })),
  };
}

function grouped(
  views: readonly { readonly question: Question; readonly view: FieldView }[],
): readonly GroupView[] {
  const groups: { pointer?: string; legend?: string; fields: FieldView[] }[] = [];
  for (const { question, view } of views) {
    const last = groups.at(-1);
    if (last !== undefined && last.pointer === question.group?.pointer) last.fields.push(view);
    else {
      const { group } = question;
      groups.push({
        ...(group === undefined ? {} : { pointer: group.pointer, legend: group.title }),
        fields: [view],
      });
    }
  }
  return groups.map(({ legend, fields }) =>
    legend === undefined ? { fields } : { legend, fields },
  );
}
