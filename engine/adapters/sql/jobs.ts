import type { Jobs } from '../../ports/jobs.ts';
import type { ClaimedJob } from '../../ports/step.ts';
import type { Database } from './database.ts';
import { claiming, createLaneClaims } from './lane-claims.ts';
import { NEVER } from './never.ts';
import { claimedJob } from './tables/jobs.ts';
import type { JobColumns } from './tables/jobs.ts';

export function createJobs(database: Database): Jobs {
  const { dialect } = database;
  const claim = database.statement(
    'claim_jobs',
    claiming(`due as materialized (
      select id from jobs where held = 0 and free_at <= ? order by free_at, id limit ? ${dialect.skipLocked})`),
  );
  const claimShares = createLaneClaims(database);
  const dueLanes = database.statement(
    'due_lanes',
    `with recursive lanes(lane) as (
      select min(lane) from jobs where held = 0
      union all
      select (select min(jobs.lane) from jobs where held = 0 and jobs.lane > lanes.lane)
        from lanes where lanes.lane is not null)
    select lane from lanes where lane is not null
      and (select min(free_at) from jobs where held = 0 and jobs.lane = lanes.lane) <= ?`,
  );
  const postpone = database.statement(
    'postpone_job',
    'update jobs set run_at = ?, free_at = ?, untried = untried + ? where id = ? and attempts = ?',
  );
  const nextDue = database.statement(
    'next_due',
    'select min(free_at) as next from jobs where held = 0 and free_at > ? and free_at < ?',
  );
  const finish = database.statement('finish_job', 'delete from jobs where id = ? and attempts = ?');

  return {
    claim: async (now, limit, lease, shares) => {
      const asked =
        shares === undefined
          ? { statement: claim, values: [now, limit] }
          : claimShares(shares, now, limit);
      const { statement, values } = asked;
      const rows = await database.use((session) =>
        session.all(statement, [...values, now + lease]),
      );
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
    dueLanes: async (now) => {
      const rows = await database.look((session) => session.all(dueLanes, [now]));
      return (rows as readonly { readonly lane: string }[]).map(({ lane }) => lane);
    },
    nextDue: async (after = -1) => {
      const rows = await database.look((session) => session.all(nextDue, [after, NEVER]));
      const [found] = rows as readonly { readonly next: number | null }[];
      return found?.next ?? undefined;
    },
  };
}

function byTime(a: ClaimedJob, b: ClaimedJob): number {
  return a.runAt - b.runAt || (a.id < b.id ? -1 : 1);
}
