import type { AnswerError, Draft, Journey, ListQuestion } from '../../../engine/index.ts';
import {
  entriesOf,
  entryRows,
  insideSentence,
  stepKey,
  withArticle,
} from '../../../engine/index.ts';
import { fieldFrame } from './field-view.ts';
import type { ButtonView, EntryView, FieldView } from './form-view.ts';
import type { FileHref } from './row-view.ts';
import { rowView } from './row-view.ts';

/**
 * Makes the view of a list on its page: its entries with buttons to change and remove each, and
 * one to add. They are buttons of the page's own form, so that what was typed beside the list is
 * kept.
 */
export function listView(
  list: ListQuestion,
  journey: Journey,
  draft: Draft,
  errors: readonly AnswerError[],
  fileHref: FileHref | undefined,
): FieldView {
  const count = entriesOf(list, draft.values).length;
  const texts = errors.filter(({ pointer }) => pointer === list.pointer).map(({ text }) => text);
  const entries = Array.from({ length: count }, (_, index) =>
    entryView(list, index, journey, draft, fileHref),
  );
  return {
    ...fieldFrame(list, texts.length === 0 ? undefined : texts.join('. ')),
    template: 'forms/list',
    length: count,
    emptyText: `Nothing added to ${insideSentence(list.label)} yet.`,
    entries,
    ...(count < list.widget.maxItems ? { add: addButton(list, count, journey) } : {}),
  };
}

/** What an entry is called: `Line 2`. */
export function entryTitle({ widget }: ListQuestion, index: number): string {
  return `${widget.noun.charAt(0).toUpperCase()}${widget.noun.slice(1)} ${index + 1}`;
}

function entryView(
  list: ListQuestion,
  index: number,
  journey: Journey,
  draft: Draft,
  fileHref: FileHref | undefined,
): EntryView {
  const { model } = journey.checks;
  const called = `${list.widget.noun} ${index + 1}`;
  const rows = entryRows(list, index, draft, journey.context.moment.timeZone);
  return {
    title: entryTitle(list, index),
    rows: rows.map((row) => rowView(row, { fileHref })),
    change: {
      label: `Change ${called}`,
      id: `${list.id}-${index}-change`,
      name: '#action',
      value: stepKey(model, { kind: 'entry', list, entry: index }),
      emphasis: 'secondary',
    },
    remove: {
      label: `Remove ${called}`,
      name: '#action',
      value: stepKey(model, { kind: 'remove', list, entry: index }),
      emphasis: 'secondary',
    },
  };
}

function addButton(list: ListQuestion, count: number, journey: Journey): ButtonView {
  const { noun } = list.widget;
  return {
    label: count === 0 ? `Add ${withArticle(noun)}` : `Add another ${noun}`,
    id: `${list.id}-add`,
    name: '#action',
    value: stepKey(journey.checks.model, { kind: 'entry', list, entry: count }),
    emphasis: 'secondary',
  };
}
