import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore, openStoreToRead } from '../../engine/adapters/sql/store.ts';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { Store } from '../../engine/ports/store.ts';
import { makeEngine } from '../runtime/run-engine.ts';
import {
  CLERK,
  NOW,
  goodConnectors,
  publishWorkshop,
  startSample,
} from '../runtime/with-workshop.ts';
import { until } from '../until.ts';
import type { Place } from './with-program.ts';
import { withPrograms } from './with-program.ts';

const CASES = 600;
const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

const WORKFLOWS = [
  {
    states: `
  checking: { task: { assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
  },
];

const FILL = ['--type', 'Item', '--field', 'label', '--set', 'old.sku'];

describe('a backfill whose process is killed', function () {
  if (!FULL) return;
  this.timeout(180_000);

  it('goes on afterwards, fills each case once, and is taken back', () =>
    withPrograms(async ({ dataFolder, start }) => {
      const file = join(dataFolder, 'trellis.db');
      await mkdir(dataFolder, { recursive: true });
      await bringCases(file);
      const id = await prepared(start, 'prepare', 'backfill', ...FILL);
      const begun = start({}, 'operations', 'start', id, '--reason', 'Labels');
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
      expect(await casesIn(file)).to.deep.equal(casesWith({ label: 'A1' }, 1));

      const undo = await prepared(start, 'undo', id);
      const undone = start({}, 'operations', 'start', undo, '--reason', 'Not these labels');
      expect(await undone.ended()).to.include({ code: 0 });
      expect(await casesIn(file)).to.deep.equal(casesWith({}, 1));
    }));
});

interface Seen {
  readonly item: unknown;
  /** How often it was filled. */
  readonly fills: number;
}

function casesWith(filled: object, fills: number): readonly Seen[] {
  const item = { sku: 'A1', pieces: 1, ...filled };
  return Array.from({ length: CASES }, () => ({ item, fills }));
}

/** Prepares an operation by the command line; answers its id. */
async function prepared(start: Place['start'], ...words: readonly string[]): Promise<string> {
  const { out } = await start({}, 'operations', ...words, '--json').ended();
  const { operation } = JSON.parse(out) as { readonly operation: { readonly id: string } };
  return operation.id;
}

async function bringCases(file: string): Promise<void> {
  const store = await openStore({ file });
  const catalogue = await publishWorkshop(store, WORKFLOWS);
  const clock = createSimulatedClock(NOW);
  const engine = makeEngine({ store, catalogue, clock, connectors: goodConnectors(), lines: [] });
  const ids = await Promise.all(Array.from({ length: CASES }, () => startSample({ engine })));
  const set = [{ field: 'item', value: { sku: 'A1', pieces: 1 } }];
  const change = { set, reason: 'It lacks a label', actor: CLERK };
  await Promise.all(ids.map((caseId) => engine.operations.modify({ caseId, ...change })));
  await engine.stop();
  await store.close();
}

async function reading<T>(file: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStoreToRead({ file });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function countsOf(file: string, id: string): ReturnType<Store['bulk']['counts']> {
  return reading(file, ({ bulk }) => bulk.counts(id));
}

function casesIn(file: string): Promise<readonly Seen[]> {
  return reading(file, async ({ worklist, cases }) => {
    const { rows } = await worklist.cases({ workflow: 'sample' }, undefined, CASES + 1);
    return Promise.all(
      rows.map(async ({ id }): Promise<Seen> => {
        const history = await cases.history(id);
        const fills = history.filter(({ body }) => JSON.stringify(body).includes('"filled"'));
        const { snapshot } = (await cases.load(id)) ?? { snapshot: '{}' };
        return { item: dataIn(snapshot)['item'], fills: fills.length };
      }),
    );
  });
}

function dataIn(snapshot: string): Readonly<Record<string, unknown>> {
  const { context } = JSON.parse(snapshot) as {
    readonly context: { readonly data: Readonly<Record<string, unknown>> };
  };
  return context.data;
}
