import { expect } from 'chai';
import type { BulkCase, BulkOperation } from '../../engine/ports/bulk.ts';
import type { Job } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import { allPages } from './pages.ts';
import { REP, START, sampleCase, sampleStep } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the port of operations on many cases, for any adapter. */
export function describeBulk(useStore: UseStore): void {
  describe('operations on many cases', () => {
    const store = useStore();

    it('keeps an operation with the job that prepares it', async () => {
      const { bulk, jobs } = store();
      const whole = operation('o1', { undoes: 'o0', reason: 'Because' });
      await bulk.add(whole, jobOf('o1', 0));
      expect(await bulk.operation('o1')).to.deep.equal(whole);
      expect(await bulk.operation('o2')).to.equal(undefined);
      const [claimed] = await jobs.claim(START, 5, 1000);
      expect(claimed).to.include({ id: 'o1/0', kind: 'bulk', caseId: 'o1' });
    });

    it('lists the newest first, page by page', async () => {
      const { bulk } = store();
      for (const [id, createdAt] of Object.entries({ a: START, b: START + 2, c: START + 1 })) {
        await bulk.add(operation(id, { createdAt }), jobOf(id, 0));
      }
      const rows = await allPages((after) => bulk.operations(after, 2));
      expect(rows.map(({ id }) => id)).to.deep.equal(['b', 'c', 'a']);
    });

    it('moves an operation once from what it was, with a job', async () => {
      const { bulk, jobs } = store();
      const before = operation('o1');
      await bulk.add(before, jobOf('o1', 0));
      const to = { status: 'prepared', changedAt: START + 5 } as const;
      expect(await bulk.move(before, to)).to.equal(true);
      expect(await bulk.move(before, to)).to.equal(false);
      const prepared = { ...before, ...to, round: 1 };
      expect(await bulk.operation('o1')).to.deep.equal(prepared);
      const actor = { kind: 'staff', id: 'u-2', name: 'Olga' } as const;
      const start = { status: 'running', reason: 'It must', actor, changedAt: START + 6 } as const;
      expect(await bulk.move({ ...prepared, round: 7 }, start, jobOf('o1', 8))).to.equal(false);
      expect(await bulk.move(prepared, start, jobOf('o1', 2))).to.equal(true);
      expect(await bulk.operation('o1')).to.deep.equal({ ...prepared, ...start, round: 2 });
      const claimed = await jobs.claim(START + 10, 5, 1000);
      expect(claimed.map(({ id }) => id)).to.deep.equal(['o1/0', 'o1/2']);
      const stop = { status: 'stopped', problem: 'No disk', changedAt: START + 7 } as const;
      expect(await bulk.move({ id: 'o1', status: 'running', round: 2 }, stop)).to.equal(true);
      expect(await bulk.operation('o1')).to.include({ problem: 'No disk', reason: 'It must' });
    });

    it('adds cases page by page, each once, and refuses whoever is behind', async () => {
      const { bulk } = store();
      const before = operation('o1');
      await bulk.add(before, jobOf('o1', 0));
      const [one, two, three] = [ready('c1'), cannot('c2'), ready('c3')];
      expect(await bulk.prepare(before, [one, two], 'c2')).to.equal(true);
      expect(await bulk.prepare(before, [three], 'c3')).to.equal(false);
      const next = { id: 'o1', cursor: 'c2' };
      expect(await bulk.prepare(next, [{ ...one, version: 9 }, three], 'c2')).to.equal(true);
      expect(await bulk.prepare(next, [], 'c9')).to.equal(true);
      expect(await bulk.case('o1', 'c1')).to.deep.equal(one);
      expect(await bulk.case('o1', 'c9')).to.equal(undefined);
      const all = await allPages((after) => bulk.cases('o1', undefined, after, 2));
      expect(all).to.deep.equal([one, two, three]);
      expect((await bulk.cases('o1', 'cannot', undefined, 5)).rows).to.deep.equal([two]);
      expect(await bulk.ready('o1', 5)).to.deep.equal([one, three]);
      expect(await bulk.ready('o1', 1)).to.deep.equal([one]);
      const { status, round } = (await bulk.operation('o1')) ?? before;
      await bulk.move({ id: 'o1', status, round }, { status: 'stopped', changedAt: START });
      expect(await bulk.prepare({ id: 'o1', cursor: 'c9' }, [], 'c9')).to.equal(false);
    });

    it('settles a case once, with its step, and only while the operation runs', async () => {
      const { bulk, cases } = store();
      await running(store(), [ready('c1'), cannot('c2'), ready('c3')]);
      await cases.commit(['c1', 'c2', 'c3', 'c4'].map((id) => sampleStep(sampleCase(id))));
      const step = (id: string, version = 2) =>
        sampleStep(sampleCase(id, { version }), { bulk: 'o1' });
      const results = await cases.commit([step('c1'), step('c2'), step('c4')]);
      expect(results.map(({ kind }) => kind)).to.deep.equal(['saved', 'taken', 'taken']);
      expect(await bulk.case('o1', 'c1')).to.deep.equal({
        ...ready('c1'),
        result: 'done',
        version: 2,
      });
      expect((await cases.load('c2'))?.version).to.equal(1);
      expect(await cases.commit([step('c1', 3)])).to.deep.equal([{ kind: 'taken' }]);
      expect(await bulk.refuse('o1', 'c1', 'Too late')).to.equal(false);
      await bulk.move(
        { id: 'o1', status: 'running', round: 2 },
        { status: 'stopped', changedAt: START },
      );
      expect(await cases.commit([step('c3')])).to.deep.equal([{ kind: 'taken' }]);
      expect((await cases.load('c3'))?.version).to.equal(1);
      expect(await bulk.ready('o1', 5)).to.deep.equal([ready('c3')]);
    });

    it('says why a case was refused, counts, and groups what happens to cases', async () => {
      const { bulk } = store();
      await running(store(), [ready('c3'), ready('c1'), cannot('c2'), ready('c4')]);
      expect(await bulk.refuse('o1', 'c4', 'It has ended.')).to.equal(true);
      expect(await bulk.counts('o1')).to.deep.equal({ ready: 2, cannot: 1, done: 0, refused: 1 });
      expect(await bulk.counts('other')).to.deep.equal({
        ready: 0,
        cannot: 0,
        done: 0,
        refused: 0,
      });
      const { outlook } = ready('c1');
      const groups = await bulk.groups('o1', 5);
      expect(groups).to.deep.equal([
        { result: 'ready', outlook, count: 2, example: 'Q-c1' },
        { result: 'cannot', message: 'It has ended.', count: 1, example: 'Q-c2' },
        { result: 'refused', outlook, message: 'It has ended.', count: 1, example: 'Q-c4' },
      ]);
      expect(await bulk.groups('o1', 1)).to.have.length(1);
    });
  });
}

