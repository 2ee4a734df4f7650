import type { CaseEvent } from '../kernel/event.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import { tightened } from '../kernel/values/retry-policy.ts';
import type { RetryPolicy } from '../kernel/values/retry-policy.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import type { Connectors, ConnectorAnswer } from '../ports/connector.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Incidents, Jobs } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import type { EffectHolds } from '../ports/effect-hold.ts';
import type { Queues } from '../ports/queues.ts';
import type { ClaimedJob } from '../ports/step.ts';
import { answerEvent } from './answer-event.ts';
import type { Assigner } from './assigner.ts';
import { waitBeforeRetry } from './backoff.ts';
import type { BulkWorker } from './bulk-worker.ts';
import type { Children } from './children.ts';
import { SYSTEM } from './draft.ts';
import { EffectGate } from './effect-gate.ts';
import type { GrantGate } from './grants/grant-gate.ts';
import type { GivenUp } from './incidents.ts';
import { openIncident } from './incidents.ts';
import type { LinkTokens } from './link-tokens.ts';
import type { FrameMail } from './outgoing-mail.ts';
import { MAIL_OPERATION, mailOf } from './outgoing-mail.ts';
import { numberIn, objectIn, textIn, visitOf } from './payload.ts';
import { retryDue } from './retry-when-due.ts';
import type { RoleMails } from './role-mails.ts';
import type { Steps } from './steps.ts';

/** What an operator refused to repeat after a restore. */
const NOT_AGAIN: GivenUp = {
  code: 'not-repeated',
  message: 'It was not carried out again after the database was restored, as an operator wished.',
};

/** How long it takes until a queue is looked at again that could not be, in milliseconds. */
const CALL_UP_PAUSE = 60_000;

export interface JobRunnerParts {
  readonly steps: Steps;
  readonly jobs: Jobs;
  readonly effects: EffectHolds;
  readonly grants: Pick<GrantGate, 'refuses'>;
  readonly queues: Queues;
  readonly incidents: Pick<Incidents, 'open'>;
  readonly connectors: Connectors;
  /** The connectors of the release that a case runs on. (Default: the same for all) */
  readonly connectorsOf?: (release: string) => Promise<Connectors>;
  readonly children: Children;
  readonly assigner: Assigner;
  readonly roleMails: RoleMails;
  readonly bulk: BulkWorker;
  readonly tokens: LinkTokens;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** The address of a link's page. */
  readonly linkUrl: (token: string) => string;
  readonly frameMail: FrameMail;
  /** A job was stored beside a step. */
  readonly onMore: () => void;
}

/** Jobs about other cases and about people: each takes its own step, where there is one to take. */
const BESIDE: Readonly<
  Record<
    | 'run'
    | 'start'
    | 'assign'
    | 'mail-to-role'
    | 'undo-child'
    | 'cancel-child'
    | 'rest-child'
    | 'report'
    | 'retry',
    (parts: JobRunnerParts, job: ClaimedJob) => Promise<GivenUp | 'finished' | 'finish'>
  >
> = {
  run: ({ children }, job) => children.start(job),
  start: ({ children }, job) => children.detach(job),
  assign: ({ assigner }, job) => assigner.assign(job),
  'mail-to-role': ({ roleMails }, job) => roleMails.address(job),
  'undo-child': ({ children }, job) => children.undo(job),
  'cancel-child': ({ children }, job) => children.cancel(job),
  'rest-child': ({ children }, job) => children.rest(job),
  report: ({ children }, job) => children.report(job),
  retry: retryDue,
};

/** Carries out claimed jobs and feeds what came of them back into their cases. */
export class JobRunner {
  readonly #parts: JobRunnerParts;
  readonly #gate: EffectGate;

  constructor(parts: JobRunnerParts) {
    this.#parts = parts;
    this.#gate = new EffectGate(parts.effects);
  }

