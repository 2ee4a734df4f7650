import type { Jobs, LaneShare } from '../../ports/jobs.ts';
import type { ClaimedJob } from '../../ports/step.ts';
import { byText } from './order.ts';
import type { StoredJob, Tables } from './tables.ts';

export function createJobs(tables: Tables): Jobs {
  const held = (job: ClaimedJob): StoredJob | undefined => {
    const stored = tables.jobs.get(job.id);
    return stored?.attempts === job.attempts ? stored : undefined;
  };
  return {
    claim: (now, limit, lease, shares) => {
      const due = within(shares, dueJobs(tables, now))
        .slice(0, limit)
        .map((stored) => take(tables, stored, now + lease));
      return Promise.resolve(due.sort((a, b) => a.runAt - b.runAt || byText(a.id, b.id)));
    },
    postpone: (job, runAt, how = 'tried') => {
      const stored = held(job);
      if (stored) {
        const untried = stored.untried + (how === 'untried' ? 1 : 0);
        const put = { ...stored.job, runAt };
        tables.jobs.set(job.id, { ...stored, job: put, untried, freeAt: runAt });
      }
      return Promise.resolve(stored !== undefined);
    },
    finish: (job) => Promise.resolve(held(job) !== undefined && tables.jobs.delete(job.id)),
    dueLanes: (now) => Promise.resolve([...new Set(dueJobs(tables, now).map(laneIn))].sort()),
    nextDue: (after = -Infinity) => {
      const times = [...tables.jobs.values()]
        .filter(({ held, freeAt }) => !held && freeAt > after)
        .map(({ freeAt }) => freeAt)
        .filter(Number.isFinite);
      return Promise.resolve(
        times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b)),
      );
    },
  };
}

/** What may be claimed, longest due first. */
function dueJobs(tables: Tables, now: number): readonly StoredJob[] {
  return [...tables.jobs.values()]
    .filter(({ freeAt, held }) => !held && freeAt <= now)
    .sort((a, b) => a.freeAt - b.freeAt || byText(a.job.id, b.job.id));
}

/** The first of each lane, as many as its share. */
function within(
  shares: readonly LaneShare[] | undefined,
  due: readonly StoredJob[],
): readonly StoredJob[] {
  if (shares === undefined) return due;
  const left = new Map(shares.map(({ lane, limit }) => [lane, limit]));
  return due.filter((stored) => {
    const limit = left.get(laneIn(stored)) ?? 0;
    left.set(laneIn(stored), limit - 1);
    return limit > 0;
  });
}

function laneIn({ job: { lane = '' } }: StoredJob): string {
  return lane;
}

function take(tables: Tables, stored: StoredJob, freeAt: number): ClaimedJob {
  const attempts = stored.attempts + 1;
  tables.jobs.set(stored.job.id, { ...stored, attempts, freeAt });
  const { refused } = stored;
  return { ...stored.job, ...(refused && { refused }), attempts, tries: attempts - stored.untried };
}
