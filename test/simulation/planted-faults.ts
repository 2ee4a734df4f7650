import type { CommitResult } from '../../engine/ports/cases.ts';
import type { Step } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';

type Commit = Store['cases']['commit'];

/** Every so many commits something goes wrong. */
const EVERY = 7;

/** Faults that a store could have; each must be found by what a run leaves behind. */
export const PLANTED: Readonly<Record<string, (store: Store) => Store>> = {
  'says that it has saved what it has not': (store) => {
    let commits = 0;
    return committing(store, (steps) => {
      commits += 1;
      const saved = (): CommitResult[] => steps.map(() => ({ kind: 'saved' }));
      return commits % EVERY === 0 ? Promise.resolve(saved()) : store.cases.commit(steps);
    });
  },
  'saves a case without its jobs': (store) => {
    let commits = 0;
    return committing(store, (steps) => {
      commits += 1;
      if (commits % EVERY !== 0) return store.cases.commit(steps);
      return store.cases.commit(
        steps.map((step) => ({ ...step, jobs: { ...step.jobs, add: [] } })),
      );
    });
  },
  'forgets the keys of submissions': (store) =>
    committing(store, (steps) =>
      store.cases.commit(steps.map((step) => ({ ...step, submissions: [] }))),
    ),
  'saves over what another host has saved': (store) =>
    committing(store, async (steps) => {
      const results = await store.cases.commit(steps);
      const saved: CommitResult[] = [];
      for (const [index, result] of results.entries()) {
        const step = steps[index];
        const isOld = result.kind === 'stale' && step !== undefined;
        saved.push(isOld ? await saveOver(store, step) : result);
      }
      return saved;
    }),
};

function committing(store: Store, commit: Commit): Store {
  return { ...store, cases: { ...store.cases, commit } };
}

async function saveOver(store: Store, step: Step): Promise<CommitResult> {
  const version = ((await store.cases.load(step.case.id))?.version ?? 0) + 1;
  const entry = { ...step.entry, seq: version };
  const [result] = await store.cases.commit([{ ...step, case: { ...step.case, version }, entry }]);
  return result ?? { kind: 'stale' };
}
