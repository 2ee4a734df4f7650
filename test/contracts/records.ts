import { expect } from 'chai';
import type { StoredRecord } from '../../engine/ports/records.ts';
import { START } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the records port, for any adapter. */
export function describeRecords(useStore: UseStore): void {
  describe('records', () => {
    const store = useStore();

    it('gives back what was written, and nothing of another key or type', async () => {
      const { records } = store();
      const one = quote('Q-1', { status: 'open', qty: 3, urgent: true, note: 'Ünï "x"' });
      expect(await records.write('e-1', one)).to.deep.equal({ kind: 'written' });
      expect(await records.get('Quote', 'Q-1')).to.deep.equal(one);
      expect(await records.get('Quote', 'Q-2')).to.equal(undefined);
      expect(await records.get('Order', 'Q-1')).to.equal(undefined);
    });

    it('reads the records of a type page by page, in the order of their keys', async () => {
      const { records } = store();
      for (const key of ['Q-3', 'Q-1', 'q-2', 'Q-2'])
        await records.write(`e-${key}`, quote(key, { qty: 1 }));
      await records.write('e-other', { ...quote('Q-2', {}), type: 'Order' });
      const first = await records.page('Quote', undefined, 3);
      expect(first.map(({ key }) => key)).to.deep.equal(['Q-1', 'Q-2', 'Q-3']);
      const next = await records.page('Quote', 'Q-3', 3);
      expect(next.map(({ key }) => key)).to.deep.equal(['q-2']);
      expect(await records.page('Quote', 'q-2', 3)).to.deep.equal([]);
      expect(await records.page('None', undefined, 3)).to.deep.equal([]);
    });

    it('writes once for an effect, and tells again what that wrote', async () => {
      const { records } = store();
      const one = quote('Q-1', { qty: 1 });
      const two: StoredRecord = { ...quote('Q-1', { qty: 2 }), version: 2, updatedAt: START + 5 };
      await records.write('e-1', one);
      await records.write('e-2', two);
      expect(await records.write('e-1', one)).to.deep.equal({ kind: 'repeated', record: one });
      expect(await records.get('Quote', 'Q-1')).to.deep.equal(two);
      expect(await records.writtenBy('e-1')).to.deep.equal(one);
      expect(await records.writtenBy('e-9')).to.equal(undefined);
    });

    it('writes once for an effect that is tried from two places at a time', async () => {
      const { records } = store();
      const one = quote('Q-1', { qty: 1 });
      const ends = await Promise.all([records.write('e-1', one), records.write('e-1', one)]);
      expect(ends.map(({ kind }) => kind).sort()).to.deep.equal(['repeated', 'written']);
    });

    it('lets one of many who change the same version', async () => {
      const { records } = store();
      await records.write('e-0', quote('Q-1', { qty: 0 }));
      const ends = await Promise.all(
        [1, 2, 3, 4].map((qty) =>
          records.write(`e-${qty}`, { ...quote('Q-1', { qty }), version: 2 }),
        ),
      );
      expect(ends.filter(({ kind }) => kind === 'written')).to.have.length(1);
      expect(ends.filter(({ kind }) => kind === 'conflict')).to.have.length(3);
    });

    it('refuses a key that is there, and a version that does not follow', async () => {
      const { records } = store();
      await records.write('e-1', quote('Q-1', { qty: 1 }));
      const conflict = { kind: 'conflict' };
      expect(await records.write('e-2', quote('Q-1', { qty: 2 }))).to.deep.equal(conflict);
      const third = { ...quote('Q-1', { qty: 2 }), version: 3 };
      expect(await records.write('e-3', third)).to.deep.equal(conflict);
      const other = { ...quote('Q-2', { qty: 2 }), version: 2 };
      expect(await records.write('e-4', other)).to.deep.equal(conflict);
      expect(await records.writtenBy('e-2')).to.equal(undefined);
      expect(await records.get('Quote', 'Q-1')).to.deep.include({ version: 1, value: { qty: 1 } });
    });

    it('refuses what another record has that is unique, until that lets go of it', async () => {
      const { records } = store();
      const first = { ...quote('Q-1', {}), unique: 'PO-7' };
      await records.write('e-1', first);
      const second = { ...quote('Q-2', {}), unique: 'PO-7' };
      const taken = { kind: 'not-unique', key: 'Q-1' };
      expect(await records.write('e-2', second)).to.deep.equal(taken);
      const elsewhere = { ...second, type: 'Order' };
      expect(await records.write('e-3', elsewhere)).to.deep.equal({ kind: 'written' });
      expect(await records.write('e-4', { ...first, version: 2 })).to.have.property(
        'kind',
        'written',
      );
      await records.write('e-5', { ...quote('Q-1', {}), version: 3 });
      expect(await records.write('e-6', second)).to.deep.equal({ kind: 'written' });
    });

    it('finds by the values of fields, in the order of keys, and no more than asked', async () => {
      const { records } = store();
      const values = [
        { qty: 1, status: 'open', urgent: true },
        { qty: 1.5, status: 'open', urgent: false },
        { qty: 1, status: "it's", urgent: true },
        { status: 'open', lines: [{ qty: 1 }] },
      ];
      for (const [index, value] of [...values.entries()].reverse())
        await records.write(`e-${index}`, quote(`Q-${index}`, value));
      await records.write('e-b', quote('a', { qty: 1 }));
      await records.write('e-a', { ...quote('Q-9', { qty: 1, status: 'open' }), type: 'Order' });
      const found = async (where: Record<string, string | number | boolean>, limit = 10) =>
        (await records.find({ type: 'Quote', where, limit })).map(({ key }) => key);
      expect(await found({})).to.deep.equal(['Q-0', 'Q-1', 'Q-2', 'Q-3', 'a']);
      expect(await found({}, 2)).to.deep.equal(['Q-0', 'Q-1']);
      expect(await found({ qty: 1 })).to.deep.equal(['Q-0', 'Q-2', 'a']);
      expect(await found({ qty: 1.5 })).to.deep.equal(['Q-1']);
      expect(await found({ urgent: true, status: 'open' })).to.deep.equal(['Q-0']);
      expect(await found({ urgent: false })).to.deep.equal(['Q-1']);
      expect(await found({ status: "it's" })).to.deep.equal(['Q-2']);
      expect(await found({ nothing: 'x' })).to.deep.equal([]);
    });
  });
}

function quote(key: string, value: StoredRecord['value']): StoredRecord {
  return {
    ...{ type: 'Quote', key, version: 1, value, release: '1.1' },
    ...{ createdAt: START, updatedAt: START },
  };
}
