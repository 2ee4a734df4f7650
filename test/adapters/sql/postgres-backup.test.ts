import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { backupStore, restoreStore } from '../../../engine/adapters/sql/backup.ts';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import type { EffectHold } from '../../../engine/ports/effect-hold.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { START, sampleCase, sampleJob, sampleStep } from '../../contracts/sample.ts';
import { withInstalledPostgres } from '../../postgres/installed.ts';
import { withFolder } from './with-folder.ts';

const TAKEN: EffectHold = { id: 'taken', takenAt: START, released: [] };
const RESTORED: EffectHold = { id: 'restored', takenAt: START + 5, released: [] };

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('a backup of a PostgreSQL database', function () {
  this.timeout(120_000);
  if (!FULL) return;

  it('is what was saved when it was taken, while steps are saved', async function () {
    const isThere = await withInstalledPostgres((database) =>
      withFolder(async (folder) => {
        const [from, to] = [await database('one'), await database('two')];
        const backup = join(folder, 'one.dump');
        const add = [sampleJob('j1', 'c1')];
        await withStore(from, async (store) => {
          await store.cases.commit([sampleStep(sampleCase('c1'), { jobs: { add } })]);
          const load = keepSaving(store);
          expect((await backupStore({ url: from }, backup, TAKEN)).size).to.be.greaterThan(0);
          await load.stop();
          await store.cases.commit([sampleStep(sampleCase('c2'))]);
        });
        expect(await codeOf(restoreStore(backup, { url: from }, RESTORED))).to.equal('not-empty');
        await restoreStore(backup, { url: to }, RESTORED);
        await withStore(to, async ({ cases, jobs, effects, worklist }) => {
          expect(await cases.load('c1')).to.deep.equal(sampleCase('c1'));
          expect(await cases.load('c2')).to.equal(undefined);
          expect(await effects.current()).to.deep.equal(RESTORED);
          expect((await jobs.claim(START, 10, 1000)).map(({ id }) => id)).to.deep.equal(['j1']);
          for (const { id } of (await worklist.cases({}, undefined, 1000)).rows) {
            expect(await cases.history(id)).to.have.length(1);
          }
        });
        const wrong = backupStore({ url: `${from}none` }, join(folder, 'none.dump'), TAKEN);
        expect(await codeOf(wrong)).to.equal('backup-failed');
        expect(existsSync(join(folder, 'none.dump'))).to.equal(false);
      }),
    );
    if (!isThere) this.skip();
  });
});

/** Saves one case after another until it is told to stop. */
function keepSaving({ cases }: Store): { stop(): Promise<void> } {
  let isOver = false;
  const save = async (): Promise<void> => {
    for (let number = 0; !isOver; number += 1) {
      await cases.commit([sampleStep(sampleCase(`load-${number}`))]);
    }
  };
  const saving = save();
  return {
    stop: () => {
      isOver = true;
      return saving;
    },
  };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => String((error as { code?: unknown }).code),
  );
}

async function withStore(url: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({ url });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}
