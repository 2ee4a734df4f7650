import type { Actor } from '../kernel/effects.ts';
import type { InboundMessage } from '../ports/jobs.ts';
import type { ClaimedJob, Incident, Job, StoredCase, Subscription } from '../ports/step.ts';
import type { Draft, Note } from './draft.ts';
import { SYSTEM } from './draft.ts';
import { incidentCause } from './incident-cause.ts';

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
}

/** Gives a job up: it becomes an incident, and the case waits for a person. */
export function openIncident(job: ClaimedJob, { code, message }: GivenUp, now: number): Note {
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
