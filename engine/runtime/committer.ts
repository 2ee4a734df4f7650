import { TrellisError } from '../kernel/errors.ts';
import type { Cases, CommitResult } from '../ports/cases.ts';
import type { Step } from '../ports/step.ts';
import { FairQueue } from './fair-queue.ts';

export interface CommitterSettings {
  /** The most steps of one batch. (Default: 200) */
  readonly batch?: number;
  /** The most steps that may wait. (Default: 10,000) */
  readonly queue?: number;
}

/** How much of the queue one workflow may have, so that one that floods does not shut others out. */
const OF_QUEUE = 0.75;

/**
 * How many steps of one workflow share a batch while others have few: whoever comes newly waits for the
 * batch under way, and a long one would make it wait for what floods.
 */
const BESIDE_OTHERS = 8;
/** How many times as many as all others together one workflow may have. */
const OF_OTHERS = 3;
/** For how many batches a workflow is remembered. */
const LATELY = 64;

/** How many are answered in one turn of the program, or a quarter of all where that is more. */
const AT_ONCE = 32;
const OF_ALL = 1 / 4;

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
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Creates the group committer. It has no timer: a batch is whatever arrived while the last one was
 * being saved, so that a lone step never waits and many share one durable write. Those who wait for a
 * batch are answered a few at a time, so that the next is being saved while their cases go on.
 */
export function createCommitter(
  cases: Pick<Cases, 'commit'>,
  { batch = 200, queue = 10_000 }: CommitterSettings = {},
): Committer {
  const most = Math.ceil(queue * OF_QUEUE);
  /** The number of the last batch that each workflow was in. */
  const lately = new Map<string, number>();
  let batches = 0;
  let waiting: Waiting[] = [];
  const answers = new FairQueue<() => void>();
  let saving: Promise<void> | undefined;
  let answering: Promise<void> | undefined;
  /** The program could go on while the last batch was saved; a driver that writes on its thread gains nothing. */
  let isBeside = false;

  const nextBatch = (): readonly Waiting[] => {
    const [group, rest] = takeBatch(waiting, batch, lately.keys());
    waiting = rest;
    batches += 1;
    for (const { step } of group) lately.set(step.case.workflow, batches);
    for (const [workflow, last] of lately) {
      if (last <= batches - LATELY) lately.delete(workflow);
    }
    return group;
  };

  const saveAll = async (): Promise<void> => {
    // Whatever follows in this turn shares the batch.
    await endOfTurn();
    while (waiting.length > 0) {
      let hasTurned = false;
      setImmediate(() => (hasTurned = true));
      const saved = await save(cases, nextBatch());
      isBeside = hasTurned;
      for (const { workflow, answer } of saved) answers.push(workflow, answer);
      answering ??= answerAll();
    }
    saving = undefined;
  };

  const answerAll = async (): Promise<void> => {
    while (answers.size > 0) {
      // The next batch comes to the driver before cases go on, which takes the thread.
      if (waiting.length > 0) await endOfTurn();
      const count = isBeside ? Math.max(AT_ONCE, answers.size * OF_ALL) : answers.size;
      for (let told = 0; told < count; told += 1) answers.take()?.one();
      await endOfTurn();
    }
    answering = undefined;
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
        saving ??= saveAll();
      });
    },
    drain: async () => {
      for (let work = saving ?? answering; work !== undefined; work = saving ?? answering)
        await work;
    },
  };
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** How one step of a batch ended, to be told to who waits for it. */
interface Answer {
  readonly workflow: string;
  readonly answer: () => void;
}

/** Saves a batch, and tells how each of it is to be answered. */
async function save(
  cases: Pick<Cases, 'commit'>,
  group: readonly Waiting[],
): Promise<readonly Answer[]> {
  const answers = (say: (one: Waiting, index: number) => void): readonly Answer[] =>
    group.map((one, index) => ({
      workflow: one.step.case.workflow,
      answer: () => {
        say(one, index);
      },
    }));
  try {
    const results = await cases.commit(group.map(({ step }) => step));
    return answers(({ resolve, reject }, index) => {
      const result = results[index];
      if (result === undefined) reject(new RangeError('The store answered too few results.'));
      else resolve(result);
    });
  } catch (error) {
    return answers(({ reject }) => {
      reject(error);
    });
  }
}

/**
 * Splits off the next batch, which has one step of a case at most; the others keep their order. Where
 * more wait than it can have, each workflow has its even part of it first: one that floods takes what
 * the others leave. While there are others, it has three times as many as all of them, or a few.
 */
function takeBatch(
  waiting: readonly Waiting[],
  size: number,
  lately: Iterable<string>,
): [Waiting[], Waiting[]] {
  const workflows = countsOf(waiting);
  const even = waiting.length <= size ? size : Math.ceil(size / workflows.size);
  const isAlone = new Set([...workflows.keys(), ...lately]).size <= 1;
  const most = isAlone ? size : mostOfOne(workflows);
  const cases = new Set<string>();
  const taken = new Set<Waiting>();
  const beyond: Waiting[] = [];
  const counts = new Map<string, number>();
  for (const one of waiting) {
    const { id, workflow } = one.step.case;
    if (cases.has(id)) continue;
    cases.add(id);
    const count = counts.get(workflow) ?? 0;
    if (count >= most) continue;
    counts.set(workflow, count + 1);
    if (count >= even) beyond.push(one);
    else if (taken.size < size) taken.add(one);
  }
  for (const one of beyond.slice(0, size - taken.size)) taken.add(one);
  return [[...taken], waiting.filter((one) => !taken.has(one))];
}

/** How many steps of each workflow wait. */
function countsOf(waiting: readonly Waiting[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { step } of waiting) {
    const { workflow } = step.case;
    counts.set(workflow, (counts.get(workflow) ?? 0) + 1);
  }
  return counts;
}

function mostOfOne(workflows: ReadonlyMap<string, number>): number {
  const counts = [...workflows.values()];
  const others = counts.reduce((sum, count) => sum + count, 0) - Math.max(...counts);
  return Math.max(BESIDE_OTHERS, OF_OTHERS * others);
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