async function running({ bulk }: Store, cases: readonly BulkCase[]): Promise<void> {
  const first = operation('o1');
  await bulk.add(first, jobOf('o1', 0));
  await bulk.prepare(first, cases, '');
  await bulk.move(first, { status: 'prepared', changedAt: START });
  await bulk.move(
    { id: 'o1', status: 'prepared', round: 1 },
    { status: 'running', changedAt: START },
  );
}

function operation(id: string, changes: Partial<BulkOperation> = {}): BulkOperation {
  return {
    id,
    change: { kind: 'migrate', workflow: 'online-quote', to: 2, mapping: { a: 'b' } },
    selection: { kind: 'filter', filter: { workflow: 'online-quote', version: 1 } },
    status: 'preparing',
    actor: REP,
    reason: '',
    cursor: '',
    round: 0,
    createdAt: START,
    changedAt: START,
    ...changes,
  };
}

function jobOf(id: string, round: number): Job {
  return { id: `${id}/${round}`, caseId: id, kind: 'bulk', payload: {}, runAt: START };
}

function ready(caseId: string): BulkCase {
  const outlook = { from: ['pricing'], version: 1, states: ['ä', "it's"] };
  return { caseId, reference: `Q-${caseId}`, result: 'ready', version: 1, outlook };
}

function cannot(caseId: string): BulkCase {
  return {
    caseId,
    reference: `Q-${caseId}`,
    result: 'cannot',
    version: 1,
    message: 'It has ended.',
  };
}
