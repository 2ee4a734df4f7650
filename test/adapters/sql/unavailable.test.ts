import { join } from 'node:path';
import { expect } from 'chai';
import { createDatabase } from '../../../engine/adapters/sql/database.ts';
import { migrate } from '../../../engine/adapters/sql/migrate.ts';
import { connectSqlite } from '../../../engine/adapters/sql/sqlite.ts';
import { openStore, storeOn } from '../../../engine/adapters/sql/store.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { sampleCase, sampleStep } from '../../contracts/sample.ts';
import type { Proxy } from '../../postgres/proxy.ts';
import { withProxy } from '../../postgres/proxy.ts';
import { usePostgres } from '../../postgres/use-postgres.ts';
import { withFolder } from './with-folder.ts';

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const end = await work.catch((error: unknown) => error);
  return end instanceof Error && 'code' in end ? end.code : end;
}

describe('a SQLite file that must not grow', () => {
  it('saves nothing of a batch that does not fit, and the same once it may grow', () =>
    withFolder(async (folder) => {
      const connections = await connectSqlite({ file: join(folder, 'trellis.db') });
      await migrate(connections);
      const store = storeOn(createDatabase(connections));
      const limit = (pages: number): Promise<unknown> =>
        connections.write.raw(`pragma max_page_count = ${pages}`);
      try {
        const long = 'x'.repeat(100_000);
        const steps = ['c1', 'c2', 'c3'].map((id) =>
          sampleStep(sampleCase(id, { snapshot: JSON.stringify({ long }) })),
        );
        await limit(1);
        expect(await codeOf(store.cases.commit(steps))).to.equal('database-unavailable');
        expect(await store.cases.load('c1')).to.equal(undefined);
        expect(await store.cases.history('c1')).to.deep.equal([]);
        await limit(1_000_000);
        expect(await store.cases.commit(steps)).to.deep.equal(steps.map(() => ({ kind: 'saved' })));
      } finally {
        await store.close();
      }
    }));
});

describe('a PostgreSQL database that goes away', () => {
  const url = usePostgres();

  const withStore = (work: (store: Store, proxy: Proxy) => Promise<void>): Promise<void> =>
    withProxy(url(), async (proxy) => {
      const store = await openStore({ url: proxy.url });
      try {
        await work(store, proxy);
      } finally {
        await store.close();
      }
    });

  it('is said by every port to be unavailable, and is used again when it is back', () =>
    withStore(async (store, proxy) => {
      const step = sampleStep(sampleCase('away'));
      proxy.close();
      await codeOf(store.cases.load('away'));
      const asked = [
        store.cases.commit([step]),
        store.cases.load('away'),
        store.jobs.claim(0, 1, 1),
        store.registry.published(),
        store.accounts.byId('nobody'),
        store.files.read('none')[Symbol.asyncIterator]().next(),
      ];
      const codes = await Promise.all(asked.map(codeOf));
      expect(new Set(codes)).to.deep.equal(new Set(['database-unavailable']));
      proxy.mend();
      expect(await store.cases.load('away')).to.equal(undefined);
      expect(await store.cases.commit([step])).to.deep.equal([{ kind: 'saved' }]);
    }));

  it('costs only what is under way when its connections break', () =>
    withStore(async (store, proxy) => {
      for (let round = 0; round < 5; round += 1) {
        await store.cases.load(`round-${round}`);
        proxy.cut();
        const end = await codeOf(store.cases.load(`round-${round}`));
        expect([undefined, 'database-unavailable']).to.include(end);
      }
      expect(await store.cases.load('after')).to.equal(undefined);
    }));
});
