import type { Actor } from '../kernel/effects.ts';
import type { InboundMessage } from '../ports/message.ts';
import { refusal } from '../kernel/transition/step-result.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import type {
  ClaimedJob,
  Incident,
  Job,
  JobKind,
  StoredCase,
  Subscription,
} from '../ports/step.ts';
import { answerEvent } from './answer-event.ts';
import type { Draft, Note } from './draft.ts';
import { SYSTEM } from './draft.ts';
import { incidentCause } from './incident-cause.ts';
import type { LoadedCase } from './loaded-case.ts';
import { numberIn } from './payload.ts';
import { retryWhenDue } from './retry-when-due.ts';

/** Who lets work run again, and why. */
export interface RetryCause {
  readonly actor: Actor;
  readonly reason?: string;
  /** The operation on many cases that it is part of. */
  readonly operation?: string;
}

/** Why a job was given up. */
export interface GivenUp {
  readonly code: string;
  readonly message: string;
  /** When it is tried again by itself, in epoch milliseconds. (Default: a person has to) */
  readonly again?: number;
}

/** Gives a job up: it becomes an incident, and the case waits for a person, or for a time. */
export function openIncident(
  job: ClaimedJob,
  { code, message, again }: GivenUp,
  before: Pick<StoredCase, 'id' | 'version'>,
  now: number,
): Note {
  const { attempts, tries, ...stored } = job;
  const { state, item } = job.payload;
  const incident: Incident = {
    id: job.id,
    caseId: job.caseId,
    job: { ...stored, spent: attempts },
    cause: incidentCause(job, code, message),
    code,
    message,
    openedAt: now,
    // A job that outlives its visit says where it began; its incident is not called off either.
    ...(job.visit ?? {
      ...(typeof state === 'string' && { state }),
      ...(typeof item === 'number' && { item }),
    }),
  };
  return {
    entry: { kind: 'incident', actor: SYSTEM, body: { job: job.id, code, message, tries } },
    finishJobs: [{ id: job.id, attempts }],
    openIncidents: [incident],
    ...(again !== undefined && { addJobs: [retryWhenDue(job, code, again, before)] }),
  };
}

/**
 * Takes a message that the case which waits for it cannot take: a person looks at it, and the case
 * waits on. To try it again is a job like others.
 */
export function openMessageIncident(
  { id: caseId, version }: StoredCase,
  { state, visit }: Subscription,
  { id: message, name, body }: InboundMessage,
  why: GivenUp,
  now: number,
): Note {
  // The step has no effects of its own: this is the first key that it could give.
  const id = `${caseId}/${version + 1}/1`;
  const payload = { message, name, body };
  const cause = incidentCause({ kind: 'message', payload }, why.code, why.message);
  const job: Job = { id, caseId, kind: 'message', visit: { state, visit }, payload, runAt: now };
  return {
    entry: { kind: 'incident', actor: SYSTEM, body: { job: id, ...why, message } },
    consume: [message],
    openIncidents: [{ id, caseId, job, cause, ...why, openedAt: now, state, visit }],
  };
}

/** Lets the jobs of incidents run again, with the same keys; a person has looked at them. */
export function retryIncidents(
  incidents: readonly Incident[],
  { actor, ...why }: RetryCause,
  now: number,
): Draft {
  const jobs = incidents.map(({ job }): Job => ({
    ...job,
    runAt: now,
    payload: { ...job.payload, vouched: true },
  }));
  return {
    entry: { kind: 'retried', actor, body: { jobs: jobs.map(({ id }) => id), ...why } },
    addJobs: jobs,
    resolveIncidents: incidents.map(({ id }) => id),
  };
}

/** The work that nothing in a state waits for: a case goes on without it. */
const SKIPPED: ReadonlySet<JobKind> = new Set([
  'mail',
  'mail-to-role',
  'message',
  'undo',
  'undo-child',
]);

/** Where a case is, and how many times it has entered each state. */
export interface CasePlace {
  readonly states: readonly string[];
  readonly visits: Readonly<Record<string, number>>;
}

/** The state that waits for the work of an incident, if one does. */
export function waitingState({ job }: Incident, { states, visits }: CasePlace): string | undefined {
  if (SKIPPED.has(job.kind)) return undefined;
  // A call that outlives its visit has it in its payload alone.
  const { state, visit } = job.visit ?? job.payload;
  if (typeof state !== 'string') return undefined;
  return states.includes(state) && visits[state] === visit ? state : undefined;
}

/** Tells whether a case can go on without the work of an incident. */
export function maySkip(incident: Incident, place: CasePlace): boolean {
  const { kind } = incident.job;
  if (SKIPPED.has(kind)) return true;
  return kind === 'call' && waitingState(incident, place) === undefined;
}

/** Gives the work of an incident up for good. */
export function skipIncident(
  incident: Incident,
  loaded: LoadedCase,
  { reason, actor }: { readonly reason: string; readonly actor: Actor },
  now: number,
): Draft | Refusal {
  const { id, job } = incident;
  const resolveIncidents = [id];
  const { states } = loaded.stored;
  if (!maySkip(incident, { states, visits: loaded.live.context.visits })) {
    return refusal(
      'not-possible',
      'Its case waits for this work: skip it where the case is changed.',
    );
  }
  if (job.kind === 'undo' || job.kind === 'undo-child') {
    const event = { kind: 'undone', entry: numberIn(job, 'entry'), reason } as const;
    return answerEvent(loaded, event, actor, now, { resolveIncidents });
  }
  return { entry: { kind: 'skipped', actor, body: { job: job.id, reason } }, resolveIncidents };
}
