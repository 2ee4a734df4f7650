import type { CheckedCase } from './checked-case.ts';
import type { Acknowledged, Records } from '../records.ts';
import type { Broken } from './broken.ts';
import { grouped } from './grouped.ts';

/** What clients were told is so, and stays so; the same key has one effect and one answer. */
export function brokenAcknowledgements(
  { acknowledged, stored }: Records,
  cases: readonly CheckedCase[],
): readonly Broken[] {
  const known: Known = {
    bySlip: grouped(cases, ({ followed }) => followed.slip),
    messages: new Map(stored.messages.map((message) => [message.id, message.consumed === 1])),
    tasks: new Map(stored.tasks.map(({ id, status }) => [id, status])),
    answers: new Map(stored.submissions.map(({ key, answer }) => [key, answer])),
  };
  return [
    ...acknowledged.flatMap((one) => checkOne(one, known)),
    ...differing(acknowledged),
    ...doubled(cases),
  ];
}

interface Known {
  readonly bySlip: ReadonlyMap<string, readonly CheckedCase[]>;
  /** Whether each message was consumed. */
  readonly messages: ReadonlyMap<string, boolean>;
  /** The status of each task. */
  readonly tasks: ReadonlyMap<string, string>;
  readonly answers: ReadonlyMap<string, string>;
}

function checkOne(one: Acknowledged, known: Known): readonly Broken[] {
  const broken = (promise: number, evidence: string): readonly Broken[] => [
    { promise, about: `${one.kind} ${one.key} of ${one.slip}`, evidence },
  ];
  const isRefused = one.status >= 400;
  if (one.kind === 'reuse') {
    return isRefused ? [] : broken(4, `another body under the same key was answered ${one.status}`);
  }
  if (isRefused) return MAY_REFUSE[one.kind](one.status) ? [] : broken(7, `answered ${one.status}`);
  if (one.kind === 'sighting') return [];
  const found = known.bySlip.get(one.slip)?.[0];
  if (found === undefined) return broken(1, 'acknowledged, and there is no such case');
  const lost = LOST[one.kind](one, found, known);
  return lost === undefined ? [] : broken(lost[0], lost[1]);
}

/** What may be refused: buttons of a place that was left, and a task that was completed before. */
const MAY_REFUSE: Readonly<Record<Acknowledged['kind'], (status: number) => boolean>> = {
  start: () => false,
  reuse: () => true,
  message: () => false,
  sighting: () => false,
  mark: (status) => status === 409,
  again: (status) => status === 409,
  task: (status) => status === 409,
};

type Lost = readonly [promise: number, evidence: string] | undefined;

/** What has become of each kind of thing that was acknowledged, where it is not as it should be. */
const LOST: Readonly<
  Record<
    Exclude<Acknowledged['kind'], 'reuse' | 'sighting'>,
    (one: Acknowledged, found: CheckedCase, known: Known) => Lost
  >
> = {
  start: ({ key, answer }, { row }, { answers }) => {
    const { id, reference } = answer as { readonly id: string; readonly reference: string };
    if (id !== row.id || reference !== row.reference) {
      return [4, `${reference} was answered, and ${row.reference} is the case of this key`];
    }
    const stored = JSON.parse(answers.get(key) ?? '{}') as {
      readonly caseId?: string;
      readonly reference?: string;
    };
    if (stored.caseId === id && stored.reference === reference) return undefined;
    return [4, `the stored answer is ${JSON.stringify(stored)} where ${reference} was answered`];
  },
  mark: ({ key }, { followed }, { answers }) => {
    const times = followed.marks.filter((mark) => mark === key).length;
    if (times === 0) return [1, 'acknowledged, and not in the history'];
    if (times > 1) return [4, `done ${times} times`];
    return answers.has(key) ? undefined : [4, 'its answer is not stored'];
  },
  again: ({ key }, _found, { answers }) =>
    answers.has(key) ? undefined : [1, 'acknowledged, and its answer is not stored'],
  message: ({ key }, { followed }, { messages }) => {
    const consumed = messages.get(key);
    if (consumed === undefined) return [1, 'acknowledged, and not kept'];
    return consumed && !followed.isMessageTaken
      ? [1, 'taken out of what is kept, and its case has not heard it']
      : undefined;
  },
  task: ({ key }, { followed }, { tasks }) => {
    if (!followed.isOutcomeTaken) return [1, 'completed, and its case does not know it'];
    return tasks.get(key) === 'done' ? undefined : [1, 'completed, and the task is not done'];
  },
};

/** Keys that were answered in two ways. */
function differing(acknowledged: readonly Acknowledged[]): readonly Broken[] {
  const answers = new Map<string, string>();
  const found: Broken[] = [];
  for (const { kind, key, slip, status, answer } of acknowledged) {
    if (kind === 'reuse' || status >= 400) continue;
    const text = JSON.stringify(answer);
    const before = answers.get(key);
    if (before !== undefined && before !== text) {
      const evidence = `answered ${before} and then ${text}`;
      found.push({ promise: 4, about: `${kind} ${key} of ${slip}`, evidence });
    }
    answers.set(key, text);
  }
  return found;
}

/** Slips that more than one case was begun with: each has one key. */
function doubled(cases: readonly CheckedCase[]): readonly Broken[] {
  const bySlip = grouped(cases, ({ followed }) => followed.slip);
  return [...bySlip]
    .filter(([, { length }]) => length > 1)
    .map(([slip, all]) => ({
      promise: 4,
      about: `start of ${slip}`,
      evidence: `it began ${all.map(({ row }) => row.reference).join(' and ')}`,
    }));
}
