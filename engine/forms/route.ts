import { checkPage } from './check-answers.ts';
import type { Draft } from './draft.ts';
import { entriesOf } from './decode.ts';
import { askedOn } from './form-context.ts';
import type { Journey } from './reply.ts';
import type { Step } from './step.ts';
import { pageOfList } from './step.ts';

/** The step at which a form begins. */
export function firstStep(journey: Journey, draft: Draft): Step {
  const { model } = journey.checks;
  if (model.outcomeFirst && draft.outcome === undefined) return { kind: 'outcome' };
  return pageFrom(journey, draft, 0) ?? { kind: 'summary' };
}

/** The step after one that is complete; `undefined` where the form is then sent. */
export function following(journey: Journey, draft: Draft, step: Step): Step | undefined {
  if (step.kind === 'summary') return undefined;
  if (step.kind === 'entry' || step.kind === 'remove') {
    return { kind: 'page', page: pageOfList(journey.checks.model, step.list), ...backOf(step) };
  }
  if (step.back === true) return firstIncomplete(journey, draft) ?? { kind: 'summary' };
  const next = pageFrom(journey, draft, step.kind === 'page' ? step.page + 1 : 0);
  if (step.kind === 'outcome') return next ?? { kind: 'summary' };
  return next ?? (journey.checks.model.summary ? { kind: 'summary' } : undefined);
}

/** Tells whether sending a step sends the whole form. */
export function isLastStep(journey: Journey, draft: Draft, step: Step): boolean {
  if (step.kind === 'summary') return true;
  return step.kind === 'page' && following(journey, draft, step) === undefined;
}

/** The step before another one; `undefined` where the form begins with it. */
export function preceding(journey: Journey, draft: Draft, step: Step): Step | undefined {
  if (step.kind === 'entry' || step.kind === 'remove') return following(journey, draft, step);
  if (step.kind !== 'summary' && step.back === true) return { kind: 'summary' };
  if (step.kind === 'outcome') return undefined;
  const { model } = journey.checks;
  const index = step.kind === 'page' ? step.page : model.pages.length;
  const page = model.pages.findLastIndex((_, at) => at < index && isAsked(journey, draft, at));
  if (page >= 0) return { kind: 'page', page };
  return model.outcomeFirst ? { kind: 'outcome' } : undefined;
}

/** The first step that keeps the form from being sent. */
function firstIncomplete(journey: Journey, draft: Draft): Step | undefined {
  const { checks, context } = journey;
  if (checks.model.outcomeFirst && draft.outcome === undefined) {
    return { kind: 'outcome', back: true };
  }
  const page = checks.model.pages.findIndex(
    (_, index) => checkPage(checks, index, draft, context).length > 0,
  );
  return page < 0 ? undefined : { kind: 'page', page, back: true };
}

/**
 * The step that is shown when somebody asks for one: that step, or where the answers so far do not
 * lead there (no such entry, nothing to ask on the page, not yet complete) the one to go to first.
 */
export function reachable(journey: Journey, draft: Draft, step: Step): Step {
  const { model } = journey.checks;
  if (step.kind === 'summary') return firstIncomplete(journey, draft) ?? step;
  if (step.kind === 'outcome') return step;
  if (model.outcomeFirst && draft.outcome === undefined) return { kind: 'outcome' };
  if (step.kind === 'page') {
    if (isAsked(journey, draft, step.page)) return step;
    return pageFrom(journey, draft, step.page + 1) ?? { kind: 'summary' };
  }
  const entries = entriesOf(step.list, draft.values).length;
  const last =
    step.kind === 'remove' ? entries - 1 : Math.min(entries, step.list.widget.maxItems - 1);
  return step.entry <= last ? step : (following(journey, draft, step) ?? step);
}

function pageFrom(journey: Journey, draft: Draft, from: number): Step | undefined {
  const { pages } = journey.checks.model;
  const page = pages.findIndex((_, index) => index >= from && isAsked(journey, draft, index));
  return page < 0 ? undefined : { kind: 'page', page };
}

function isAsked(journey: Journey, draft: Draft, index: number): boolean {
  const page = journey.checks.model.pages[index];
  return page !== undefined && askedOn(page, draft, journey.context).length > 0;
}

function backOf(step: { readonly back?: boolean }): { readonly back?: boolean } {
  return step.back === true ? { back: true } : {};
}
