import { expect } from 'chai';
import type { UseStore } from './use-store.ts';

/** The contract of the port that counts uses of grants, for any adapter. */
export function describeGrantUses(useStore: UseStore): void {
  describe('uses of grants', () => {
    const store = useStore();

    it('are counted up to a limit, for each grant and day', async () => {
      const { grantUses } = store();
      const take = (grant: string, day: string) => grantUses.take(grant, day, 2);
      expect([await take('a', '2027-03-01'), await take('a', '2027-03-01')]) //
        .to.deep.equal([true, true]);
      expect(await take('a', '2027-03-01')).to.equal(false);
      expect(await grantUses.take('a', '2027-03-01', 3), 'a higher limit').to.equal(true);
      expect(await grantUses.take('b', '2027-03-01', 0)).to.equal(false);
      expect(await take('b', '2027-03-01')).to.equal(true);
      expect(await take('a', '2027-03-02')).to.equal(true);
      const used = await grantUses.usedOn('2027-03-01');
      expect([...used].sort()).to.deep.equal([
        ['a', 3],
        ['b', 1],
      ]);
    });

    it('are never one too many, however many ask at once', async () => {
      const { grantUses } = store();
      const taken = await Promise.all(
        Array.from({ length: 30 }, () => grantUses.take('a', '2027-03-01', 7)),
      );
      expect(taken.filter(Boolean)).to.have.length(7);
    });
  });
}
