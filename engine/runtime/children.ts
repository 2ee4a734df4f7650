import { CANCELLED } from '../kernel/compile/names.ts';
import { visitOf as visitIn } from '../kernel/effects.ts';
import type { Visit } from '../kernel/effects.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { CaseEvent } from '../kernel/event.ts';
import { MOST_DEPTH, TOO_DEEP } from '../kernel/transition/run-depth.ts';
import type { Beginning } from '../kernel/transition/begin.ts';
import type { Cases } from '../ports/cases.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClaimedJob, StoredCase } from '../ports/step.ts';
import { answerEvent } from './answer-event.ts';
import type { Catalogue, Definition } from './catalogue.ts';
import { FAILED, childId } from './child-cases.ts';
import { derivedId } from './derived-id.ts';
import { SYSTEM } from './draft.ts';
import type { GivenUp } from './incidents.ts';
import type { LinkTokens } from './link-tokens.ts';
import { onlyCaseOf } from './only-case.ts';
import { numberIn, objectIn, textIn, visitOf } from './payload.ts';
import type { References } from './references.ts';
import type { LoadedCase } from './loaded-case.ts';
import type { NewCase } from './start-case.ts';
import { firstStep } from './start-case.ts';
import type { Starter } from './starter.ts';
import type { StepEnd, Steps } from './steps.ts';

/** How a job about a child case ended: its job is finished, is still to be finished, or was given up. */
export type ChildJobEnd = 'finished' | 'finish' | GivenUp;

interface Parts {
  readonly steps: Steps;
  readonly catalogue: Catalogue;
  readonly references: References;
  readonly starter: Pick<Starter, 'byItself'>;
  readonly cases: Pick<Cases, 'load' | 'history'>;
  readonly tokens: LinkTokens;
  readonly clock: Clock;
}

