import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { describeStore } from '../../contracts/store.ts';

describe('the SQL store on SQLite', () => {
  describeStore(() => {
    let folder: string;
    let store: Store;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'trellis-sqlite-'));
      store = await openStore({ file: join(folder, 'trellis.db') });
    });
    afterEach(async () => {
      await store.close();
      await rm(folder, { recursive: true });
    });
    return () => store;
  });
});
