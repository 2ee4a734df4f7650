import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { describeStore } from '../../contracts/store.ts';

for (const client of ['sqlite3', 'better-sqlite3'] as const) {
  describe(`the SQL store on SQLite, by ${client}`, () => {
    describeStore(() => {
      let folder: string;
      let store: Store;
      beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), 'trellis-sqlite-'));
        store = await openStore({ file: join(folder, 'trellis.db'), client });
      });
      afterEach(async () => {
        await store.close();
        await rm(folder, { recursive: true });
      });
      return () => store;
    });
  });
}
