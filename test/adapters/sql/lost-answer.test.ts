import { expect } from 'chai';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import type { Cases } from '../../../engine/ports/cases.ts';
import { START, sampleCase, sampleJob, sampleStep } from '../../contracts/sample.ts';
import type { Moment, Proxy } from '../../postgres/proxy.ts';
import { withProxy } from '../../postgres/proxy.ts';
import { usePostgres } from '../../postgres/use-postgres.ts';

/** What the statement that saves steps is called by. */
const SAVE = 'trellis_save_';
const MOMENTS: readonly Moment[] = ['before', 'during', 'after'];
const SAVED = { kind: 'saved' };

describe('a commit whose connection breaks', () => {
  const url = usePostgres();

  const withCases = (work: (cases: Cases, proxy: Proxy) => Promise<void>): Promise<void> =>
    withProxy(url(), async (proxy) => {
      const store = await openStore({ url: proxy.url });
      try {
        await work(store.cases, proxy);
      } finally {
        await store.close();
      }
    });

  for (const moment of MOMENTS) {
    it(`${moment} it is carried out: each step is saved once, and said to be`, () =>
      withCases(async (cases, proxy) => {
        const ids = ['a', 'b', 'c'].map((id) => `${moment}-${id}`);
        for (const version of [1, 2, 3]) {
          const steps = ids.map((id) => {
            const job = sampleJob(`${id}/${version}/1`, id);
            return sampleStep(sampleCase(id, { version }), { jobs: { add: [job] } });
          });
          const cut = proxy.cutAt(SAVE, moment);
          expect(await cases.commit(steps)).to.deep.equal([SAVED, SAVED, SAVED]);
          await cut;
          // Another time they are the stale steps that they would be for anybody.
          const again = await cases.commit(steps);
          expect(again.map(({ kind }) => kind)).to.deep.equal(['stale', 'stale', 'stale']);
        }
        for (const id of ids) {
          const history = await cases.history(id);
          expect(history.map(({ seq }) => seq)).to.deep.equal([1, 2, 3]);
        }
      })).timeout(30_000);
  }

  it('answers what another host saved as it is, not as its own', () =>
    withCases(async (cases, proxy) => {
      const mine = sampleStep(sampleCase('two', { title: 'Mine' }));
      const theirs = sampleStep(sampleCase('two', { title: 'Theirs' }));
      const submission = { key: 'two', digest: 'd', answer: 'theirs', at: START };
      await cases.commit([{ ...theirs, submissions: [submission] }]);
      void proxy.cutAt(SAVE, 'before');
      const other = { ...mine, entry: { ...mine.entry, hash: 'another' } };
      expect(await cases.commit([other])).to.deep.equal([{ kind: 'stale' }]);
      void proxy.cutAt(SAVE, 'after');
      const doubled = sampleStep(sampleCase('three'));
      const again = { ...submission, answer: 'mine' };
      expect(await cases.commit([{ ...doubled, submissions: [again] }])).to.deep.equal([
        { kind: 'duplicate', submission },
      ]);
    })).timeout(30_000);

  // It takes as long as a host would try.
  if (process.env['TRELLIS_TEST_SIZE'] === undefined) return;
  it('is given up once the database stays away, and can be found out later', () =>
    withCases(async (cases, proxy) => {
      const step = sampleStep(sampleCase('gone'));
      const cut = proxy.cutAt(SAVE, 'after');
      const commit = cases.commit([step]).catch((error: unknown) => error);
      await cut;
      proxy.close();
      expect(await commit).to.include({ code: 'database-unavailable' });
      proxy.mend();
      expect(await cases.load('gone')).to.deep.equal(step.case);
    })).timeout(30_000);
});
