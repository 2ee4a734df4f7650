import type { Step, StoredCase } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';

/** How often it is looked whether another host has moved a case on, in milliseconds. */
const LOOK = 20;

/** Knows the newest saved step of every case, as the store answered it. */
export interface StepWatch {
  /** The store, watched. */
  readonly store: Store;
  /** The newest step of a case. */
  newest(caseId: string): Step | undefined;
  /** Resolves once a case, from its newest step on, is as `wanted` says. */
  until(caseId: string, wanted: Wanted): Promise<void>;
  /** Answers all steps that are saved while some work is done. */
  record(work: () => Promise<void>): Promise<readonly Step[]>;
  /** Lets go of a case. */
  forget(caseId: string): void;
  /** Ends the looking. */
  stop(): void;
}

type Wanted = (stored: StoredCase) => boolean;

interface Waiting {
  readonly wanted: Wanted;
  readonly since: number;
  readonly resolve: () => void;
}

/**
 * Watches what a store saves, so that a caller learns when its case has moved. Where hosts share the
 * store, it also looks for cases that wait for long: another host may have moved them on.
 */
export function watchSteps(store: Store, isShared: boolean): StepWatch {
  const newest = new Map<string, Step>();
  const waiting = new Map<string, Waiting>();

  let recorded: Step[] | undefined;

  const tell = (stored: StoredCase): void => {
    const one = waiting.get(stored.id);
    if (one?.wanted(stored) !== true) return;
    waiting.delete(stored.id);
    one.resolve();
  };

  const saved = (step: Step): void => {
    recorded?.push(step);
    newest.set(step.case.id, step);
    tell(step.case);
  };

  const look = async (): Promise<void> => {
    const before = performance.now() - LOOK;
    const late = [...waiting].filter(([, { since }]) => since < before);
    for (const stored of await Promise.all(late.map(([id]) => store.cases.load(id)))) {
      if (stored !== undefined) tell(stored);
    }
  };
  const timer = isShared ? setInterval(() => void look(), LOOK) : undefined;

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
        if (step !== undefined && wanted(step.case)) resolve();
        else waiting.set(caseId, { wanted, since: performance.now(), resolve });
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
    stop: () => {
      clearInterval(timer);
    },
  };
}
