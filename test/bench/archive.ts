import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Archive } from '../../engine/ports/archive.ts';
import { Archiver } from '../../engine/runtime/archiver.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { closedLoop, median } from './closed-loop.ts';
import { CORE_FILES, WORKFLOWS } from './company.ts';
import { deliverParcel } from './deliver.ts';
import type { Company, Depot } from './with-depot.ts';
import { withDepot } from './with-depot.ts';

/** How often the load with and without cases that move takes turns. */
const ROUNDS = 7;
const CALLERS = 32;
/** Turns before the first, so that there is something to move. */
const BEFORE = 4;
/** How far the clock of the archive is ahead: what has finished just now is due. */
const AHEAD = 3_600_000;

/** Measures what whole cases lose by others that move to the archive beside them. */
export async function measureArchive(folder: string, seconds: number): Promise<readonly Figure[]> {
  const alone: number[] = [];
  const beside: number[] = [];
  const moved: number[] = [];
  const each = seconds / ROUNDS;
  const deliver = (depot: Depot): Promise<number> =>
    closedLoop(CALLERS, each, () => deliverParcel(depot));
  const settings = { file: join(folder, 'archive.db') };
  await withDepot(
    settings,
    async (depot) => {
      for (let round = 0; round < BEFORE; round++) await deliver(depot);
      for (let round = 0; round < ROUNDS; round++) {
        alone.push(await deliver(depot));
        await whileMoving(depot, async (count) => {
          const began = performance.now();
          beside.push(await deliver(depot));
          while (count() === 0) await pause(10);
          moved.push((count() * 1000) / (performance.now() - began));
        });
      }
    },
    COMPANY,
  );
  return [
    figure(`beside-archive.sqlite.${CALLERS}`, median(beside), 'cases/s', median(alone)),
    figure('moved-under-load.sqlite', median(moved), 'cases/s'),
  ];
}

const COMPANY: Company = {
  files: new Map([
    ...CORE_FILES,
    [
      'policies.yaml',
      `${CORE_FILES.get('policies.yaml') ?? ''}retention: [{ archiveAfter: 1 minute }]\n`,
    ],
  ]),
  workflows: WORKFLOWS,
  call: ({ operation, idempotencyKey }) =>
    Promise.resolve({
      kind: 'ok',
      output: operation === 'carrier.book' ? { rideNo: idempotencyKey } : { billNo: 'B-1' },
    }),
};

/** Moves cases as a host does, but does not wait for the first of them. */
async function whileMoving(
  { store, clock }: Depot,
  work: (moved: () => number) => Promise<void>,
): Promise<void> {
  let moved = 0;
  let isFirst = true;
  const archive: Archive = {
    ...store.archive,
    remove: async (cases) => {
      const count = await store.archive.remove(cases);
      moved += count;
      return count;
    },
  };
  const fail = (message: string): never => {
    throw new Error(message);
  };
  const archiver = new Archiver({
    store: { archive, registry: store.registry },
    catalogue: new Catalogue(store.registry),
    clock: {
      now: () => clock.now() + AHEAD,
      at: (at, wake) => {
        const cancel = clock.at(isFirst ? clock.now() : at - AHEAD, wake);
        isFirst = false;
        return cancel;
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: fail },
  });
  archiver.start();
  try {
    await work(() => moved);
  } finally {
    await archiver.stop();
  }
}
