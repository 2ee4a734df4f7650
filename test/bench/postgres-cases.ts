import { cpus } from 'node:os';
import type { PostgresServer } from '../postgres/server.ts';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { closedLoop, median, percentile } from './closed-loop.ts';
import { deliverParcel } from './deliver.ts';
import { handWrittenByPg } from './hand-written-pg.ts';
import { runProcess } from './run-process.ts';
import type { Level } from './transitions.ts';
import { withDepot } from './with-depot.ts';

/** How often the engine and the workload written by hand take turns. */
const ROUNDS = 5;
/** Connections of the workload written by hand, as many as a host has. */
const CONNECTIONS = 10;
/** What a case may take of the host's processor, in milliseconds. */
const MOST_CPU = 1;
/** Two hosts need processors of their own beside the server's. */
const ENOUGH_CORES = 4;

/** Measures whole cases on PostgreSQL, with one host in this process and with two of their own. */
export async function measureOnPostgres(
  server: PostgresServer,
  { callers, seconds }: Omit<Level, 'folder'>,
): Promise<readonly Figure[]> {
  const name = `postgres.${callers}`;
  const rates: number[] = [];
  const floors: number[] = [];
  const acks: number[] = [];
  let [cpu, cases, number] = [0, 0, 0];
  const hand = await handWrittenByPg(await server.createDatabase(), CONNECTIONS);
  try {
    await withDepot({ url: await server.createDatabase() }, async (depot) => {
      await closedLoop(callers, seconds / 2, () => deliverParcel(depot));
      for (let round = 0; round < ROUNDS; round++) {
        const before = process.cpuUsage();
        const rate = await closedLoop(callers, seconds / ROUNDS, async () => {
          await deliverParcel(depot, acks);
          cases += 1;
        });
        const { user, system } = process.cpuUsage(before);
        cpu += (user + system) / 1000;
        rates.push(rate);
        const byHand = closedLoop(callers, seconds / ROUNDS / 2, () =>
          hand.deliver(`c-${(number += 1)}`),
        );
        floors.push(await byHand);
      }
    });
  } finally {
    await hand.close();
  }
  acks.sort((a, b) => a - b);
  const value = median(rates);
  return [
    figure(`cases.${name}`, value, 'cases/s'),
    figure(`to-hand-written.${name}`, value, 'cases/s', median(floors)),
    figure(`ack-p50.${name}`, percentile(acks, 0.5), 'ms'),
    figure(`ack-p99.${name}`, percentile(acks, 0.99), 'ms'),
    figure(`cpu-case.${name}`, cpu / cases, 'ms', MOST_CPU),
    await measureTwoHosts(server, callers, seconds),
  ];
}

/** Two hosts with half of the callers each, held against one with all of them. */
async function measureTwoHosts(
  server: PostgresServer,
  callers: number,
  seconds: number,
): Promise<Figure> {
  const load = async (hosts: number): Promise<number> => {
    const url = await server.createDatabase();
    const each = String(Math.max(1, Math.round(callers / hosts)));
    // One after the other would publish the same workflows twice at once.
    await runProcess('load', url, '1', '0.1');
    const all = Array.from({ length: hosts }, () => runProcess('load', url, each, String(seconds)));
    const rates = await Promise.all(all);
    return rates.reduce((sum, { casesPerSecond }) => sum + casesPerSecond, 0);
  };
  const [one, two] = [await load(1), await load(2)];
  const name = `two-hosts.postgres.${callers}`;
  // Fewer processors have to be shared with the server; then it is a number beside no limit.
  return cpus().length >= ENOUGH_CORES
    ? figure(name, two, 'cases/s', one)
    : figure(name, two, 'cases/s');
}
