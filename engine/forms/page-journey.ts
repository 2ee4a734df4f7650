import { TrellisError } from '../kernel/errors.ts';
import type { AnswerError } from './answer-error.ts';
import { errorAt, joinedErrors } from './answer-error.ts';
import type { Posted } from './answers.ts';
import { checkPage } from './check-answers.ts';
import type { Decoded } from './decode.ts';
import { applied, decode, entriesOf, postedLength } from './decode.ts';
import type { Draft } from './draft.ts';
import { withoutHeld } from './draft.ts';
import { askedOn } from './form-context.ts';
import type { Question } from './form-model.ts';
import { isListQuestion } from './list-entries.ts';
import { withValueAt } from './pointer.ts';
import type { Journey, Reply } from './reply.ts';
import { following } from './route.ts';
import type { Step } from './step.ts';
import { readStep, stepKey } from './step.ts';
import { submit } from './submit.ts';

type PageStep = Extract<Step, { kind: 'page' }>;

/** Works out what follows when a page of questions is sent. */
export function postPage(journey: Journey, draft: Draft, step: PageStep, posted: Posted): Reply {
  const { checks, context } = journey;
  const page = checks.model.pages[step.page];
  const questions = page === undefined ? [] : askedOn(page, draft, context);
  const decoded = decode(questions, posted.answers, 'apart', posted.uploads);
  const stale = changedElsewhere(questions, draft, posted);
  if (stale.length > 0) return { kind: 'show', step, answers: posted.answers, errors: stale };

  const next: Draft = { ...withoutHeld(draft), values: applied(draft.values, decoded) };
  const action = posted.controls['#action'] ?? 'continue';
  if (action !== 'continue') {
    return aside(journey, next, { step, questions, posted, decoded }, action);
  }

  const unfit = checkPage(checks, step.page, next, context);
  const errors = joinedErrors(questions, decoded.errors, unfit);
  if (errors.length > 0) return { kind: 'show', step, answers: posted.answers, errors };
  const onward = following(journey, next, step);
  if (onward === undefined) return submit(journey, next, step, posted);
  return { kind: 'go', step: onward, draft: { ...next, at: stepKey(checks.model, onward) } };
}

/** A page as it was sent. */
interface Sent {
  readonly step: PageStep;
  readonly questions: readonly Question[];
  readonly posted: Posted;
  readonly decoded: Decoded;
}

/** What the buttons beside a file do: store it, or take it away, and show the page again. */
const FILE_ACTIONS = ['upload', 'remove'];

/** Keeps what was typed, right or wrong, and goes to an entry of a list or stops for now. */
function aside(
  journey: Journey,
  draft: Draft,
  { step, questions, posted, decoded }: Sent,
  action: string,
): Reply {
  const { model } = journey.checks;
  const held = { step: stepKey(model, step), answers: posted.answers };
  const kept = { ...draft, at: held.step, ...(decoded.errors.length > 0 ? { held } : {}) };
  if (action === 'save') return { kind: 'saved', step, draft: kept };
  const file = questions.find(({ widget }) => widget.kind === 'file');
  if (file !== undefined && FILE_ACTIONS.includes(action)) {
    if (decoded.errors.length > 0) {
      return { kind: 'show', step, answers: posted.answers, errors: decoded.errors };
    }
    const values =
      action === 'remove' ? withValueAt(kept.values, file.pointer, undefined) : kept.values;
    return { kind: 'go', step, draft: { ...kept, values } };
  }
  const target = readStep(model, action);
  if (target === undefined || !(target.kind === 'entry' || target.kind === 'remove')) {
    throw new TrellisError(
      'unknown-action',
      `The form was sent with a button that this page does not have: "${action.slice(0, 60)}". Open the page again and send it once more.`,
      { action: action.slice(0, 60) },
    );
  }
  const onward: Step = step.back === true ? { ...target, back: true } : target;
  return { kind: 'go', step: onward, draft: { ...kept, at: stepKey(model, onward) } };
}

/** Tells of lists that have other entries than when the page was opened. */
function changedElsewhere(
  questions: readonly Question[],
  draft: Draft,
  { answers }: Posted,
): readonly AnswerError[] {
  return questions
    .filter(isListQuestion)
    .filter((list) => {
      const length = postedLength(list, answers);
      return length !== undefined && length !== entriesOf(list, draft.values).length;
    })
    .map((list) =>
      errorAt(list, `${list.label} changed in another window. Check the entries and continue`),
    );
}
