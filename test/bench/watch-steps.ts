import type { Step } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';

/** Knows the newest saved step of every case, as the store answered it. */
export interface StepWatch {
  /** The store, watched. */
  readonly store: Store;
  /** The newest step of a case. */
  newest(caseId: string): Step | undefined;
  /** Resolves with the first step of a case, from the newest on, that `wanted` takes. */
  until(caseId: string, wanted: (step: Step) => boolean): Promise<Step>;
  /** Answers all steps that are saved while some work is done. */
  record(work: () => Promise<void>): Promise<readonly Step[]>;
  /** Lets go of a case. */
  forget(caseId: string): void;
}

interface Waiting {
  readonly wanted: (step: Step) => boolean;
  readonly resolve: (step: Step) => void;
}

/** Watches what a store saves, so that a caller learns when its case has moved. */
export function watchSteps(store: Store): StepWatch {
  const newest = new Map<string, Step>();
  const waiting = new Map<string, Waiting>();

  let recorded: Step[] | undefined;

  const saved = (step: Step): void => {
    const { id } = step.case;
    recorded?.push(step);
    newest.set(id, step);
    const one = waiting.get(id);
    if (one?.wanted(step) !== true) return;
    waiting.delete(id);
    one.resolve(step);
  };

  return {
    store: {
      ...store,
      cases: {
        ...store.cases,
        commit: async (steps) => {
          const results = await store.cases.commit(steps);
          for (const [index, step] of steps.entries()) {
            if (results[index]?.kind === 'saved') saved(step);
          }
          return results;
        },
      },
    },
    newest: (caseId) => newest.get(caseId),
    until: (caseId, wanted) =>
      new Promise((resolve) => {
        const step = newest.get(caseId);
        if (step !== undefined && wanted(step)) resolve(step);
        else waiting.set(caseId, { wanted, resolve });
      }),
    record: async (work) => {
      const steps: Step[] = [];
      recorded = steps;
      await work();
      recorded = undefined;
      return steps;
    },
    forget: (caseId) => {
      newest.delete(caseId);
    },
  };
}
