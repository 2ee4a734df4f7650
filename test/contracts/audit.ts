import { expect } from 'chai';
import type { CasePlace, StoredEntry } from '../../engine/ports/audit.ts';
import type { Store } from '../../engine/ports/store.ts';
import { START, sampleCase, sampleStep } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the audit port, for any adapter. */
export function describeAudit(useStore: UseStore): void {
  describe('the audit', () => {
    const store = useStore();

    it('reads cases by their id, where they lie, in ranges and pages', async () => {
      for (const id of ['c', 'a', 'd', 'b']) await save(store(), id, 1);
      await toArchive(store(), 'b', 'd');
      expect(await idsOf(store(), 'live')).to.deep.equal(['a', 'c']);
      expect(await idsOf(store(), 'archive')).to.deep.equal(['b', 'd']);
      expect(await idsOf(store(), 'archive', 'b')).to.deep.equal(['d']);
      expect(await idsOf(store(), 'archive', '', 'b')).to.deep.equal(['b']);
      expect(await store().audit.cases('live', '', undefined, 1)).to.deep.equal([
        { ...FACTS, id: 'a', reference: 'Q-2027-a', version: 1, head: 'hash-a-1' },
      ]);
    });

    it('reads one case', async () => {
      await save(store(), 'a', 1);
      const { audit } = store();
      const facts = { ...FACTS, id: 'a', reference: 'Q-2027-a', version: 1, head: 'hash-a-1' };
      expect(await audit.case('live', 'a')).to.deep.equal(facts);
      expect(await audit.case('archive', 'a')).to.equal(undefined);
      expect(await audit.case('live', 'b')).to.equal(undefined);
    });

    it('reads entries by their case and number, their JSON as text', async () => {
      for (const [id, version] of [
        ['b', 1],
        ['a', 1],
        ['a', 2],
        ['c', 1],
      ] as const)
        await save(store(), id, version);
      const { audit, cases } = store();
      const all = await audit.entries('live', { caseId: '', seq: 0 }, undefined, 10);
      expect(all.map(nameOf)).to.deep.equal(['a 1', 'a 2', 'b 1', 'c 1']);
      const [entry] = await cases.history('a');
      const [first] = all;
      expect({ ...first, actor: read(first?.actor), body: read(first?.body) }).to.deep.equal(entry);
      const behind = await audit.entries('live', { caseId: 'a', seq: 1 }, 'b', 10);
      expect(behind.map(nameOf)).to.deep.equal(['a 2', 'b 1']);
      const two = await audit.entries('live', { caseId: '', seq: 0 }, undefined, 2);
      expect(two.map(nameOf)).to.deep.equal(['a 1', 'a 2']);
      expect(await audit.entries('archive', { caseId: '', seq: 0 }, undefined, 2)).to.deep.equal(
        [],
      );
    });
  });
}

const FACTS = { snapshot: sampleCase('a').snapshot };

function nameOf({ caseId, seq }: StoredEntry): string {
  return `${caseId} ${seq}`;
}

function read(text: string | undefined): unknown {
  return JSON.parse(text ?? 'null');
}

async function idsOf(
  { audit }: Store,
  place: CasePlace,
  after = '',
  upTo?: string,
): Promise<readonly string[]> {
  return (await audit.cases(place, after, upTo, 10)).map(({ id }) => id);
}

async function save({ cases }: Store, id: string, version: number): Promise<void> {
  const its = sampleCase(id, { version, head: `hash-${id}-${version}`, status: 'finished' });
  expect(await cases.commit([sampleStep(its)])).to.deep.equal([{ kind: 'saved' }]);
}

async function toArchive({ archive }: Store, ...ids: readonly string[]): Promise<void> {
  const versions = ids.map((id) => ({ id, version: 1 }));
  await archive.copy(versions, START);
  expect(await archive.remove(versions)).to.equal(ids.length);
}
