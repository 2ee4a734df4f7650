import { join } from 'node:path';
import knex from 'knex';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { copyCase } from '../scale/copy-cases.ts';
import { closedLoop, median } from './closed-loop.ts';
import { deliverParcel, handInAndRide } from './deliver.ts';
import { withDepot } from './with-depot.ts';
import type { Depot } from './with-depot.ts';

/** How often the full and the empty database take turns. */
const ROUNDS = 5;
const CALLERS = 32;
/** One case runs for so many that have ended. */
const ENDED_TO_RUNNING = 10;

/**
 * Measures whole cases a second where very many cases are stored already, beside the same in a
 * database without any.
 */
export async function measureFilled(
  folder: string,
  seconds: number,
  finished: number,
): Promise<readonly Figure[]> {
  const file = join(folder, 'filled.db');
  await fill(file, finished);
  const rates = { full: [] as number[], empty: [] as number[] };
  await withDepot({ file }, (full) =>
    withDepot({ file: join(folder, 'empty.db') }, async (empty) => {
      const rateOf = (depot: Depot): Promise<number> =>
        closedLoop(CALLERS, seconds / ROUNDS, () => deliverParcel(depot));
      for (const depot of [full, empty]) await rateOf(depot);
      for (let round = 0; round < ROUNDS; round++) {
        rates.full.push(await rateOf(full));
        rates.empty.push(await rateOf(empty));
      }
    }),
  );
  return [
    figure(`filled.sqlite.${String(CALLERS)}`, median(rates.full), 'cases/s', median(rates.empty)),
  ];
}

/** Takes one case to its end and one half of its way, and copies both. */
async function fill(file: string, finished: number): Promise<void> {
  const [ended, running] = await withDepot({ file }, async (depot) => {
    const [last] = await depot.watch.record(() => deliverParcel(depot));
    if (last === undefined) throw new Error('No case was played.');
    const { caseId, reference } = await handInAndRide(depot);
    return [
      { caseId: last.case.id, reference: last.case.reference },
      { caseId, reference },
    ];
  });
  const db = knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  try {
    const count = Math.ceil(finished / ENDED_TO_RUNNING);
    await copyCase(db, { ...running, from: 1, count });
    await copyCase(db, { ...ended, from: count + 1, count: finished });
  } finally {
    await db.destroy();
  }
}
