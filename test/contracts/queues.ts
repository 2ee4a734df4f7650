import { expect } from 'chai';
import type { QueuePlace } from '../../engine/ports/queues.ts';
import type { StoredCase } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import { START, sampleCase, sampleStep } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the port of queues, for any adapter. */
export function describeQueues(useStore: UseStore): void {
  describe('the queues of limits', () => {
    const store = useStore();

    const namesIn = async (queue: string): Promise<readonly string[]> =>
      (await store().queues.places(queue, 100)).map(({ caseId, state, admitted }) =>
        [caseId, state, ...(admitted ? ['in'] : [])].join(' '),
      );
    const admitAll = async (queue: string): Promise<number> => {
      let count = 0;
      while (await store().queues.admitNext(queue, START)) count += 1;
      return count;
    };

    it('keep places in the order in which they were taken, also in one batch', async () => {
      await join(store(), [place('c3', 'x'), place('c3', 'y')], [place('c1', 'x')]);
      await join(store(), [place('c2', 'x')]);
      expect(await namesIn('q')).to.deep.equal(['c3 x', 'c3 y', 'c1 x', 'c2 x']);
      const [first] = await store().queues.places('q', 1);
      expect(first).to.deep.equal({ ...place('c3', 'x'), admitted: false });
      expect(await namesIn('other')).to.deep.equal([]);
    });

    it('admit as many as may be, the longest waiting first, and tell their cases', async () => {
      await join(store(), [place('c1', 'x', { most: 2 })]);
      await join(store(), [place('c2', 'x', { most: 2 })]);
      await join(store(), [place('c3', 'x', { most: 2 })]);
      expect(await admitAll('q')).to.equal(2);
      expect(await namesIn('q')).to.deep.equal(['c1 x in', 'c2 x in', 'c3 x']);
      const jobs = await store().jobs.claim(START, 9, 1000);
      expect(jobs.map(({ kind, caseId, visit }) => [kind, caseId, visit])).to.deep.equal([
        ['admit', 'c1', { state: 'x', visit: 1 }],
        ['admit', 'c2', { state: 'x', visit: 1 }],
      ]);
      await leave(store(), 'c1', 'x');
      expect(await admitAll('q')).to.equal(1);
      expect(await namesIn('q')).to.deep.equal(['c2 x in', 'c3 x in']);
    });

    it('never admit too many, however many ask at once', async () => {
      for (const id of ['c1', 'c2', 'c3', 'c4', 'c5']) {
        await join(store(), [place(id, 'x', { most: 3 })]);
      }
      const { queues } = store();
      const ends = await Promise.all(Array.from({ length: 8 }, () => queues.admitNext('q', START)));
      expect(ends.filter((end) => end)).to.have.length(3);
      expect(await namesIn('q')).to.deep.equal(['c1 x in', 'c2 x in', 'c3 x in', 'c4 x', 'c5 x']);
    });

    it('pass over cases that are suspended, which keep their places', async () => {
      await join(store(), [place('c1', 'x')]);
      await join(store(), [place('c2', 'x')]);
      const asleep = { ...sampleCase('c1'), version: 2, status: 'suspended' } as const;
      await save(store(), asleep);
      expect(await admitAll('q')).to.equal(1);
      expect(await namesIn('q')).to.deep.equal(['c1 x', 'c2 x in']);
      await leave(store(), 'c2', 'x');
      expect(await admitAll('q')).to.equal(0);
      const again = { join: [place('c1', 'x', { since: START + 9 })], leave: [] };
      await save(store(), { ...sampleCase('c1'), version: 3 }, again);
      expect(await admitAll('q')).to.equal(1);
      const [only] = await store().queues.places('q', 9);
      expect(only).to.include({ since: START, admitted: true });
    });

    it('count by what the version of a case says, also when it changes', async () => {
      await join(store(), [place('c1', 'x')]);
      await join(store(), [place('c2', 'x')]);
      expect(await admitAll('q')).to.equal(1);
      const more = { join: [place('c2', 'x', { most: 2 })], leave: [] };
      await save(store(), { ...sampleCase('c2'), version: 2 }, more);
      expect(await admitAll('q')).to.equal(1);
      expect(await namesIn('q')).to.deep.equal(['c1 x in', 'c2 x in']);
    });

    it('say of each place of a case how many wait before it', async () => {
      await join(store(), [place('c1', 'x'), place('c1', 'y', { queue: 'r' })]);
      await join(store(), [place('c2', 'y', { queue: 'r' }), place('c2', 'x')]);
      await join(store(), [place('c3', 'x')]);
      await admitAll('q');
      const shown = async (id: string): Promise<unknown> =>
        (await store().queues.ofCase(id)).map(({ state, admitted, ahead }) => [
          state,
          admitted,
          ahead,
        ]);
      expect(await shown('c1')).to.deep.equal([
        ['x', true, 0],
        ['y', false, 0],
      ]);
      expect(await shown('c2')).to.deep.equal([
        ['x', false, 0],
        ['y', false, 1],
      ]);
      expect(await shown('c3')).to.deep.equal([['x', false, 1]]);
      expect(await shown('c4')).to.deep.equal([]);
    });

    it('lose their places with a step that is not saved', async () => {
      await join(store(), [place('c1', 'x')]);
      const stale = sampleStep(sampleCase('c1'), {
        queues: { join: [place('c1', 'z')], leave: [] },
      });
      expect(await store().cases.commit([stale])).to.deep.equal([{ kind: 'stale' }]);
      expect(await namesIn('q')).to.deep.equal(['c1 x']);
    });
  });
}

function place(caseId: string, state: string, changes: Partial<QueuePlace> = {}): QueuePlace {
  return { caseId, state, visit: 1, queue: 'q', most: 1, since: START, ...changes };
}

/** Cases begin in one commit, each with its places. */
async function join(store: Store, ...cases: readonly (readonly QueuePlace[])[]): Promise<void> {
  const steps = cases.map((places) => {
    const id = places[0]?.caseId ?? '';
    return sampleStep(sampleCase(id), { queues: { join: places, leave: [] } });
  });
  const results = await store.cases.commit(steps);
  expect(results).to.deep.equal(steps.map(() => ({ kind: 'saved' })));
}

async function leave(store: Store, id: string, state: string): Promise<void> {
  const leaving = { join: [], leave: [{ state, visit: 1 }] };
  const stored = await store.cases.load(id);
  await save(store, { ...sampleCase(id), version: (stored?.version ?? 0) + 1 }, leaving);
}

async function save(
  store: Store,
  its: StoredCase,
  queues?: {
    readonly join: readonly QueuePlace[];
    readonly leave: readonly { state: string; visit: number }[];
  },
): Promise<void> {
  const step = sampleStep(its, queues === undefined ? {} : { queues });
  expect(await store.cases.commit([step])).to.deep.equal([{ kind: 'saved' }]);
}
