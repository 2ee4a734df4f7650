import { TrellisError } from '../kernel/errors.ts';
import type { Cases, CommitResult } from '../ports/cases.ts';
import type { Step } from '../ports/step.ts';

export interface CommitterSettings {
  /** The most steps of one batch. (Default: 200) */
  readonly batch?: number;
  /** The most steps that may wait. (Default: 10,000) */
  readonly queue?: number;
}

/** Saves steps in groups. */
export interface Committer {
  /**
   * Saves a step and answers after it is durable. Steps of one case are saved in the order given.
   *
   * @throws `TrellisError` with code `overloaded` where too many steps wait, and whatever the store
   *   throws for the batch that the step is in.
   */
  commit(step: Step): Promise<CommitResult>;
  /** Resolves once nothing waits and nothing is being saved. */
  drain(): Promise<void>;
}

interface Waiting {
  readonly step: Step;
  resolve(result: CommitResult): void;
  reject(reason: unknown): void;
}

/**
 * Creates the group committer. It has no timer: a batch is whatever arrived while the last one was
 * being saved, so that a lone step never waits and many share one durable write.
 */
export function createCommitter(
  cases: Pick<Cases, 'commit'>,
  { batch = 200, queue = 10_000 }: CommitterSettings = {},
): Committer {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  const saveAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      // Whatever follows in this turn from the batch before shares the next.
      await endOfTurn();
      const [group, rest] = takeBatch(waiting, batch);
      waiting = rest;
      await save(cases, group);
    }
    running = undefined;
  };

  return {
    commit: (step) => {
      if (waiting.length >= queue) return Promise.reject(overloaded(queue));
      return new Promise((resolve, reject) => {
        waiting.push({ step, resolve, reject });
        running ??= saveAll();
      });
    },
    drain: async () => {
      while (running !== undefined) await running;
    },
  };
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function save(cases: Pick<Cases, 'commit'>, group: readonly Waiting[]): Promise<void> {
  try {
    const results = await cases.commit(group.map(({ step }) => step));
    for (const [index, one] of group.entries()) {
      const result = results[index];
      if (result === undefined) throw new RangeError('The store answered too few results.');
      one.resolve(result);
    }
  } catch (error) {
    for (const one of group) one.reject(error);
  }
}

/** Splits off the next batch, which has one step of a case at most; the others keep their order. */
function takeBatch(waiting: readonly Waiting[], size: number): [Waiting[], Waiting[]] {
  const group: Waiting[] = [];
  const rest: Waiting[] = [];
  const cases = new Set<string>();
  for (const one of waiting) {
    const { id } = one.step.case;
    if (group.length < size && !cases.has(id)) group.push(one);
    else rest.push(one);
    cases.add(id);
  }
  return [group, rest];
}

function overloaded(queue: number): TrellisError {
  return new TrellisError(
    'overloaded',
    `${queue} steps wait to be saved already. Nothing was written; try again in a moment.`,
    { waiting: queue },
  );
}
