import type { AnswerError } from './answer-error.ts';
import type { Posted } from './answers.ts';
import { checkPage } from './check-answers.ts';
import type { Draft } from './draft.ts';
import { formValues } from './draft.ts';
import { encode } from './encode.ts';
import { askedOn } from './form-context.ts';
import type { FormModel } from './form-model.ts';
import { OUTCOME } from './form-model.ts';
import { idOf } from './pointer.ts';
import type { Journey, Reply, ShowAgain } from './reply.ts';
import type { Step } from './step.ts';

/**
 * Works out whether a form can be sent as it is: every page must be complete, and one of its
 * outcomes chosen. The first page that is not complete is shown with what is wrong.
 */
export function submit(journey: Journey, draft: Draft, step: Step, posted: Posted): Reply {
  const { model } = journey.checks;
  const outcome = model.outcomeFirst
    ? draft.outcome
    : chosenOutcome(model, posted.controls['#outcome']);
  const given: Draft = outcome === undefined ? draft : { ...draft, outcome };
  const incomplete = firstWrongPage(journey, given);
  if (incomplete !== undefined) return incomplete;
  if (model.outcomes.length > 0 && outcome === undefined) {
    const again = model.outcomeFirst ? { kind: 'outcome' as const } : step;
    return { kind: 'show', step: again, answers: posted.answers, errors: [noOutcome(model)] };
  }
  return {
    kind: 'submitted',
    draft: given,
    values: formValues(model, given, journey.context),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** Answers the outcome of that name, if the form has one. */
export function chosenOutcome(model: FormModel, name: string | undefined): string | undefined {
  return model.outcomes.find((outcome) => outcome.name === name)?.name;
}

/** Says that an outcome must be chosen, at the first of the buttons. */
export function noOutcome(model: FormModel): AnswerError {
  const titles = model.outcomes.map(({ title }) => `“${title}”`);
  return { pointer: OUTCOME, anchor: idOf(OUTCOME), text: `Select ${titles.join(' or ')}` };
}

function firstWrongPage(journey: Journey, draft: Draft): ShowAgain | undefined {
  const { checks, context } = journey;
  for (const [index, page] of checks.model.pages.entries()) {
    const errors = checkPage(checks, index, draft, context);
    if (errors.length === 0) continue;
    const answers = encode(askedOn(page, draft, context), draft.values);
    return { kind: 'show', step: { kind: 'page', page: index }, answers, errors };
  }
  return undefined;
}
