import { expect } from 'chai';
import type { UseStore } from './use-store.ts';

/** The contract of the time that hosts share, where an adapter has one. */
export function describeSharedTime(useStore: UseStore): void {
  describe('the shared time', () => {
    const store = useStore();

    it('is told in whole milliseconds, and goes on', async () => {
      const { time } = store();
      if (time === undefined) throw new Error('The store tells no time.');
      const first = await time.read();
      expect(Number.isSafeInteger(first)).to.equal(true);
      // The database of a test runs on this machine.
      expect(first).to.be.closeTo(Date.now(), 2_000);
      expect(await time.read()).to.be.at.least(first);
    });
  });
}
