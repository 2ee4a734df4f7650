import { join } from 'node:path';
import { expect } from 'chai';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import { START, sampleCase, sampleJob, sampleStep } from '../../contracts/sample.ts';
import { withFolder } from './with-folder.ts';

const LEASE = 120_000;

describe('jobs of a host that is gone', () => {
  it('can be claimed at once when a SQLite file is opened again, under a new token', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      const before = await openStore({ file });
      const add = [sampleJob('held', 'c1'), sampleJob('later', 'c1', { runAt: START + 5 })];
      await before.cases.commit([sampleStep(sampleCase('c1'), { jobs: { add } })]);
      const [held] = await before.jobs.claim(START, 10, LEASE);
      expect(held).to.include({ id: 'held', attempts: 1 });
      await before.close();

      const after = await openStore({ file });
      try {
        expect(await after.jobs.nextDue()).to.equal(START);
        const claimed = await after.jobs.claim(START, 10, LEASE);
        expect(claimed.map(({ id, attempts }) => ({ id, attempts }))).to.deep.equal([
          { id: 'held', attempts: 2 },
        ]);
      } finally {
        await after.close();
      }
    }));
});
