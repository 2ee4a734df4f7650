import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore, openStoreToRead } from '../../engine/adapters/sql/store.ts';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { BulkResult } from '../../engine/ports/bulk.ts';
import { makeEngine } from '../runtime/run-engine.ts';
import { NOW, goodConnectors, publishWorkshop, startSample } from '../runtime/with-workshop.ts';
import { until } from '../until.ts';
import { withPrograms } from './with-program.ts';

const CASES = 600;

const WORKFLOWS = [
  {
    states: `
  checking: { task: { assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
  },
];

describe('an operation on many cases whose process is killed', function () {
  this.timeout(180_000);

  it('goes on afterwards, and changes each case once', () =>
    withPrograms(async ({ dataFolder, start }) => {
      const file = join(dataFolder, 'trellis.db');
      await mkdir(dataFolder, { recursive: true });
      await bringCases(file);
      const prepared = start(
        {},
        'operations',
        'prepare',
        'suspend',
        '--workflow',
        'sample',
        '--json',
      );
      const { operation } = JSON.parse((await prepared.ended()).out) as {
        readonly operation: { readonly id: string };
      };
      const { id } = operation;
      const begun = start({}, 'operations', 'start', id, '--reason', 'Stocktaking');
      await until('some cases', async () => (await countsOf(file, id)).done > 0, 60_000);
      begun.kill('SIGKILL');
      await begun.ended();
      const half = await countsOf(file, id);
      expect(half.ready).to.be.greaterThan(0);
      expect(half.done + half.ready).to.equal(CASES);

      const host = start();
      await host.origin();
      await until('the rest', async () => (await countsOf(file, id)).ready === 0, 60_000);
      host.kill('SIGINT');
      expect(await host.ended()).to.include({ code: 0 });
      expect(await countsOf(file, id)).to.include({ done: CASES, refused: 0 });
      expect(await suspensionsIn(file)).to.deep.equal(Array.from({ length: CASES }, () => 1));
    }));
});

async function bringCases(file: string): Promise<void> {
  const store = await openStore({ file });
  const catalogue = await publishWorkshop(store, WORKFLOWS);
  const clock = createSimulatedClock(NOW);
  const engine = makeEngine({ store, catalogue, clock, connectors: goodConnectors(), lines: [] });
  const ids = Array.from({ length: CASES }, () => startSample({ engine }));
  await Promise.all(ids);
  await engine.stop();
  await store.close();
}

async function countsOf(file: string, id: string): Promise<Readonly<Record<BulkResult, number>>> {
  const store = await openStoreToRead({ file });
  try {
    return await store.bulk.counts(id);
  } finally {
    await store.close();
  }
}

/** How often each case was suspended. */
async function suspensionsIn(file: string): Promise<readonly number[]> {
  const store = await openStoreToRead({ file });
  try {
    const { rows } = await store.worklist.cases({ workflow: 'sample' }, undefined, CASES + 1);
    return await Promise.all(
      rows.map(async ({ id }) => {
        const history = await store.cases.history(id);
        return history.filter(({ kind }) => kind === 'suspend').length;
      }),
    );
  } finally {
    await store.close();
  }
}
