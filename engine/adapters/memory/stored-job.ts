import type { Job } from '../../ports/step.ts';
import type { Tables } from './tables.ts';

/** Stores a job that nobody has claimed. */
export function addJob(tables: Tables, { spent = 0, held, ...job }: Job): void {
  tables.jobs.set(job.id, {
    job,
    attempts: spent,
    untried: spent,
    freeAt: job.runAt,
    held: held === true,
  });
}
