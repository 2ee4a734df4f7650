import { TrellisError } from '../kernel/errors.ts';
import type { Actor } from '../kernel/effects.ts';
import type { FormValues } from '../kernel/event.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Beginning } from '../kernel/transition/begin.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import { defaultLanguage } from '../kernel/compile/mails.ts';
import type { Cases } from '../ports/cases.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Catalogue, Definition } from './catalogue.ts';
import { SYSTEM } from './draft.ts';
import type { InForce } from './in-force.ts';
import type { OutOfForce } from '../ports/out-of-force.ts';
import type { LinkTokens } from './link-tokens.ts';
import type { OnlyCase } from './only-case.ts';
import { onlyCaseOf } from './only-case.ts';
import type { References } from './references.ts';
import type { NewCase } from './start-case.ts';
import { firstStep } from './start-case.ts';
import type { StepEnd, Steps } from './steps.ts';
import {
  knownSubmission,
  refused,
  storedAnswer,
  submissionDigest,
  submissionOf,
} from './submissions.ts';
import { uploadedFiles } from './uploaded-files.ts';

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
  /** The case was there before, and there may be only one. */
  readonly existing?: true;
}

/** What the first step of a case writes beside it. */
type Beside = Omit<NewCase, 'id' | 'reference' | 'starter' | 'beginning'>;

interface Parts {
  readonly cases: Pick<Cases, 'submission'>;
  readonly files: Pick<Files, 'find'>;
  readonly catalogue: Catalogue;
  readonly inForce: Pick<InForce, 'current'>;
  readonly steps: Steps;
  readonly references: References;
  readonly tokens: LinkTokens;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Begins cases; answers after they are durable. */
export class Starter {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Starts a case by a form.
   * @throws `TrellisError` with code `no-workflow`, `form-refused` (errors in `data.errors`),
   * `submission-reused` (the same key with another content) or `already-begun` (there may be only one
   * such case, the one in `data`; a program is answered which).
   */
  async byForm(command: StartCase): Promise<Started> {
    const { start, form, workflow } = command;
    const { title, started, only } = await this.#start(
      command,
      { kind: 'form', start, form },
      form,
    );
    if (only === undefined) return started;
    throw new TrellisError(
      'already-begun',
      `There is already one “${title}” for what you entered, and there can be only one. No second one was begun.`,
      { workflow, ...only },
    );
  }

  /**
   * Starts a case by what a program gives, or answers the one that is there, where there may be only
   * one.
   * @throws `TrellisError` with code `no-workflow`, `form-refused` or `submission-reused`.
   */
  async byApi(command: StartByApi): Promise<Started> {
    const { start, input } = command;
    const { started, only } = await this.#start(command, { kind: 'api', start, input }, input);
    return only === undefined ? started : { ...only, existing: true };
  }

  /** Begins a case that nobody starts; what it writes beside itself is saved with it or not at all. */
  async byItself(
    definition: Definition,
    beginning: Beginning,
    beside: Beside & { readonly id?: string; readonly starter?: Actor },
  ): Promise<StepEnd> {
    const { ids, clock } = this.#parts;
    const { id = ids.next(), starter = SYSTEM } = beside;
    const first = await this.#first(definition, beginning, { ...beside, id, starter }, clock.now());
    return 'kind' in first ? first : first.save();
  }

  async #start(
    command: Omit<StartCase, 'form'>,
    beginning: Beginning,
    content: unknown,
  ): Promise<{ readonly title: string; readonly started: Started; readonly only?: OnlyCase }> {
    const { catalogue, cases, inForce } = this.#parts;
    const { workflow, start, submissionKey } = command;
    const definition = await catalogue.newest(workflow);
    const retired = (await inForce.current()).retired(workflow);
    const title = defaultLanguage(definition.compiled.workflow.title);
    const digest = submissionDigest([workflow, start, content]);
    try {
      if (retired !== undefined) throw retiredNow(title, retired);
      return { title, ...(await this.#begin(definition, command, beginning, digest)) };
    } catch (error) {
      // Looked for only now, because nearly every start is new and can begin.
      const known = await knownSubmission(cases, submissionKey, digest);
      if (known !== undefined) return { title, started: known as unknown as Started };
      throw error;
    }
  }

  /** @throws `TrellisError` with the code of its refusal. */
  async #begin(
    definition: Definition,
    { submissionKey, actor }: Pick<StartCase, 'submissionKey' | 'actor'>,
    beginning: Beginning,
    digest: string,
  ): Promise<{ readonly started: Started; readonly only?: OnlyCase }> {
    const { clock, ids } = this.#parts;
    const files = await this.#filesOf(beginning, submissionKey);
    const now = clock.now();
    const reference = await this.#reference(definition, now);
    const answer: Started = { caseId: ids.next(), reference };
    const fresh = {
      ...{ id: answer.caseId, reference, starter: actor, ...files },
      ...submissionOf(submissionKey, digest, { ...answer }, now),
    };
    const first = await this.#first(definition, beginning, fresh, now);
    if ('kind' in first) throw refused(first);
    const end = await first.save();
    const only = onlyCaseOf(end);
    if (only !== undefined) return { started: answer, only };
    return { started: storedAnswer(end, digest, answer) };
  }

  /** Only a form can give files. */
  #filesOf(beginning: Beginning, owner: string | undefined): Promise<Pick<NewCase, 'files'>> {
    if (beginning.kind !== 'form') return Promise.resolve({});
    return uploadedFiles(this.#parts.files, beginning.form, { owner });
  }

  async #first(
    definition: Definition,
    beginning: Beginning,
    fresh: Beside & { readonly id: string; readonly starter: Actor; readonly reference?: string },
    now: number,
  ): Promise<{ readonly save: () => Promise<StepEnd> } | Refusal> {
    const { steps, tokens } = this.#parts;
    const reference = fresh.reference ?? (await this.#reference(definition, now));
    const first = firstStep(definition, { ...fresh, reference, beginning }, now, tokens);
    if ('kind' in first) return first;
    return { save: () => steps.create(first.before, first.draft, now) };
  }

  #reference({ compiled, core }: Definition, now: number): Promise<string> {
    const { name, reference } = compiled.workflow;
    return this.#parts.references.next(name, reference, now, core.view.timeZone);
  }
}

function retiredNow(title: string, { reason }: OutOfForce): TrellisError {
  return new TrellisError(
    'workflow-retired',
    `"${title}" begins no more cases. Nothing was started.`,
    { reason },
  );
}
