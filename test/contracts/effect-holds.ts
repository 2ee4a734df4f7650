import { expect } from 'chai';
import type { EffectHold } from '../../engine/ports/effect-hold.ts';
import type { ClaimedJob } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import { START, sampleCase, sampleJob, sampleStep } from './sample.ts';
import type { UseStore } from './use-store.ts';

const HOLD: EffectHold = { id: 'h-1', takenAt: START - 1000, released: [] };

/** The contract of what is held back after a restore, for any adapter. */
export function describeEffectHolds(useStore: UseStore): void {
  describe('effects that are held back', () => {
    const store = useStore();

    it('are none unless a hold was begun', async () => {
      const { effects } = store();
      expect(await effects.current()).to.equal(undefined);
      expect(await effects.waiting()).to.deep.equal([]);
      expect(await effects.release('mail.send')).to.equal(false);
      expect(await effects.end()).to.equal(false);
      const [job] = await claimed(store(), 'a');
      expect(job && (await effects.setAside(job, 'mail.send', HOLD))).to.equal(false);
    });

    it('are not claimed any more, and counted under their names', async () => {
      const { effects, jobs } = store();
      await effects.begin(HOLD);
      expect(await effects.current()).to.deep.equal(HOLD);
      const [a, b, c] = await claimed(store(), 'a', 'b', 'c');
      if (!a || !b || !c) throw new Error('Not all were claimed.');
      expect(await effects.setAside(a, 'mail.send', HOLD)).to.equal(true);
      expect(await effects.setAside(b, 'mail.send', HOLD)).to.equal(true);
      expect(await effects.setAside(c, 'oms.createOrder', HOLD)).to.equal(true);
      expect(await jobs.nextDue()).to.equal(undefined);
      expect(await jobs.claim(START + 1e12, 10, 1000)).to.deep.equal([]);
      expect(await effects.waiting()).to.deep.equal([
        { name: 'mail.send', count: 2, since: START },
        { name: 'oms.createOrder', count: 1, since: START },
      ]);
    });

    it('go under the name that is released, untried and at their own time', async () => {
      const { effects, jobs } = store();
      await effects.begin(HOLD);
      const [a, b] = await claimed(store(), 'a', 'b');
      if (!a || !b) throw new Error('Not all were claimed.');
      await effects.setAside(a, 'mail.send', HOLD);
      await effects.setAside(b, 'oms.createOrder', HOLD);
      expect(await effects.release('oms.createOrder')).to.equal(true);
      const free = await jobs.claim(START, 10, 1000);
      expect(free).to.have.length(1);
      expect(free[0]).to.include({ id: 'b', attempts: 2, tries: 1, runAt: START });
      const hold = { ...HOLD, released: ['oms.createOrder'] };
      expect(await effects.current()).to.deep.equal(hold);
      expect((await effects.waiting()).map(({ name }) => name)).to.deep.equal(['mail.send']);
    });

    it('are not set aside by who saw the hold as it was before, nor under an old token', async () => {
      const { effects, jobs } = store();
      await effects.begin(HOLD);
      const [old] = await claimed(store(), 'a');
      if (!old) throw new Error('It was not claimed.');
      await effects.release('mail.send');
      expect(await effects.setAside(old, 'timer', HOLD)).to.equal(false);
      const hold = await effects.current();
      const [taken] = await jobs.claim(START + 2000, 10, 1000);
      expect(taken?.attempts).to.equal(2);
      expect(hold && (await effects.setAside(old, 'timer', hold))).to.equal(false);
      expect(hold && taken && (await effects.setAside(taken, 'timer', hold))).to.equal(true);
    });

    it('come back refused where somebody does not want them repeated', async () => {
      const { effects, jobs } = store();
      await effects.begin(HOLD);
      const [a, b] = await claimed(store(), 'a', 'b');
      if (!a || !b) throw new Error('Not all were claimed.');
      await effects.setAside(a, 'mail.send', HOLD);
      await effects.setAside(b, 'timer', HOLD);
      expect(await effects.refuse('mail.send')).to.equal(1);
      const free = await jobs.claim(START, 10, 1000);
      expect(free.map(({ id, refused }) => ({ id, refused }))).to.deep.equal([
        { id: 'a', refused: true },
      ]);
    });

    it('all go when the hold ends', async () => {
      const { effects, jobs } = store();
      await effects.begin(HOLD);
      await effects.begin({ ...HOLD, id: 'h-2', takenAt: START });
      expect(await effects.current()).to.include({ id: 'h-2' });
      const [a] = await claimed(store(), 'a');
      const hold = await effects.current();
      expect(a && hold && (await effects.setAside(a, 'timer', hold))).to.equal(true);
      expect(await effects.end()).to.equal(true);
      expect(await effects.current()).to.equal(undefined);
      expect(await jobs.claim(START, 10, 1000)).to.have.length(1);
    });
  });
}

async function claimed({ cases, jobs }: Store, ...ids: string[]): Promise<readonly ClaimedJob[]> {
  const add = ids.map((id) => sampleJob(id, 'c1', { runAt: START }));
  await cases.commit([sampleStep(sampleCase('c1'), { jobs: { add } })]);
  return jobs.claim(START, 10, 1000);
}
