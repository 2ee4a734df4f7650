import { expect } from 'chai';
import type { InboundMessage } from '../../engine/ports/message.ts';
import { START, sampleCase, sampleJob, sampleStep } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the messages port, for any adapter. */
export function describeMessages(useStore: UseStore): void {
  describe('messages', () => {
    const store = useStore();

    it('receives a message once, also after it was consumed', async () => {
      const { cases, messages } = store();
      expect(await messages.receive(message('m1'))).to.equal(true);
      expect(await messages.receive(message('m1', { key: 'other' }))).to.equal(false);
      await cases.commit([sampleStep(sampleCase('c1'), { consume: ['m1'] })]);
      expect(await messages.receive(message('m1'))).to.equal(false);
      expect(await messages.kept('oms.orderConfirmed', 'O-1', START)).to.deep.equal([]);
    });

    it('receives many at once, of the same one only the first', async () => {
      const { messages } = store();
      const odd = `m\u0000'\ud800`;
      const ids = ['m1', 'm2', 'm1', odd, 'm3', 'm2'];
      await messages.receive(message('m3'));
      const received = await Promise.all(ids.map((id) => messages.receive(message(id))));
      expect(received).to.deep.equal([true, true, false, true, false, false]);
      const kept = await messages.kept('oms.orderConfirmed', 'O-1', START);
      expect(kept).to.have.length(4);
    });

    it('lists kept messages of a name until they were offered, taken or expired', async () => {
      const { cases, messages } = store();
      const late = message('a', { receivedAt: START + 2, key: 'O-2' });
      const early = message('b', { receivedAt: START + 1, expiresAt: START + 10 });
      const others = [message('c', { receivedAt: START + 3 }), message('d', { name: 'oms.other' })];
      for (const one of [late, early, ...others]) await messages.receive(one);
      const found = async (now: number, limit = 9) =>
        (await messages.unoffered('oms.orderConfirmed', now, limit)).map(({ id }) => id);
      expect(await found(START)).to.deep.equal(['b', 'a', 'c']);
      expect(await messages.unoffered('oms.orderConfirmed', START, 1)).to.deep.equal([early]);
      expect(await found(START + 10)).to.deep.equal(['a', 'c']);
      await messages.offered('a', 'begun');
      await messages.offered('gone', 'begun');
      await cases.commit([sampleStep(sampleCase('c1'), { consume: ['c'] })]);
      expect(await found(START)).to.deep.equal(['b']);
      expect(await messages.receive(late)).to.equal(false);
      const kept = await messages.kept('oms.orderConfirmed', 'O-2', START);
      expect(kept).to.deep.equal([{ ...late, offered: true }]);
      expect(await found(START)).to.deep.equal(['b']);
    });

    it('remembers by which messages something could not begin, until they are offered again', async () => {
      const { messages } = store();
      await messages.receive(message('a', { receivedAt: START + 1 }));
      await messages.receive(message('b'));
      await messages.receive(message('c', { expiresAt: START + 10 }));
      await messages.receive(message('d'));
      for (const id of ['a', 'b', 'c']) await messages.offered(id, 'refused');
      await messages.offered('d', 'begun');
      const refused = async (now: number, limit = 9): Promise<readonly string[]> =>
        (await messages.refused(now, limit)).map(({ id }) => id);
      expect(await refused(START + 2)).to.deep.equal(['b', 'c', 'a']);
      expect(await refused(START + 2, 1)).to.deep.equal(['b']);
      expect(await refused(START + 10)).to.deep.equal(['b', 'a']);
      expect(await messages.refused(START, 1)).to.deep.equal([message('b')]);
      expect(await messages.again('d')).to.equal(false);
      expect(await messages.again('none')).to.equal(false);
      expect(await messages.again('b')).to.equal(true);
      expect(await messages.again('b')).to.equal(false);
      expect(await refused(START + 2)).to.deep.equal(['c', 'a']);
      const name = message('b').name;
      expect((await messages.unoffered(name, START, 9)).map(({ id }) => id)).to.deep.equal(['b']);
    });

    it('answers many who ask at once each with their own', async () => {
      const { messages } = store();
      await messages.receive(message('a', { key: 'O-1' }));
      await messages.receive(message('b', { key: 'O-2', expiresAt: START + 10 }));
      const asked = [
        ['O-1', START],
        ['O-2', START],
        ['O-2', START + 10],
        ['O-3', START],
        ['O-1', START],
      ] as const;
      const kept = await Promise.all(
        asked.map(([key, now]) => messages.kept('oms.orderConfirmed', key, now)),
      );
      expect(kept.map((found) => found.map(({ id }) => id))).to.deep.equal([
        ['a'],
        ['b'],
        [],
        [],
        ['a'],
      ]);
    });

    it('keeps messages of a name and key, oldest first, until they expire', async () => {
      const { messages } = store();
      const late = message('a', { receivedAt: START + 2 });
      const early = message('b', { receivedAt: START + 1, body: { order: { id: 7 } } });
      const short = message('c', { expiresAt: START + 10 });
      const others = [message('d', { key: 'O-2' }), message('e', { name: 'oms.other' })];
      for (const one of [late, early, short, ...others]) await messages.receive(one);
      const kept = (now: number) => messages.kept('oms.orderConfirmed', 'O-1', now);
      expect(await kept(START + 9)).to.deep.equal([short, early, late]);
      expect(await kept(START + 10)).to.deep.equal([early, late]);
    });

    it('lets one step consume a message, and answers taken to others', async () => {
      const { cases, messages } = store();
      await messages.receive(message('m1'));
      const consume = ['m1'];
      expect(
        await cases.commit([
          sampleStep(sampleCase('c1'), { consume }),
          sampleStep(sampleCase('c2'), { consume }),
          sampleStep(sampleCase('c3'), { consume: ['unknown'] }),
        ]),
      ).to.deep.equal([{ kind: 'saved' }, { kind: 'taken' }, { kind: 'taken' }]);
      expect(await cases.load('c2')).to.equal(undefined);
    });

    it('is stored by the step that takes it, once, and known from then on', async () => {
      const { cases, messages } = store();
      await messages.receive(message('kept'));
      const step = (id: string, ...ids: readonly string[]) =>
        sampleStep(sampleCase(id), { receive: ids.map((one) => message(one)) });
      const [saved, taken] = [{ kind: 'saved' }, { kind: 'taken' }] as const;
      expect(
        await cases.commit([step('c1', 'm1'), step('c2', 'm1'), step('c3', 'kept')]),
      ).to.deep.equal([saved, taken, taken]);
      expect(await cases.commit([step('c4', 'm2', 'm2')])).to.deep.equal([taken]);
      expect(await cases.load('c4')).to.equal(undefined);
      expect(await messages.receive(message('m1'))).to.equal(false);
      const kept = await messages.kept('oms.orderConfirmed', 'O-1', START);
      expect(kept.map(({ id }) => id)).to.deep.equal(['kept']);
      expect(await messages.expire(message('m1').expiresAt)).to.equal(2);
    });

    it('knows who waits', async () => {
      const { cases, messages } = store();
      const waits = (caseId: string, visit: number, key = 'O-1') => ({
        caseId,
        state: 'ordering',
        visit,
        message: 'oms.orderConfirmed',
        key,
        notBefore: START,
      });
      await cases.commit([
        sampleStep(sampleCase('c2'), { subscribe: [waits('c2', 1), waits('c2', 1, 'O-2')] }),
        sampleStep(sampleCase('c1'), { subscribe: [waits('c1', 2), waits('c1', 2)] }),
      ]);
      expect(await messages.waiting('oms.orderConfirmed', 'O-1')).to.deep.equal([
        waits('c1', 2),
        waits('c2', 1),
      ]);
      expect(await messages.waiting('oms.other', 'O-1')).to.deep.equal([]);
    });

    it('knows that a visit hears no more, while its jobs go on', async () => {
      const { cases, messages, jobs } = store();
      const waits = (caseId: string, visit: number) => ({
        ...{ caseId, state: 'ordering', visit, message: 'oms.orderConfirmed', key: 'O-1' },
        notBefore: START,
      });
      const ordering = { state: 'ordering', visit: 1 };
      const timer = sampleJob('c1/1/1', 'c1', { kind: 'timer', visit: ordering });
      await cases.commit([
        sampleStep(sampleCase('c1'), {
          subscribe: [waits('c1', 1), waits('c1', 2)],
          jobs: { add: [timer] },
        }),
        sampleStep(sampleCase('c2'), { subscribe: [waits('c2', 1)] }),
      ]);
      await cases.commit([
        sampleStep(sampleCase('c1', { version: 2 }), { unsubscribe: [ordering] }),
      ]);
      expect(await messages.waiting('oms.orderConfirmed', 'O-1')).to.deep.equal([
        waits('c1', 2),
        waits('c2', 1),
      ]);
      expect(await jobs.claim(START, 10, 1000)).to.have.length(1);
    });

    it('finds messages and waiting cases that missed each other', async () => {
      const { cases, messages } = store();
      await messages.receive(message('m1'));
      await messages.receive(message('m2', { key: 'O-2' }));
      await messages.receive(message('m3', { key: 'O-3', expiresAt: START + 10 }));
      const waits = (key: string) => ({
        caseId: 'c1',
        state: 'ordering',
        visit: 1,
        message: 'oms.orderConfirmed',
        key,
        notBefore: START,
      });
      await cases.commit([
        sampleStep(sampleCase('c1'), { subscribe: [waits('O-1'), waits('O-3'), waits('O-4')] }),
        sampleStep(sampleCase('c2'), {
          subscribe: [{ ...waits('O-2'), caseId: 'c2', notBefore: START + 1 }],
        }),
      ]);
      const found = { name: 'oms.orderConfirmed', key: 'O-1' };
      expect(await messages.unmatched(START + 10, 10)).to.deep.equal([found]);
      expect(await messages.unmatched(START, 10)).to.deep.equal([found, { ...found, key: 'O-3' }]);
      expect(await messages.unmatched(START, 1)).to.deep.equal([found]);
    });

    it('removes what expired, consumed or not, and then knows the id no more', async () => {
      const { cases, messages } = store();
      await messages.receive(message('m1', { expiresAt: START + 10 }));
      await messages.receive(message('m2', { expiresAt: START + 10 }));
      await messages.receive(message('m3', { expiresAt: START + 11 }));
      await cases.commit([sampleStep(sampleCase('c1'), { consume: ['m1'] })]);
      expect(await messages.expire(START + 9)).to.equal(0);
      expect(await messages.expire(START + 10)).to.equal(2);
      expect(await messages.receive(message('m1'))).to.equal(true);
    });

    it('takes any text as key, also one that no database can hold as it is', async () => {
      const { messages } = store();
      const odd = `O'-1\u0000"; drop table messages; -- \ud800 😀`;
      expect(await messages.receive(message('odd', { key: odd }))).to.equal(true);
      expect(
        (await messages.kept('oms.orderConfirmed', odd, START)).map(({ id }) => id),
      ).to.deep.equal(['odd']);
      expect(await messages.waiting(odd, odd)).to.deep.equal([]);
    });
  });
}

function message(id: string, changes: Partial<InboundMessage> = {}): InboundMessage {
  return {
    id,
    name: 'oms.orderConfirmed',
    key: 'O-1',
    body: { order: 'O-1', lines: [{ sku: 'A', quantity: 1.5 }], note: null },
    receivedAt: START,
    expiresAt: START + 60_000,
    ...changes,
  };
}