  /** Runs one job to an end: an answer, a later try, or an incident; or leaves it for an operator. */
  async run(job: ClaimedJob): Promise<void> {
    if (await this.#gate.keepsBack(job)) return;
    if (await this.#isRefused(job)) return;
    switch (job.kind) {
      case 'timer':
        await this.#answer(job, {
          ...{ kind: 'timer', ...visitOf(job) },
          ...{ timer: textIn(job, 'timer'), at: numberIn(job, 'at') },
        });
        break;
      case 'call':
        if (await this.#isOutlived(job)) await this.#parts.jobs.finish(job);
        else await this.#call(job, textIn(job, 'operation'), objectIn(job, 'input'));
        break;
      case 'undo':
        await this.#call(job, textIn(job, 'operation'), objectIn(job, 'input'));
        break;
      case 'mail':
        await this.#call(job, MAIL_OPERATION, this.#mail(job));
        break;
      case 'message': {
        const { name, body } = { name: textIn(job, 'name'), body: objectIn(job, 'body') };
        await this.#answer(job, { kind: 'message', ...visitOf(job), name, body });
        break;
      }
      case 'admit':
        await this.#answer(job, { kind: 'admit', ...visitOf(job) });
        break;
      case 'call-up':
        await this.#callUp(job);
        break;
      case 'bulk':
        await this.#parts.bulk.run(job, this.#parts.jobs);
        break;
      default:
        await this.#settle(job, await BESIDE[job.kind](this.#parts, job));
    }
  }

  /** Tells whether a job may not be carried out: an operator refused it, or nothing grants it now. */
  async #isRefused({ refused, ...job }: ClaimedJob): Promise<boolean> {
    const why = refused === true ? NOT_AGAIN : await this.#parts.grants.refuses(job);
    // Without the mark: whoever has it tried again from its incident means it.
    if (why !== undefined) await this.giveUp(job, why);
    return why !== undefined;
  }

  /** Gives a job up: a person has to look. The state of its case stays as it is. */
  async giveUp(job: ClaimedJob, why: GivenUp): Promise<void> {
    if (job.kind === 'call-up') {
      // Others wait behind it: it is tried for as long as it takes.
      await this.#parts.jobs.postpone(job, this.#parts.clock.now() + CALL_UP_PAUSE, 'untried');
      return;
    }
    if (job.kind === 'bulk') {
      await this.#parts.bulk.giveUp(job, why);
      await this.#parts.jobs.finish(job);
      return;
    }
    this.#parts.log.warn('incident', { case: job.caseId, job: job.id, code: why.code });
    await this.#parts.steps.note(job.caseId, (stored, now) => openIncident(job, why, stored, now));
  }

