/** Bugs in how steps are saved. */
import { jobColumns } from '../../../engine/adapters/sql/tables/jobs.ts';
import type { Step } from '../../../engine/ports/step.ts';
import type { Bug } from './bug.ts';
import { inCommit, inStore, meanwhile } from './bug.ts';
import { openRaw } from './raw.ts';

/** Says that steps are saved before they are, and saves them a little later. */
export const acknowledgeFirst: Bug = () =>
  inCommit((steps, save) => {
    meanwhile()
      .then(() => save(steps))
      .catch(() => undefined);
    return Promise.resolve(steps.map(() => ({ kind: 'saved' })));
  });

/** Does not save the jobs of every seventh step. */
export const lostJob: Bug = () => {
  let count = 0;
  const without = (step: Step): Step => {
    count += 1;
    return count % 7 === 0 ? { ...step, jobs: { ...step.jobs, add: [] } } : step;
  };
  return inCommit((steps, save) => save(steps.map(without)));
};

/** Saves jobs apart from the steps that add them. */
export const noTransaction: Bug = (ground) => {
  const raw = openRaw(ground);
  return inCommit(async (steps, save) => {
    const results = await save(steps.map((step) => ({ ...step, jobs: { ...step.jobs, add: [] } })));
    await meanwhile();
    for (const [index, { jobs }] of steps.entries()) {
      if (results[index]?.kind !== 'saved') continue;
      for (const job of jobs.add) {
        const columns = jobColumns(job);
        const names = Object.keys(columns);
        const marks = names.map(() => '?').join(', ');
        await raw(
          `insert into jobs (${names.join(', ')}) values (${marks})`,
          Object.values(columns),
        );
      }
    }
    return results;
  });
};

/** Loses an entry of the history now and then. */
export const historyGap: Bug = (ground) => {
  const raw = openRaw(ground);
  let count = 0;
  return inCommit(async (steps, save) => {
    const results = await save(steps);
    for (const { entry } of steps) {
      count += 1;
      if (count % 9 !== 0) continue;
      await raw('delete from events where case_id = ? and seq = ?', [entry.caseId, entry.seq]);
    }
    return results;
  });
};

/** Saves what was worked out from an older version of a case over what was saved since. */
export const staleAccepted: Bug = () =>
  inCommit(async (steps, save, opened) => {
    const results = await save(steps);
    return Promise.all(
      results.map(async (result, index) => {
        const step = steps[index];
        if (result.kind !== 'stale' || step === undefined) return result;
        const version = ((await opened.cases.load(step.case.id))?.version ?? 0) + 1;
        const over = {
          ...step,
          case: { ...step.case, version },
          entry: { ...step.entry, seq: version },
        };
        const [again] = await save([over]);
        return again ?? result;
      }),
    );
  });

/** Takes a message out of what is kept before the step is saved that hears it. */
export const messageApart: Bug = (ground) => {
  const raw = openRaw(ground);
  return inCommit(async (steps, save) => {
    const taken = steps.flatMap(({ consume }) => consume);
    for (const id of taken) await raw('update messages set consumed = 1 where id = ?', [id]);
    // Not many steps take a kept message.
    if (taken.length > 0) await meanwhile(500);
    return save(steps.map((step) => ({ ...step, consume: [] })));
  });
};

/** Does not store under which key a step was asked for. */
export const forgottenKey: Bug = () =>
  inStore(({ cases }) => ({
    cases: {
      ...cases,
      commit: (steps) => cases.commit(steps.map((step) => ({ ...step, submissions: [] }))),
      submission: () => Promise.resolve(undefined),
    },
  }));

/** Has each case go on with the newest version of its workflow. */
export const newestVersion: Bug = () =>
  inStore(({ cases, registry }) => ({
    cases: {
      ...cases,
      load: async (id) => {
        const found = await cases.load(id);
        const newest = (await registry.newestVersions()).find(
          ({ name }) => name === found?.workflow,
        );
        return found && { ...found, workflowVersion: newest?.version ?? found.workflowVersion };
      },
    },
  }));
