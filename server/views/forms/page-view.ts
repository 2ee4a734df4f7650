import type { Draft, FormModel, Journey, Step } from '../../../engine/index.ts';
import {
  OUTCOME,
  entriesOf,
  idOf,
  isLastStep,
  preceding,
  shownRows,
  stepKey,
} from '../../../engine/index.ts';
import { bodyView } from './body-view.ts';
import type {
  BodyView,
  ButtonView,
  FieldView,
  FormView,
  HiddenView,
  RowView,
} from './form-view.ts';
import { entryTitle } from './list-view.ts';
import type { FileHref } from './row-view.ts';
import { rowView } from './row-view.ts';
import type { ShownStep } from './shown-step.ts';

/** Where a form stands in the host. */
export interface FormPlace {
  /** The address of a step; forms are posted to the address of the step they show. */
  readonly hrefOf: (stepKey: string) => string;
  /** The address of a file that the form holds or shows. (Default: files are only named) */
  readonly fileHref?: FileHref;
  /** Where the page before the form's first one is. */
  readonly backHref?: string;
  /** Fields that the host wants back with every post; their names begin with `#`. */
  readonly hidden?: readonly HiddenView[];
}

/** Makes the view of one step of a form. */
export function formView(
  journey: Journey,
  draft: Draft,
  shown: ShownStep,
  place: FormPlace,
): FormView {
  const { model } = journey.checks;
  const { step, errors } = shown;
  const heading = headingOf(model, draft, step);
  const buttons = buttonsOf(journey, draft, step);
  const body = bodyView(journey, draft, shown, place);
  return {
    ...titles(model, heading, errors.length > 0),
    ...ways(journey, draft, step, place),
    action: place.hrefOf(stepKey(model, step)),
    hidden: place.hidden ?? [],
    errors: errors.map(({ anchor, text }) => ({ href: `#${anchor}`, text })),
    multipart: hasField(body, 'forms/file'),
    shown: shownOn(journey, step, place),
    body,
    buttons,
    plainEnter: buttons.length > 1 || hasField(body, 'forms/list') || hasField(body, 'forms/file'),
  };
}

function titles(
  model: FormModel,
  heading: string,
  wrong: boolean,
): Pick<FormView, 'pageTitle' | 'caption' | 'heading'> {
  const start = wrong ? 'Error: ' : '';
  if (heading === model.title) return { pageTitle: `${start}${heading}`, heading };
  const pageTitle = `${start}${heading} – ${model.title}`;
  return { pageTitle, caption: model.title, heading };
}

/** The ways off the page other than sending it. */
function ways(
  journey: Journey,
  draft: Draft,
  step: Step,
  place: FormPlace,
): Pick<FormView, 'backHref' | 'cancelHref' | 'saveLabel'> {
  const { model } = journey.checks;
  const before = preceding(journey, draft, step);
  const back = before === undefined ? place.backHref : place.hrefOf(stepKey(model, before));
  const saves =
    model.saveAndReturn !== undefined && (step.kind === 'page' || step.kind === 'entry');
  return {
    ...(back === undefined ? {} : { backHref: back }),
    ...(back === undefined || step.kind !== 'remove' ? {} : { cancelHref: back }),
    ...(saves ? { saveLabel: 'Save and come back later' } : {}),
  };
}

function shownOn(
  { checks, context }: Journey,
  step: Step,
  { fileHref }: FormPlace,
): readonly RowView[] {
  if (step.kind === 'entry' || step.kind === 'remove') return [];
  const rows = shownRows(checks.model.shown, context.data, context.moment.timeZone);
  return rows.map((row) => rowView(row, { fileHref }));
}

function headingOf(model: FormModel, draft: Draft, step: Step): string {
  switch (step.kind) {
    case 'outcome':
      return model.title;
    case 'page':
      return model.pages[step.page]?.title ?? model.title;
    case 'entry':
      return step.entry < entriesOf(step.list, draft.values).length
        ? `Change ${step.list.widget.noun} ${step.entry + 1}`
        : entryTitle(step.list, step.entry);
    case 'remove':
      return `Do you want to remove ${step.list.widget.noun} ${step.entry + 1}?`;
    case 'summary':
      return model.pages.length === 0 ? model.title : 'Check your answers';
  }
}

function buttonsOf(journey: Journey, draft: Draft, step: Step): readonly ButtonView[] {
  const { model } = journey.checks;
  if (step.kind === 'remove')
    return [{ label: `Remove ${step.list.widget.noun}`, emphasis: 'warning' }];
  if (step.kind === 'entry') return [{ label: 'Save and continue' }];
  if (!isLastStep(journey, draft, step)) return [{ label: 'Continue' }];
  if (model.outcomes.length === 0) return [{ label: 'Send' }];
  if (model.outcomeFirst) {
    const chosen = model.outcomes.find(({ name }) => name === draft.outcome);
    return [{ label: chosen?.title ?? 'Send' }];
  }
  return model.outcomes.map(({ name, title }, index) => ({
    label: title,
    name: '#outcome',
    value: name,
    ...(index === 0 ? { id: idOf(OUTCOME) } : { emphasis: 'secondary' as const }),
  }));
}

function hasField(body: BodyView, wanted: FieldView['template']): boolean {
  if (body.template !== 'forms/questions') return false;
  return body.groups.some(({ fields }) => fields.some(({ template }) => template === wanted));
}
