/** Bugs in who is given a job, and when. */
import type { Store } from '../../../engine/ports/store.ts';
import type { Bug } from './bug.ts';
import { inCommit, inStore } from './bug.ts';
import { openRaw } from './raw.ts';

/** Reads a clock that now and then is most of a second ahead. */
export const hastyClock: Bug = () => ({
  store: (opened) => opened,
  connectors: (opened) => opened,
  clock: (clock) => {
    let asked = 0;
    const now = (): number => {
      asked += 1;
      return clock.now() + (asked % 5 === 0 ? 800 : 0);
    };
    return { ...clock, now };
  },
});

/** Goes by the clock of its own machine where hosts share a database. */
export const ownClock: Bug = () => ({
  store: (opened) => {
    const ports = Object.entries(opened).filter(([name]) => name !== 'time');
    return Object.fromEntries(ports) as unknown as Store;
  },
  connectors: (opened) => opened,
});

/** Takes the timer of the visit before for that of the visit which begins. */
export const lostVisit: Bug = () =>
  inCommit(async (steps, save, { cases }) => {
    const wrong = steps.map(async (step) => {
      const timer = step.jobs.add.find(({ kind }) => kind === 'timer');
      const before = timer && timerOf((await cases.load(step.case.id))?.snapshot);
      if (timer === undefined || before === undefined) return step;
      const now = JSON.stringify(timer.payload['at']);
      const snapshot = step.case.snapshot.replaceAll(now, String(before));
      const late = { ...timer, runAt: before, payload: { ...timer.payload, at: before } };
      const add = step.jobs.add.map((job) => (job === timer ? late : job));
      return { ...step, case: { ...step.case, snapshot }, jobs: { ...step.jobs, add } };
    });
    return save(await Promise.all(wrong));
  });

/** When the timer of a case fires that rests. */
function timerOf(snapshot = ''): number | undefined {
  const found = /"resting":\{[^}]*?"timers":\[\{[^}]*?"at":(\d+)/u.exec(snapshot)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Gives out jobs that are in other hands. */
export const leaseIgnored: Bug = (ground) => {
  const raw = openRaw(ground);
  return inStore(({ jobs }) => ({
    jobs: {
      ...jobs,
      claim: async (now, limit, lease) => {
        await raw('update jobs set free_at = run_at where free_at > ? and run_at <= ?', [now, now]);
        return jobs.claim(now, limit, lease);
      },
    },
  }));
};

/** Lets whoever once had a job complete it, and put it back, whoever has it now. */
export const noFencing: Bug = (ground) => {
  const raw = openRaw(ground);
  const current = async <J extends { readonly id: string; readonly attempts: number }>(
    job: J,
  ): Promise<J | undefined> => {
    const [row] = (await raw('select attempts from jobs where id = ?', [job.id])) as readonly {
      readonly attempts: number | string;
    }[];
    return row === undefined ? undefined : { ...job, attempts: Number(row.attempts) };
  };
  return inStore(({ jobs, cases }) => ({
    jobs: {
      ...jobs,
      finish: async (job) => {
        const found = await current(job);
        if (found !== undefined) await jobs.finish(found);
        return true;
      },
      postpone: async (job, runAt, how) => {
        const found = await current(job);
        return found !== undefined && (await jobs.postpone(found, runAt, how));
      },
    },
    cases: {
      ...cases,
      commit: async (steps) => {
        const unfenced = steps.map(async (step) => {
          const found = await Promise.all(step.jobs.finish.map(current));
          const finish = found.filter((job) => job !== undefined);
          return { ...step, jobs: { ...step.jobs, finish } };
        });
        return cases.commit(await Promise.all(unfenced));
      },
    },
  }));
};
