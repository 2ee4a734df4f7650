import { TrellisError } from '../kernel/errors.ts';
import type { Answers, Posted } from './answers.ts';
import type { Draft } from './draft.ts';
import { encode } from './encode.ts';
import { postEntry, removeEntry } from './entry-journey.ts';
import { askedOn } from './form-context.ts';
import type { FileWidget, Question } from './form-model.ts';
import { entryQuestions } from './list-entries.ts';
import { postPage } from './page-journey.ts';
import type { Journey, Reply } from './reply.ts';
import { firstStep, following, reachable } from './route.ts';
import type { Step } from './step.ts';
import { readStep, stepKey } from './step.ts';
import { chosenOutcome, noOutcome, submit } from './submit.ts';

/** A step as it is shown to somebody who asks for it. */
export interface OpenStep {
  readonly step: Step;
  readonly answers: Answers;
}

/**
 * Opens a form at a step, or without a key where it was left. The step may be another one than
 * was asked for: the one that has to be completed first.
 */
export function openStep(journey: Journey, draft: Draft, key?: string): OpenStep {
  const { model } = journey.checks;
  const wanted = readStep(model, key ?? draft.at ?? '') ?? firstStep(journey, draft);
  const step = reachable(journey, draft, wanted);
  const held = draft.held?.step === stepKey(model, step) ? draft.held.answers : undefined;
  return { step, answers: held ?? encode(questionsOf(journey, draft, step), draft.values) };
}

/**
 * Works out what follows when a step is sent. It changes nothing itself.
 *
 * Without a control `#action` the form goes on; `save` keeps what was typed for later; the key of
 * an entry's step keeps it and goes there, to add, change or remove the entry. `#outcome` says how
 * a form with several outcomes ends.
 * @throws `TrellisError` for a request that no page of the form sends: `unknown-step`,
 * `unknown-action`, `unknown-answer`, `repeated-answer`, `too-many-entries`.
 */
export function postStep(journey: Journey, draft: Draft, key: string, posted: Posted): Reply {
  const step = readStep(journey.checks.model, key);
  switch (step?.kind) {
    case 'outcome':
      return postOutcome(journey, draft, step, posted);
    case 'page':
      return postPage(journey, draft, step, posted);
    case 'entry':
      return postEntry(journey, draft, step, posted);
    case 'remove':
      return removeEntry(journey, draft, step);
    case 'summary':
      return submit(journey, draft, step, posted);
    case undefined:
      throw new TrellisError(
        'unknown-step',
        `This form has no step "${key.slice(0, 60)}". Open the form again from its beginning.`,
        { step: key.slice(0, 60) },
      );
  }
}

/** The questions that a step asks, given the answers so far. */
export function questionsOf(journey: Journey, draft: Draft, step: Step): readonly Question[] {
  if (step.kind === 'entry') return entryQuestions(step.list, step.entry);
  const page = step.kind === 'page' ? journey.checks.model.pages[step.page] : undefined;
  return page === undefined ? [] : askedOn(page, draft, journey.context);
}

/** A question whose answer is a file. */
export type FileQuestion = Question & { readonly widget: FileWidget };

/** The file that a step asks for, by its key; such a step asks for nothing else. */
export function fileAsked(journey: Journey, draft: Draft, key: string): FileQuestion | undefined {
  const step = readStep(journey.checks.model, key);
  if (step === undefined) return undefined;
  return questionsOf(journey, draft, step).find(isFileQuestion);
}

/** Tells a question for a file from the others. */
export function isFileQuestion(question: Question): question is FileQuestion {
  return question.widget.kind === 'file';
}

function postOutcome(
  journey: Journey,
  draft: Draft,
  step: Extract<Step, { kind: 'outcome' }>,
  { controls }: Posted,
): Reply {
  const { model } = journey.checks;
  const outcome = chosenOutcome(model, controls['#outcome']);
  if (outcome === undefined) return { kind: 'show', step, answers: {}, errors: [noOutcome(model)] };
  const next = { ...draft, outcome };
  const onward = following(journey, next, step) ?? { kind: 'summary' };
  return { kind: 'go', step: onward, draft: { ...next, at: stepKey(model, onward) } };
}
