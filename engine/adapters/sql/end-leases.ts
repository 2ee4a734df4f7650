import type { Database } from './database.ts';

/**
 * Ends every lease. Only for a database that one host alone can open: whoever claimed a job before
 * is gone, and its work need not wait for the lease to run out.
 */
export async function endLeases(database: Database): Promise<void> {
  const end = database.statement(
    'end_leases',
    'update jobs set free_at = run_at where free_at > run_at and held_back is null',
  );
  await database.use((session) => session.run(end));
}
