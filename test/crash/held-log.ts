import type { Around } from '../../server/host/open-host.ts';
import type { Held } from './records.ts';

/** Writes down which jobs a host was given and which it gave back as done, a line for each. */
export function heldLog(host: string, write: (line: string) => void): Around {
  const note = (held: Omit<Held, 'host'>): void => {
    write(JSON.stringify({ host, ...held } satisfies Held));
  };
  const finished = (job: string, token: number): void => {
    note({ what: 'finished', job, token, at: Date.now(), until: 0 });
  };
  return {
    connectors: (opened) => opened,
    store: (opened) => ({
      ...opened,
      jobs: {
        ...opened.jobs,
        claim: async (now, limit, lease, shares) => {
          const claimed = await opened.jobs.claim(now, limit, lease, shares);
          for (const { id, attempts } of claimed) {
            note({ what: 'claimed', job: id, token: attempts, at: now, until: now + lease });
          }
          return claimed;
        },
        postpone: async (job, runAt, how) => {
          const { id, attempts } = job;
          const at = Date.now();
          // Before it is done: a host may die between the two, and the job is then free already.
          note({ what: 'returned', job: id, token: attempts, at, until: 0 });
          return opened.jobs.postpone(job, runAt, how);
        },
        finish: async (job) => {
          const isFinished = await opened.jobs.finish(job);
          if (isFinished) finished(job.id, job.attempts);
          return isFinished;
        },
      },
      cases: {
        ...opened.cases,
        commit: async (steps) => {
          const at = Date.now();
          const results = await opened.cases.commit(steps);
          for (const [index, { jobs }] of steps.entries()) {
            if (results[index]?.kind !== 'saved') continue;
            for (const { id, spent = 0, claimedUntil: until } of jobs.add) {
              if (until === undefined) continue;
              note({ what: 'claimed', job: id, token: spent + 1, at, until });
            }
            for (const { id, attempts } of jobs.finish) finished(id, attempts);
          }
          return results;
        },
      },
    }),
  };
}
