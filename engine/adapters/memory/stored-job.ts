import type { Job } from '../../ports/step.ts';
import type { Tables } from './tables.ts';

/** Stores a job: free, or in the hand of the host that adds it. */
export function addJob(tables: Tables, { spent = 0, held, claimedUntil, ...job }: Job): void {
  tables.jobs.set(job.id, {
    job,
    attempts: claimedUntil === undefined ? spent : spent + 1,
    untried: spent,
    freeAt: claimedUntil ?? job.runAt,
    held: held === true,
  });
}