/** Cases that run other cases: starting them, hearing how they ended, undoing them. */
export class Children {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Starts the child case of a visit, unless it runs already. */
  async start(job: ClaimedJob): Promise<ChildJobEnd> {
    const { steps, catalogue } = this.#parts;
    const visit = visitOf(job);
    const parent = await steps.load(job.caseId);
    if (await this.#isDeepest(parent.stored)) return this.#fail(job, visit, TOO_DEEP);
    const definition = await catalogue.pinned(textIn(job, 'workflow'), parent.definition.published);
    const end = await this.#begin(definition, job, {
      id: childId(job.caseId, visit),
      starter: parent.stored.starter,
      beginning: { kind: 'run', input: objectIn(job, 'input') },
      parent: { caseId: job.caseId, ...visit },
    });
    return end === 'already begun' ? this.#fail(job, visit, ALREADY_BEGUN) : end;
  }

  /** Saves the first step of a child case; the job that asked for it is finished with it. */
  async #begin(
    definition: Definition,
    job: ClaimedJob,
    fresh: Omit<NewCase, 'reference' | 'finishJob'>,
  ): Promise<ChildJobEnd | 'already begun'> {
    const { steps, references, tokens, clock } = this.#parts;
    const { published, compiled, core } = definition;
    const now = clock.now();
    const pattern = compiled.workflow.reference;
    const reference = await references.next(published.name, pattern, now, core.view.timeZone);
    const finishJob = { id: job.id, attempts: job.attempts };
    const first = firstStep(definition, { ...fresh, reference, finishJob }, now, tokens);
    if ('kind' in first) return { code: first.code, message: first.message };
    const end = await steps.create(first.before, first.draft, now);
    const only = onlyCaseOf(end);
    return only === undefined || only.caseId === fresh.id ? jobEnd(end) : 'already begun';
  }

  /** Begins a case that goes on by itself, once however often it is asked for. */
  async detach(job: ClaimedJob): Promise<ChildJobEnd> {
    const { steps, catalogue, starter } = this.#parts;
    const { stored, definition } = await steps.load(job.caseId);
    const started = await catalogue.pinned(textIn(job, 'workflow'), definition.published);
    const end = await starter.byItself(
      started,
      { kind: 'run', input: objectIn(job, 'input') },
      {
        ...{ id: derivedId(job.id), starter: stored.starter },
        finishJob: { id: job.id, attempts: job.attempts },
      },
    );
    return jobEnd(end);
  }

  /** Asks a finished child case to undo itself. */
  async undo(job: ClaimedJob): Promise<ChildJobEnd> {
    const event: CaseEvent = { kind: 'undo', entry: numberIn(job, 'entry') };
    return this.#answer(childId(job.caseId, visitOf(job)), event, job);
  }

  /** Calls a child case off that its parent has left; one that never began is not there. */
  async cancel(job: ClaimedJob): Promise<ChildJobEnd> {
    try {
      const plain = job.payload['plain'] === true ? ({ plain: true } as const) : {};
      const event: CaseEvent = { kind: 'cancel', ...plain };
      return await this.#answer(await this.#runningFor(job), event, job);
    } catch (error) {
      if (error instanceof TrellisError && error.code === 'no-case') return 'finish';
      throw error;
    }
  }

  /** The child case of a visit; of several that were to take work back, the last. */
  async #runningFor(job: ClaimedJob): Promise<string> {
    const visit = visitOf(job);
    let id = childId(job.caseId, visit);
    if (visit.state !== '') return id;
    while ((await this.#parts.cases.load(inPlaceOf(id))) !== undefined) id = inPlaceOf(id);
    return id;
  }

  /** Lets a child case rest with its parent, or go on with it; one that never began is not there. */
  async rest(job: ClaimedJob): Promise<ChildJobEnd> {
    const kind = job.payload['resting'] === true ? 'suspend' : 'resume';
    const event: CaseEvent = { kind, reason: textIn(job, 'reason'), withParent: true };
    try {
      const end = await this.#answer(await this.#runningFor(job), event, job);
      // It stands like that already, or was suspended for itself.
      return typeof end === 'object' && end.code === 'not-possible' ? 'finish' : end;
    } catch (error) {
      if (error instanceof TrellisError && error.code === 'no-case') return 'finish';
      throw error;
    }
  }

  /** Tells the parent how a child case ended, or that it has undone itself. */
  async report(job: ClaimedJob): Promise<ChildJobEnd> {
    const child = await this.#parts.steps.load(job.caseId);
    const { parent } = child.stored;
    if (parent === undefined) return 'finish';
    const { undone } = job.payload;
    if (typeof undone === 'number') {
      return this.#answer(parent.caseId, { kind: 'undone', entry: undone }, job);
    }
    const outcome = textIn(job, 'outcome');
    const visit = visitIn(parent);
    if (visit.state === '') return this.#reportUndo(parent, outcome, child, job);
    const { definition } = await this.#parts.steps.load(parent.caseId);
    const handlers = definition.compiled.states.get(visit.state)?.on ?? [];
    const isHandled = handlers.some(({ event }) => event === outcome);
    const failed = outcome === CANCELLED || (outcome === FAILED && !isHandled);
    const error = failure(child.stored.reference, outcome);
    const event: CaseEvent = failed
      ? { kind: 'failed', ...visit, error }
      : { kind: 'done', ...visit, result: job.payload['data'] ?? null, outcome };
    return this.#answer(parent.caseId, event, job, error);
  }

  /**
   * A case that was to take work of its parent back has ended: an entry of the undo list is done. One
   * that has failed is an incident; where a person has that tried again, another takes its place.
   */
  async #reportUndo(
    parent: Visit & { readonly caseId: string },
    outcome: string,
    child: LoadedCase,
    job: ClaimedJob,
  ): Promise<ChildJobEnd> {
    if (outcome !== CANCELLED && outcome !== FAILED) {
      return this.#answer(parent.caseId, { kind: 'undone', entry: parent.visit }, job);
    }
    if (job.payload['vouched'] === true) return this.#runAgain(child, job);
    const { code, message } = failure(child.stored.reference, outcome);
    return { code, message: `${message} To try again runs another case in its place.` };
  }

  /** Runs another case in the place of one that has failed, given the same. */
  async #runAgain({ stored, definition }: LoadedCase, job: ClaimedJob): Promise<ChildJobEnd> {
    const { id, starter, parent } = stored;
    const [started] = await this.#parts.cases.history(id, 0, 1);
    const { beginning } = (started?.body ?? {}) as { readonly beginning?: Beginning };
    if (beginning === undefined || parent === undefined) return 'finish';
    const end = await this.#begin(definition, job, {
      ...{ id: inPlaceOf(id), starter, beginning, parent },
    });
    return end === 'already begun' ? ALREADY_BEGUN : end;
  }

  /** A case that cannot be run is a failure of its state; one that was to take work back, of the undo. */
  async #fail(job: ClaimedJob, visit: Visit, error: GivenUp): Promise<ChildJobEnd> {
    if (visit.state === '') return error;
    return this.#answer(job.caseId, { kind: 'failed', ...visit, error }, job, error);
  }

  /** Tells whether as many cases run each other as may, down to this one. */
  async #isDeepest(stored: StoredCase): Promise<boolean> {
    let { parent } = stored;
    for (let depth = 0; depth < MOST_DEPTH; depth += 1) {
      if (parent === undefined) return false;
      ({ parent } = (await this.#parts.steps.load(parent.caseId)).stored);
    }
    return true;
  }

  async #answer(
    caseId: string,
    event: CaseEvent,
    job: ClaimedJob,
    unhandled?: GivenUp,
  ): Promise<ChildJobEnd> {
    const finishJobs = [{ id: job.id, attempts: job.attempts }];
    const end = await this.#parts.steps.take(caseId, (loaded, now) =>
      answerEvent(loaded, event, SYSTEM, now, { finishJobs }),
    );
    return jobEnd(end, unhandled);
  }
}

const ALREADY_BEGUN: GivenUp = {
  code: 'already-begun',
  message: 'There is already a case of it, and there can be only one.',
};

/** The id of the case that takes the place of one that has failed. */
function inPlaceOf(id: string): string {
  return derivedId(`${id}\nagain`);
}

/** `unhandled` is what a failure is called that the parent says nothing of. */
function jobEnd(end: StepEnd, unhandled?: GivenUp): ChildJobEnd {
  if (end.kind === 'saved' || end.kind === 'fenced') return 'finished';
  if (end.kind !== 'refused' || end.code === 'stale') return 'finish';
  if (end.code === 'unhandled' && unhandled !== undefined) return unhandled;
  return { code: end.code, message: end.message };
}

function failure(reference: string, outcome: string): GivenUp {
  return outcome === CANCELLED
    ? { code: 'child-called-off', message: `The case ${reference} that it ran was called off.` }
    : { code: 'child-failed', message: `The case ${reference} that it ran ended as failed.` };
}
