import { TrellisError } from '../kernel/errors.ts';
import type { Visit } from '../kernel/effects.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Job } from '../ports/step.ts';

type Paid = Pick<Job, 'id' | 'kind' | 'payload'>;

/** Reads a text out of a job's payload. @throws `TrellisError` with code `job-malformed`. */
export function textIn(job: Paid, name: string): string {
  const value = job.payload[name];
  if (typeof value !== 'string') throw malformed(job, name);
  return value;
}

/** Reads a number out of a job's payload. @throws `TrellisError` with code `job-malformed`. */
export function numberIn(job: Paid, name: string): number {
  const value = job.payload[name];
  if (typeof value !== 'number') throw malformed(job, name);
  return value;
}

/** Reads an object out of a job's payload. @throws `TrellisError` with code `job-malformed`. */
export function objectIn(job: Paid, name: string): JsonObject {
  const value = job.payload[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(job, name);
  }
  return value as JsonObject;
}

/**
 * The visit that a job is about: its own, or the one that its payload names where it goes on without.
 * @throws `TrellisError` with code `job-malformed`.
 */
export function visitOf(job: Paid & Pick<Job, 'visit'>): Visit {
  if (job.visit !== undefined) return job.visit;
  const visit = { state: textIn(job, 'state'), visit: numberIn(job, 'visit') };
  return job.payload['item'] === undefined ? visit : { ...visit, item: numberIn(job, 'item') };
}

function malformed({ id, kind }: Paid, name: string): TrellisError {
  return new TrellisError('job-malformed', `Job ${id} (${kind}) has no "${name}".`, { id });
}
