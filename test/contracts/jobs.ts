import { expect } from 'chai';
import type { Store } from '../../engine/ports/store.ts';
import { START, sampleCase, sampleJob, sampleStep } from './sample.ts';
import type { UseStore } from './use-store.ts';

const LEASE = 30_000;

/** The contract of the jobs port, for any adapter. */
export function describeJobs(useStore: UseStore): void {
  describe('jobs', () => {
    const store = useStore();

    it('claims what is due, longest due first, and leaves the rest', async () => {
      const { jobs } = store();
      await addJobs(store(), { late: 20, early: 0, never: 1000, middle: 10 });
      const claimed = await jobs.claim(START + 20, 10, LEASE);
      expect(claimed.map(({ id }) => id)).to.deep.equal(['early', 'middle', 'late']);
      expect(claimed[0]).to.deep.equal({ ...sampleJob('early', 'c1'), attempts: 1, tries: 1 });
    });

    it('takes the longest due ones where there are more than the limit', async () => {
      const { jobs } = store();
      await addJobs(store(), { d: 3, a: 0, c: 2, b: 1 });
      const [first, second] = [
        await jobs.claim(START + 5, 2, LEASE),
        await jobs.claim(START + 5, 1, LEASE),
      ];
      expect([...first, ...second].map(({ id }) => id)).to.deep.equal(['a', 'b', 'c']);
    });

    it('claims of some lanes alone, the longest due first of each', async () => {
      const { cases, jobs } = store();
      const add = [
        ...['a', 'b', 'c'].map((id, index) => ({
          ...sampleJob(id, 'c1', { runAt: START + index }),
          lane: 'flood oms',
        })),
        { ...sampleJob('d', 'c1', { runAt: START + 9 }), lane: 'other' },
        sampleJob('e', 'c1', { runAt: START + 5 }),
        { ...sampleJob('f', 'c1', { runAt: START + 500 }), lane: 'later' },
      ];
      await cases.commit([sampleStep(sampleCase('c1'), { jobs: { add } })]);
      expect(await jobs.dueLanes(START + 10)).to.deep.equal(['', 'flood oms', 'other']);
      const shares = [
        { lane: 'flood oms', limit: 2 },
        { lane: 'other', limit: 2 },
        { lane: 'nobody', limit: 2 },
      ];
      const claimed = await jobs.claim(START + 10, 6, LEASE, shares);
      expect(claimed.map(({ id }) => id)).to.deep.equal(['a', 'b', 'd']);
      expect(claimed[0]).to.deep.equal({ ...add[0], attempts: 1, tries: 1 });
      expect(await jobs.dueLanes(START + 10)).to.deep.equal(['', 'flood oms']);
      const one = await jobs.claim(START + 10, 1, LEASE, [
        { lane: 'flood oms', limit: 4 },
        { lane: '', limit: 4 },
      ]);
      expect(one.map(({ id }) => id)).to.deep.equal(['c']);
      expect(await jobs.nextDue()).to.equal(START + 5);
      expect(await jobs.nextDue(START + 5)).to.equal(START + 500);
    });

    it('gives a claimed job to nobody before its lease ends, then with a new token', async () => {
      const { jobs } = store();
      await addJobs(store(), { a: 0 });
      await jobs.claim(START, 1, LEASE);
      expect(await jobs.claim(START + LEASE - 1, 1, LEASE)).to.deep.equal([]);
      expect(await jobs.nextDue()).to.equal(START + LEASE);
      const [again] = await jobs.claim(START + LEASE, 1, LEASE);
      expect(again).to.deep.equal({ ...sampleJob('a', 'c1'), attempts: 2, tries: 2 });
    });

    it('gives no job to two claims at the same time', async () => {
      const { jobs } = store();
      const ids = Array.from({ length: 40 }, (_, index) => `j${String(index).padStart(2, '0')}`);
      await addJobs(store(), Object.fromEntries(ids.map((id) => [id, 0])));
      const claims = await Promise.all(ids.slice(0, 8).map(() => jobs.claim(START, 10, LEASE)));
      const taken = claims.flat().map(({ id }) => id);
      expect(new Set(taken).size).to.equal(taken.length);
      const rest = await jobs.claim(START, 40, LEASE);
      expect([...taken, ...rest.map(({ id }) => id)].sort()).to.deep.equal(ids);
    });

    it('puts a job back for later, while the token holds', async () => {
      const { jobs } = store();
      await addJobs(store(), { a: 0 });
      const [first] = await jobs.claim(START, 1, LEASE);
      if (first === undefined) throw new Error('nothing was claimed');
      expect(await jobs.postpone(first, START + 500)).to.equal(true);
      expect(await jobs.nextDue()).to.equal(START + 500);
      const [second] = await jobs.claim(START + 500, 1, LEASE);
      expect(second).to.deep.equal({ ...first, runAt: START + 500, attempts: 2, tries: 2 });
      expect(await jobs.postpone(first, START + 900)).to.equal(false);
      expect(await jobs.nextDue()).to.equal(START + 500 + LEASE);
    });

    it('does not count what was put back untried', async () => {
      const { jobs } = store();
      await addJobs(store(), { a: 0 });
      const [first] = await jobs.claim(START, 1, LEASE);
      if (first === undefined) throw new Error('nothing was claimed');
      expect(await jobs.postpone(first, START + 500, 'untried')).to.equal(true);
      const [second] = await jobs.claim(START + 500, 1, LEASE);
      expect(second).to.include({ attempts: 2, tries: 1 });
    });

    it('goes on from the token that was spent when a job is added again', async () => {
      const { cases, jobs } = store();
      const job = { ...sampleJob('a', 'c1'), spent: 3 };
      await cases.commit([sampleStep(sampleCase('c1'), { jobs: { add: [job] } })]);
      const [claimed] = await jobs.claim(START, 1, LEASE);
      expect(claimed).to.deep.equal({ ...sampleJob('a', 'c1'), attempts: 4, tries: 1 });
      expect(await jobs.finish({ ...sampleJob('a', 'c1'), attempts: 1, tries: 1 })).to.equal(false);
    });

    it('stores a job in the hand of who adds it, as after a claim', async () => {
      const { cases, jobs } = store();
      const add = [
        sampleJob('a', 'c1', { claimedUntil: START + LEASE }),
        sampleJob('b', 'c1', { claimedUntil: START + LEASE, spent: 3 }),
        sampleJob('c', 'c1', { claimedUntil: START + LEASE }),
      ];
      await cases.commit([sampleStep(sampleCase('c1'), { jobs: { add } })]);
      expect(await jobs.claim(START + LEASE - 1, 10, LEASE)).to.deep.equal([]);
      expect(await jobs.finish({ ...sampleJob('a', 'c1'), attempts: 1, tries: 1 })).to.equal(true);
      const finish = [{ id: 'b', attempts: 4 }];
      const second = sampleStep(sampleCase('c1', { version: 2 }), { jobs: { finish } });
      expect(await cases.commit([second])).to.deep.equal([{ kind: 'saved' }]);
      const [again] = await jobs.claim(START + LEASE, 10, LEASE);
      expect(again).to.deep.equal({ ...sampleJob('c', 'c1'), attempts: 2, tries: 2 });
    });

    it('calls off what works for one item of a visit, or for all of them', async () => {
      const { cases, jobs, incidents } = store();
      const of = (item?: number) => ({
        state: 'pricing',
        visit: 1,
        ...(item !== undefined && { item }),
      });
      const add = [0, 1, undefined].map((item) =>
        sampleJob(`c1/1/${item ?? 'x'}`, 'c1', { visit: of(item) }),
      );
      const open = [0, 1].map((item) => ({
        ...{ id: `c1/0/${item}`, caseId: 'c1', job: sampleJob(`c1/0/${item}`, 'c1'), ...of(item) },
        ...{ code: 'NO', message: 'No.', cause: 'none', openedAt: START },
      }));
      await cases.commit([sampleStep(sampleCase('c1'), { jobs: { add }, incidents: { open } })]);
      expect(await incidents.open('c1/0/1')).to.deep.equal(open[1]);
      const stop = async (version: number, item?: number): Promise<readonly string[]> => {
        const its = sampleCase('c1', { version });
        await cases.commit([sampleStep(its, { jobs: { stop: [of(item)] } })]);
        const left = await jobs.claim(START, 10, 0);
        return left.map(({ id }) => id).sort();
      };
      expect(await stop(2, 1)).to.deep.equal(['c1/1/0', 'c1/1/x']);
      expect((await incidents.ofCase('c1')).map(({ id }) => id)).to.deep.equal(['c1/0/0']);
      expect(await stop(3)).to.deep.equal([]);
      expect(await incidents.ofCase('c1')).to.deep.equal([]);
    });

    it('finishes a job once, while the token holds', async () => {
      const { jobs } = store();
      await addJobs(store(), { a: 0 });
      const [first] = await jobs.claim(START, 1, LEASE);
      const [second] = await jobs.claim(START + LEASE, 1, LEASE);
      if (first === undefined || second === undefined) throw new Error('nothing was claimed');
      expect(await jobs.finish(first)).to.equal(false);
      expect(await jobs.finish(second)).to.equal(true);
      expect(await jobs.finish(second)).to.equal(false);
      expect(await jobs.nextDue()).to.equal(undefined);
    });

    it('holds the jobs of a case back, and lets them go, without those of others', async () => {
      const { cases, jobs } = store();
      const [one, other] = [sampleJob('c1/1/1', 'c1'), sampleJob('c2/1/1', 'c2')];
      const turn = sampleJob('c1/1/2', 'c1', { kind: 'admit' });
      await cases.commit([
        sampleStep(sampleCase('c1'), { jobs: { add: [one, turn] } }),
        sampleStep(sampleCase('c2'), { jobs: { add: [other] } }),
      ]);
      const exempt = sampleJob('c1/2/1', 'c1', { kind: 'rest-child' });
      const later = sampleJob('c1/3/1', 'c1', { held: true });
      await cases.commit([
        sampleStep(sampleCase('c1', { version: 2 }), { jobs: { rest: 'hold', add: [exempt] } }),
      ]);
      await cases.commit([
        sampleStep(sampleCase('c1', { version: 3 }), { jobs: { add: [later] } }),
      ]);
      const free = await jobs.claim(START, 10, 1000);
      expect(free.map(({ id }) => id)).to.deep.equal(['c1/1/2', 'c1/2/1', 'c2/1/1']);
      expect(await jobs.nextDue()).to.equal(START + 1000);
      await cases.commit([
        sampleStep(sampleCase('c1', { version: 4 }), { jobs: { rest: 'let go' } }),
      ]);
      const held = await jobs.claim(START, 10, 1000);
      expect(held.map(({ id }) => id)).to.deep.equal(['c1/1/1', 'c1/3/1']);
    });

    it('knows when the next job is due', async () => {
      const { jobs } = store();
      expect(await jobs.nextDue()).to.equal(undefined);
      await addJobs(store(), { b: 70, a: 50 });
      expect(await jobs.nextDue()).to.equal(START + 50);
    });
  });
}

async function addJobs({ cases }: Store, times: Readonly<Record<string, number>>): Promise<void> {
  const add = Object.entries(times).map(([id, after]) =>
    sampleJob(id, 'c1', { runAt: START + after }),
  );
  await cases.commit([sampleStep(sampleCase('c1'), { jobs: { add } })]);
}
