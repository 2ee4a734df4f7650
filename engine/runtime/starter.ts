import type { Actor } from '../kernel/effects.ts';
import type { FormValues } from '../kernel/event.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Beginning } from '../kernel/transition/begin.ts';
import type { Cases } from '../ports/cases.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Catalogue } from './catalogue.ts';
import type { LinkTokens } from './link-tokens.ts';
import type { References } from './references.ts';
import { firstStep } from './start-case.ts';
import type { Steps } from './steps.ts';
import {
  knownSubmission,
  refused,
  storedAnswer,
  submissionDigest,
  submissionOf,
} from './submissions.ts';

/** Starts a case by one of the forms of its workflow. */
export interface StartCase {
  readonly workflow: string;
  readonly start: string;
  readonly form: FormValues;
  readonly actor: Actor;
  /** The same key gives the same answer and no second case. */
  readonly submissionKey?: string;
}

/** Starts a case by what a program gives. */
export interface StartByApi {
  readonly workflow: string;
  readonly start: string;
  readonly input: JsonObject;
  readonly actor: Actor;
  readonly submissionKey?: string;
}

export interface Started {
  readonly caseId: string;
  readonly reference: string;
}

interface Parts {
  readonly steps: Steps;
  readonly cases: Pick<Cases, 'submission'>;
  readonly catalogue: Pick<Catalogue, 'newest'>;
  readonly references: References;
  readonly tokens: LinkTokens;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Pick<Ids, 'next'>;
}

/** Starts cases on behalf of people and programs. */
export class Starter {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Starts a case by one of the forms of its workflow. */
  async byForm(command: StartCase): Promise<Started> {
    const { start, form } = command;
    return this.#begin(command, { kind: 'form', start, form }, form);
  }

  /** Starts a case by what a program gives. */
  async byApi(command: StartByApi): Promise<Started> {
    const { start, input } = command;
    return this.#begin(command, { kind: 'api', start, input }, input);
  }

  async #begin(
    command: Omit<StartCase, 'form'>,
    beginning: Beginning,
    content: unknown,
  ): Promise<Started> {
    const { cases, catalogue, references, tokens, clock, ids } = this.#parts;
    const definition = await catalogue.newest(command.workflow);
    const digest = submissionDigest([command.workflow, command.start, content]);
    const known = await knownSubmission(cases, command.submissionKey, digest);
    if (known !== undefined) return known as unknown as Started;
    const now = clock.now();
    const { workflow } = definition.compiled;
    const reference = await references.next(
      workflow.name,
      workflow.reference,
      now,
      definition.core.view.timeZone,
    );
    const answer: Started = { caseId: ids.next(), reference };
    const first = firstStep(
      definition,
      {
        id: answer.caseId,
        reference,
        starter: command.actor,
        beginning,
        ...submissionOf(command.submissionKey, digest, { ...answer }, now),
      },
      now,
      tokens,
    );
    if ('kind' in first) throw refused(first);
    const end = await this.#parts.steps.create(first.before, first.draft, now);
    return storedAnswer(end, digest, answer);
  }
}
