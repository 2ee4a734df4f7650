import type { Jobs } from '../../ports/jobs.ts';
import type { ClaimedJob } from '../../ports/step.ts';
import type { Database } from './database.ts';
import { NEVER } from './never.ts';
import { claimedJob } from './tables/jobs.ts';
import type { JobColumns } from './tables/jobs.ts';

export function createJobs(database: Database): Jobs {
  const { dialect } = database;
  // Materialized: a plan that asked for the due jobs once a row would take more than the limit.
  const claim = database.statement(
    'claim_jobs',
    `with due as materialized (
        select id from jobs where held = 0 and free_at <= ? order by free_at, id limit ? ${dialect.skipLocked})
      update jobs set attempts = attempts + 1, free_at = ? where id in (select id from due)
      returning *`,
  );
  const postpone = database.statement(
    'postpone_job',
    'update jobs set run_at = ?, free_at = ?, untried = untried + ? where id = ? and attempts = ?',
  );
  const nextDue = database.statement(
    'next_due',
    'select min(free_at) as next from jobs where held = 0 and free_at < ?',
  );
  const finish = database.statement('finish_job', 'delete from jobs where id = ? and attempts = ?');

  return {
    claim: async (now, limit, lease) => {
      const rows = await database.use((session) => session.all(claim, [now, limit, now + lease]));
      return (rows as readonly JobColumns[]).map(claimedJob).sort(byTime);
    },
    postpone: async ({ id, attempts }, runAt, how = 'tried') => {
      const changed = await database.use((session) =>
        session.run(postpone, [runAt, runAt, how === 'untried' ? 1 : 0, id, attempts]),
      );
      return changed === 1;
    },
    finish: async ({ id, attempts }) => {
      const changed = await database.use((session) => session.run(finish, [id, attempts]));
      return changed === 1;
    },
    nextDue: async () => {
      const rows = await database.look((session) => session.all(nextDue, [NEVER]));
      const [found] = rows as readonly { readonly next: number | null }[];
      return found?.next ?? undefined;
    },
  };
}

function byTime(a: ClaimedJob, b: ClaimedJob): number {
  return a.runAt - b.runAt || (a.id < b.id ? -1 : 1);
}
