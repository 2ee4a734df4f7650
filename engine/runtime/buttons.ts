import type { Actor, Visit } from '../kernel/effects.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { FormValues } from '../kernel/event.ts';
import type { OfferedButton } from '../kernel/transition/offered-buttons.ts';
import { offeredButtons } from '../kernel/transition/offered-buttons.ts';
import { refusal } from '../kernel/transition/step-result.ts';
import type { Cases } from '../ports/cases.ts';
import type { Files } from '../ports/files.ts';
import { answerEvent } from './answer-event.ts';
import { momentOf } from './catalogue.ts';
import type { LoadedCase } from './loaded-case.ts';
import type { Steps } from './steps.ts';
import { knownSubmission, storedAnswer, submissionDigest, submissionOf } from './submissions.ts';
import { carriedBy, uploadedFiles } from './uploaded-files.ts';

/** Presses a button of a visit of a state. Who may do it has been decided by `authorize`. */
export interface PressButton extends Visit {
  readonly caseId: string;
  readonly button: string;
  readonly form: FormValues;
  readonly actor: Actor;
  readonly submissionKey?: string;
}

/** Sends a case the event of a button that is for programs. */
export interface PressByApi {
  readonly caseId: string;
  readonly button: string;
  readonly form: FormValues;
  readonly actor: Actor;
  readonly submissionKey: string;
}

interface Parts {
  readonly steps: Steps;
  readonly cases: Pick<Cases, 'submission'>;
  readonly files: Pick<Files, 'find'>;
}

/** Pressing the buttons of cases. */
export class Buttons {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Presses a button; answers after it is durable.
   * @throws `TrellisError` with code `no-case`, `button-gone` (the case has gone on since),
   * `form-refused`, `unknown-outcome` or `submission-reused`.
   */
  async press(command: PressButton): Promise<{ readonly caseId: string }> {
    const { caseId, state, visit, button, form, actor, submissionKey } = command;
    const answer = { caseId };
    const digest = submissionDigest([caseId, state, visit, button, form]);
    const event = { kind: 'press', state, visit, button, form, actor } as const;
    const end = await this.#parts.steps.take(caseId, async (loaded, now) => {
      const files = await this.#files(loaded, form, submissionKey);
      const writes = { ...submissionOf(submissionKey, digest, answer, now), ...files };
      return answerEvent(loaded, event, actor, now, writes);
    });
    if (end.kind === 'refused') {
      if ((await knownSubmission(this.#parts.cases, submissionKey, digest)) !== undefined)
        return answer;
      if (end.code === 'stale') throw buttonGone();
    }
    return storedAnswer(end, digest, answer);
  }

  /**
   * Presses a button that is for programs, in whatever visit of its state the case is now.
   * @throws `TrellisError` with the codes of {@link press}.
   */
  async pressByApi(command: PressByApi): Promise<{ readonly caseId: string }> {
    const { caseId, button: name, form, actor, submissionKey } = command;
    const answer = { caseId };
    const digest = submissionDigest([caseId, name, form]);
    const known = await knownSubmission(this.#parts.cases, submissionKey, digest);
    if (known !== undefined) return answer;
    const end = await this.#parts.steps.take(caseId, async (loaded, now) => {
      const offered = buttonForPrograms(loaded, name, now);
      if (offered === undefined) return refusal('stale', `The case has no event "${name}" now.`);
      const { state, visit } = offered;
      const event = { kind: 'press', state, visit, button: name, form, actor } as const;
      const files = await this.#files(loaded, form, submissionKey);
      const writes = { ...submissionOf(submissionKey, digest, answer, now), ...files };
      return answerEvent(loaded, event, actor, now, writes);
    });
    if (end.kind === 'refused' && end.code === 'stale') throw buttonGone();
    return storedAnswer(end, digest, answer);
  }

  #files(
    loaded: LoadedCase,
    form: FormValues,
    owner: string | undefined,
  ): Promise<{ readonly files?: readonly string[] }> {
    return uploadedFiles(this.#parts.files, form, { owner, carried: carriedBy(loaded) });
  }
}

/** What whoever presses a button of an earlier visit is told. */
function buttonGone(): TrellisError {
  return new TrellisError(
    'button-gone',
    'The case has gone on since this page was shown, so this cannot be done any more. Look at the case again.',
  );
}

/** The innermost button of this name that is for programs. */
function buttonForPrograms(
  { live, definition }: LoadedCase,
  name: string,
  now: number,
): OfferedButton | undefined {
  const moment = momentOf(definition.core, now);
  return offeredButtons(live, definition.compiled, moment).findLast(
    ({ button, by }) => by.kind === 'api' && button.name === name,
  );
}
