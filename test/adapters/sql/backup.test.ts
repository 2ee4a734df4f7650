import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { backupStore, restoreStore } from '../../../engine/adapters/sql/backup.ts';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import type { EffectHold } from '../../../engine/ports/effect-hold.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { START, sampleCase, sampleJob, sampleStep } from '../../contracts/sample.ts';
import { withFolder } from './with-folder.ts';

const TAKEN: EffectHold = { id: 'taken', takenAt: START, released: [] };
const RESTORED: EffectHold = { id: 'restored', takenAt: START + 5, released: [] };

describe('a backup of a SQLite file', () => {
  it('is what was saved when it was taken, beside its host, and holds effects back', () =>
    withFolder(async (folder) => {
      const [file, backup] = [join(folder, 'a', 'trellis.db'), join(folder, 'b', 'one.db')];
      const add = [sampleJob('j1', 'c1')];
      await withStore(file, async (store) => {
        await store.cases.commit([sampleStep(sampleCase('c1'), { jobs: { add } })]);
        expect((await backupStore({ file }, backup, TAKEN)).size).to.be.greaterThan(0);
        await store.cases.commit([sampleStep(sampleCase('c2'))]);
        expect(await store.effects.current()).to.equal(undefined);
      });
      expect(await readdir(join(folder, 'b'))).to.deep.equal(['one.db']);
      const restored = join(folder, 'c', 'trellis.db');
      await restoreStore(backup, { file: restored }, RESTORED);
      expect(await readdir(join(folder, 'c'))).to.deep.equal(['trellis.db']);
      await withStore(restored, async ({ cases, jobs, effects }) => {
        expect(await cases.load('c1')).to.deep.equal(sampleCase('c1'));
        expect(await cases.load('c2')).to.equal(undefined);
        // The one of the backup, with its time, stays.
        expect(await effects.current()).to.deep.equal(TAKEN);
        expect((await jobs.claim(START, 10, 1000)).map(({ id }) => id)).to.deep.equal(['j1']);
      });
    }));

  it('writes over nothing, and leaves nothing behind where it fails', () =>
    withFolder(async (folder) => {
      const [file, backup] = [join(folder, 'a', 'trellis.db'), join(folder, 'b', 'one.db')];
      expect(await codeOf(backupStore({ file }, backup, TAKEN))).to.equal('backup-failed');
      expect(await readdir(join(folder, 'b'))).to.deep.equal([]);
      await withStore(file, () => Promise.resolve());
      await backupStore({ file }, backup, TAKEN);
      expect(await codeOf(backupStore({ file }, backup, TAKEN))).to.equal('file-exists');
      expect(await codeOf(restoreStore(backup, { file }, RESTORED))).to.equal('not-empty');
    }));

  it('comes back only where it is whole', () =>
    withFolder(async (folder) => {
      const [file, backup] = [join(folder, 'a', 'trellis.db'), join(folder, 'one.db')];
      await withStore(file, () => Promise.resolve());
      await backupStore({ file }, backup, TAKEN);
      const bytes = await readFile(backup);
      const to = join(folder, 'c', 'trellis.db');
      const bad = {
        half: bytes.subarray(0, Math.floor(bytes.length / 8192) * 4096),
        text: 'no database at all'.repeat(1000),
        nothing: '',
      };
      for (const [name, content] of Object.entries(bad)) {
        await writeFile(join(folder, name), content);
        const restoring = restoreStore(join(folder, name), { file: to }, RESTORED);
        expect(await codeOf(restoring), name).to.equal('bad-backup');
        expect(existsSync(to) || existsSync(`${to}.part`), name).to.equal(false);
      }
      const none = restoreStore(join(folder, 'none'), { file: to }, RESTORED);
      expect(await codeOf(none)).to.equal('bad-backup');
    }));
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => String((error as { code?: unknown }).code),
  );
}

async function withStore(file: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({ file });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}
