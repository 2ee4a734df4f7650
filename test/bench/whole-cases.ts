import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Step } from '../../engine/ports/step.ts';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { closedLoop, median, percentile } from './closed-loop.ts';
import { deliverParcel } from './deliver.ts';
import type { Client } from './drivers.ts';
import { hasClient } from './drivers.ts';
import { handWritten, handWrittenByKnexOnSqlite } from './hand-written.ts';
import type { HandWritten } from './hand-written.ts';
import { kernelCases } from './kernel-cases.ts';
import { withRawCases } from './raw-cases.ts';
import type { Level } from './transitions.ts';
import type { Depot } from './with-depot.ts';
import { withDepot } from './with-depot.ts';

/** How often all that is compared takes turns, so that a busy machine slows all. */
const ROUNDS = 5;
/** What an acknowledgement may take at most, for 99 of 100, in milliseconds. */
const SLOWEST_ACK: Readonly<Record<number, number>> = { 1: 3, 32: 15, 128: 50 };
/** What a case may take of the processor, in milliseconds. */
const MOST_CPU = 0.5;
/** What a finished case may take on the disk, in bytes. */
const MOST_DISK = 4096;

/** What was seen of the engine while it took cases from their start to their end. */
interface Seen {
  readonly rates: number[];
  /** How long each caller waited for an answer, in milliseconds. */
  readonly acks: number[];
  cpu: number;
  cases: number;
}

/**
 * Measures whole cases of start → call → wait for an event → call → final: four durable steps, two
 * jobs and a message each. A caller begins the next case when its case has ended. In turns with it:
 * the driver alone, the kernel alone, and the same workload written by hand.
 */
export async function measureWholeCases(level: Level, client: Client): Promise<readonly Figure[]> {
  const { folder, callers, seconds } = level;
  const name = `${client === 'sqlite3' ? 'sqlite' : client}.${callers}`;
  const file = join(folder, `cases-${name}.db`);
  const seen: Seen = { rates: [], acks: [], cpu: 0, cases: 0 };
  const limits = { raw: [] as number[], kernel: [] as number[] };
  const floors = await openFloors(folder, name);
  const kernel = kernelCases();
  try {
    await withDepot({ file, client }, async (depot) => {
      const sample = await recordedCase(depot);
      await deliverFor(depot, callers, seconds / 2, seen);
      const raw = { file: join(folder, `raw-cases-${name}.db`), client, callers };
      const count = seen.cases;
      Object.assign(seen, { rates: [], acks: [], cpu: 0 });
      await withRawCases(raw, sample, async (writer) => {
        for (let round = 0; round < ROUNDS; round++) {
          await deliverFor(depot, callers, seconds / ROUNDS, seen);
          limits.raw.push(await writer.write(seconds / ROUNDS));
          limits.kernel.push(await kernel(seconds / ROUNDS / 2));
          for (const floor of floors) await floor.round(seconds / ROUNDS / 2);
        }
      });
      seen.cpu /= seen.cases - count;
    });
  } finally {
    for (const { hand } of floors) await hand.close();
  }
  const bytes = (await stat(file)).size / (seen.cases + 1);
  const value = median(seen.rates);
  const [raw, steps] = [median(limits.raw), median(limits.kernel)];
  const acks = [...seen.acks].sort((a, b) => a - b);
  return [
    figure(`cases.${name}`, value, 'cases/s', 1 / (1 / raw + 1 / steps)),
    figure(`raw-cases.${name}`, raw, 'cases/s'),
    figure(`kernel-cases.${name}`, steps, 'cases/s'),
    ...floors.map((floor) =>
      figure(`${floor.name}.${name}`, value, 'cases/s', median(floor.rates)),
    ),
    figure(`ack-p50.${name}`, percentile(acks, 0.5), 'ms'),
    figure(`ack-p99.${name}`, percentile(acks, 0.99), 'ms', SLOWEST_ACK[callers]),
    figure(`cpu-case.${name}`, seen.cpu, 'ms', MOST_CPU),
    figure(`disk-case.${name}`, bytes, 'bytes', MOST_DISK),
  ];
}

/** A way to write the workload by hand, with its cases a second. */
interface Floor {
  readonly name: 'to-hand-written' | 'to-knex';
  readonly hand: HandWritten;
  readonly rates: number[];
  round(seconds: number): Promise<void>;
}

/** Both floors are of `better-sqlite3`; where it is not installed there are none. */
async function openFloors(folder: string, name: string): Promise<readonly Floor[]> {
  if (!hasClient('better-sqlite3')) return [];
  const floorOf = (kind: Floor['name'], hand: HandWritten): Floor => {
    const rates: number[] = [];
    let number = 0;
    const round = async (seconds: number): Promise<void> => {
      rates.push(await closedLoop(1, seconds, () => hand.deliver(`c-${(number += 1)}`)));
    };
    return { name: kind, hand, rates, round };
  };
  const byKnex = await handWrittenByKnexOnSqlite(join(folder, `knex-${name}.db`));
  return [
    floorOf('to-hand-written', handWritten(join(folder, `hand-${name}.db`))),
    floorOf('to-knex', byKnex),
  ];
}

async function deliverFor(
  depot: Depot,
  callers: number,
  seconds: number,
  seen: Seen,
): Promise<void> {
  const before = process.cpuUsage();
  let cases = 0;
  const rate = await closedLoop(callers, seconds, async () => {
    await deliverParcel(depot, seen.acks);
    cases += 1;
  });
  const { user, system } = process.cpuUsage(before);
  seen.rates.push(rate);
  seen.cpu += (user + system) / 1000;
  seen.cases += cases;
}

/** All steps of one case. */
async function recordedCase(depot: Depot): Promise<readonly Step[]> {
  return depot.watch.record(() => deliverParcel(depot));
}
