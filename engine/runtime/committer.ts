import { TrellisError } from '../kernel/errors.ts';
import type { Cases, CommitResult } from '../ports/cases.ts';
import type { Step } from '../ports/step.ts';

export interface CommitterSettings {
  /** The most steps of one batch. (Default: 200) */
  readonly batch?: number;
  /** The most steps that may wait. (Default: 10,000) */
  readonly queue?: number;
}

/** How much of the queue one workflow may have, so that one that floods does not shut others out. */
const OF_QUEUE = 0.75;

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
  const most = Math.ceil(queue * OF_QUEUE);
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
      const { workflow } = step.case;
      const ahead = waiting.length < most ? 0 : countOf(waiting, workflow);
      if (waiting.length >= queue || ahead >= most) {
        return Promise.reject(overloaded(waiting.length));
      }
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

/**
 * Splits off the next batch, which has one step of a case at most; the others keep their order. Where
 * more wait than it can have, each workflow has its even part of it first: one that floods takes what
 * the others leave.
 */
function takeBatch(waiting: readonly Waiting[], size: number): [Waiting[], Waiting[]] {
  const even = evenPart(waiting, size);
  const cases = new Set<string>();
  const taken = new Set<Waiting>();
  const beyond: Waiting[] = [];
  const counts = new Map<string, number>();
  for (const one of waiting) {
    const { id, workflow } = one.step.case;
    if (cases.has(id)) continue;
    cases.add(id);
    const count = counts.get(workflow) ?? 0;
    counts.set(workflow, count + 1);
    if (count >= even) beyond.push(one);
    else if (taken.size < size) taken.add(one);
  }
  for (const one of beyond.slice(0, size - taken.size)) taken.add(one);
  return [[...taken], waiting.filter((one) => !taken.has(one))];
}

function evenPart(waiting: readonly Waiting[], size: number): number {
  if (waiting.length <= size) return size;
  return Math.ceil(size / new Set(waiting.map(({ step }) => step.case.workflow)).size);
}

function countOf(waiting: readonly Waiting[], workflow: string): number {
  return waiting.filter(({ step }) => step.case.workflow === workflow).length;
}

function overloaded(waiting: number): TrellisError {
  return new TrellisError(
    'overloaded',
    `${waiting} steps wait to be saved already. Nothing was written; try again in a moment.`,
    { waiting },
  );
}
