import type { Actor } from '../kernel/effects.ts';
import type { ClaimedJob, Incident, Job } from '../ports/step.ts';
import type { Draft } from './draft.ts';
import { SYSTEM } from './draft.ts';

/** Why a job was given up. */
export interface GivenUp {
  readonly code: string;
  readonly message: string;
}

/** Gives a job up: it becomes an incident, and the case waits for a person. */
export function openIncident(job: ClaimedJob, { code, message }: GivenUp, now: number): Draft {
  const { attempts, tries, ...stored } = job;
  const incident: Incident = {
    id: job.id,
    caseId: job.caseId,
    job: { ...stored, spent: attempts },
    code,
    message,
    openedAt: now,
    ...job.visit,
  };
  return {
    entry: { kind: 'incident', actor: SYSTEM, body: { job: job.id, code, message, tries } },
    finishJobs: [{ id: job.id, attempts }],
    openIncidents: [incident],
  };
}

/** Lets the job of an incident run again, with the same key; a person has looked at it. */
export function retryIncident(incident: Incident, actor: Actor, now: number): Draft {
  const job: Job = {
    ...incident.job,
    runAt: now,
    payload: { ...incident.job.payload, vouched: true },
  };
  return {
    entry: { kind: 'retried', actor, body: { job: job.id } },
    addJobs: [job],
    resolveIncidents: [incident.id],
  };
}