  /** Admits as many of a queue as there is room for. */
  async #callUp(job: ClaimedJob): Promise<void> {
    const { queues, jobs, clock, onMore } = this.#parts;
    while (await queues.admitNext(job.caseId, clock.now())) onMore();
    await jobs.finish(job);
  }

  /**
   * Tells whether a call that outlives its visit was left before anybody tried it: it need not begin.
   * One that was tried goes on, because it may have succeeded, and would then be undone.
   */
  async #isOutlived(job: ClaimedJob): Promise<boolean> {
    if (job.visit !== undefined || earlierTries(job) !== 'none') return false;
    const { state, visit, item } = visitOf(job);
    const { live } = await this.#parts.steps.fresh(job.caseId);
    const open = live.context.open[state];
    return open?.visit !== visit || (item !== undefined && !open.items?.open.includes(item));
  }

  #mail(job: ClaimedJob): JsonObject {
    const { tokens, linkUrl, frameMail } = this.#parts;
    return mailOf(job, linkUrl(tokens.forEffect(job.id)), frameMail);
  }

  async #call(job: ClaimedJob, operation: string, input: JsonObject): Promise<void> {
    const connectors = await this.#connectors(job.caseId);
    const answer = await connectors.call({
      operation,
      input,
      idempotencyKey: job.id,
      earlier: earlierTries(job),
      signal: AbortSignal.timeout(connectors.timeout(operation)),
    });
    if (answer.kind === 'ok') await this.#succeeded(job, answer.output);
    else if (answer.kind === 'retry')
      await this.#tryLater(job, connectors.retryPolicy(operation), answer);
    else if (answer.kind === 'final') await this.#failed(job, answer, 'sure');
    else await this.giveUp(job, answer);
  }

  async #connectors(caseId: string): Promise<Connectors> {
    const { connectors, connectorsOf, steps } = this.#parts;
    if (connectorsOf === undefined) return connectors;
    const { stored } = await steps.load(caseId);
    return connectorsOf(stored.release);
  }

  async #succeeded(job: ClaimedJob, output: Json): Promise<void> {
    if (job.kind === 'mail') {
      await this.#parts.jobs.finish(job);
    } else if (job.kind === 'undo') {
      await this.#answer(job, { kind: 'undone', entry: numberIn(job, 'entry') });
    } else {
      await this.#answer(job, { kind: 'done', ...visitOf(job), result: output });
    }
  }

  async #tryLater(
    job: ClaimedJob,
    own: RetryPolicy,
    answer: Extract<ConnectorAnswer, { readonly kind: 'retry' }>,
  ): Promise<void> {
    const { jobs, clock, ids } = this.#parts;
    const asked = 'retry' in job.payload ? objectIn(job, 'retry') : {};
    const policy = tightened(own, asked);
    const untried = answer.certainly === 'not tried';
    if (!untried && job.tries >= policy.attempts) {
      const message = `${answer.message} (tried ${job.tries} times)`;
      await this.#failed(job, { code: answer.code, message }, 'unsure');
      return;
    }
    const wait = waitBeforeRetry(policy, job.tries, ids.random());
    const runAt = clock.now() + Math.max(wait, answer.after ?? 0);
    await jobs.postpone(job, runAt, untried ? 'untried' : 'tried');
  }

  /**
   * The work failed for good: the workflow's own `failed` takes it, else it is an incident. So it is
   * where the case has left a call that has an undo, and nobody is sure that it did not succeed.
   */
  async #failed(job: ClaimedJob, why: GivenUp, certainty: 'sure' | 'unsure'): Promise<void> {
    if (job.kind !== 'call') return this.giveUp(job, why);
    const error = { code: why.code, message: why.message };
    const refused = await this.#take(job, { kind: 'failed', ...visitOf(job), error });
    if (refused === undefined) return;
    const isLost = job.visit === undefined && certainty === 'unsure';
    if (refused.code === 'stale' && !isLost) await this.#parts.jobs.finish(job);
    else await this.giveUp(job, refused.code === 'unhandled' || isLost ? why : refused);
  }

  /** Feeds an answer into the case. One that comes too late ends its job; one that does not fit is an incident. */
  async #answer(job: ClaimedJob, event: CaseEvent): Promise<void> {
    const refused = await this.#take(job, event);
    if (refused === undefined) return;
    if (refused.code === 'stale') await this.#parts.jobs.finish(job);
    // It was claimed just before its case was suspended, and is held now; or just before the clock was
    // set back, and is due later.
    else if (refused.code === 'suspended' || refused.code === 'early')
      await this.#parts.jobs.postpone(job, job.runAt, 'untried');
    else await this.giveUp(job, refused);
  }

  async #take(job: ClaimedJob, event: CaseEvent): Promise<Refusal | undefined> {
    const finishJobs = [{ id: job.id, attempts: job.attempts }];
    const end = await this.#parts.steps.take(job.caseId, (loaded, now) =>
      answerEvent(loaded, event, SYSTEM, now, { finishJobs }),
    );
    return end.kind === 'refused' ? end : undefined;
  }

  async #settle(job: ClaimedJob, ended: GivenUp | 'finished' | 'finish'): Promise<void> {
    if (ended === 'finish') await this.#parts.jobs.finish(job);
    else if (ended !== 'finished') await this.giveUp(job, ended);
  }
}

function earlierTries(job: ClaimedJob): 'none' | 'unsure' | 'vouched' {
  if (job.tries > 1) return 'unsure';
  if (job.payload['vouched'] === true) return 'vouched';
  return job.payload['unsure'] === true ? 'unsure' : 'none';
}
