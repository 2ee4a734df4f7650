import type { QueuePlace } from './queues.ts';
import type { Job } from './step.ts';

/** The job that tells a case that its turn has come; there is one for each place. */
export function admitJob(
  { caseId, state, visit }: Pick<QueuePlace, 'caseId' | 'state' | 'visit'>,
  now: number,
): Job {
  const id = `${caseId}/admit/${state}/${visit}`;
  return { id, caseId, kind: 'admit', visit: { state, visit }, payload: {}, runAt: now };
}
