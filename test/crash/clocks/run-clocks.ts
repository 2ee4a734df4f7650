import { until } from '../../until.ts';
import { Client } from '../client.ts';
import type { Broken } from '../promises/broken.ts';
import { randomness } from '../randomness.ts';
import { countDue, readRows } from '../read-rows.ts';
import type { Scene } from '../scene.ts';
import { withScene } from '../scene.ts';
import { checkClocks } from './check-clocks.ts';
import { DAYS, DEADLINE } from './days.ts';
import type { Season } from './days.ts';

/** What came of a run in which the clock of the host was set. */
export interface ClockReport {
  readonly cases: number;
  /** How often timers fired. */
  readonly timers: number;
  readonly broken: readonly Broken[];
}

const HOUR = 3_600_000;
/** By how many hours the clock is set, and what befalls the host then. */
const MOVES: readonly (readonly [hours: number, then: 'goes on' | 'is killed'])[] = [
  ...([
    [2, 'goes on'],
    [0, 'is killed'],
    [-2, 'goes on'],
  ] as const),
  ...([
    [2, 'is killed'],
    [-2, 'is killed'],
    [0, 'is killed'],
  ] as const),
  ...Array.from(
    { length: 7 },
    () =>
      [
        [11, 'goes on'],
        [0, 'is killed'],
      ] as const,
  ).flat(),
];
/** Cases that are begun at each of the first moves. */
const CASES = 4;
const PATIENCE = 30_000;

/**
 * Begins cases and sets the clock of their host, forward and back, while it runs and while it is
 * begun again, until all timers are due; one host on SQLite, whose clock is the time.
 */
export async function runClocks({ from, nights }: Season): Promise<ClockReport> {
  const random = randomness(1);
  return withScene({ random, workflows: { days: DAYS } }, async (scene) => {
    const [slot] = scene.slots;
    if (slot === undefined) throw new Error('There is no host.');
    const client = new Client({
      ...{ hosts: [{ origin: slot.origin, cookie: '' }], token: scene.token, random },
      isOver: () => false,
    });
    let ahead = from - Date.now();
    const now = (): number => Date.now() + ahead;
    await slot.open(ahead);
    let latest = now();
    for (const [number, [hours, then]] of MOVES.entries()) {
      if (number < 5) await begin(client, number, now());
      ahead += hours * HOUR;
      latest = Math.max(latest, now());
      if (then === 'goes on') slot.host.tell({ kind: 'set clock', ahead });
      else {
        await slot.host.kill();
        await slot.open(ahead);
        // A running host notices within a minute that its clock was set; one that begins, at once.
        const due = nights.filter((night) => night <= latest).length;
        await until('the schedule', async () => (await begunByNight(scene)) >= due, PATIENCE);
      }
      const by = now();
      await until('what is due', async () => (await countDue(scene.database, by)) === 0, PATIENCE);
    }
    const end = now();
    await client.close();
    await slot.host.kill();
    const { cases, events } = await readRows(scene.database);
    return {
      cases: cases.length,
      timers: events.filter(({ kind }) => kind === 'timer').length,
      broken: checkClocks({ events, until: end, nights: nights.filter((night) => night <= end) }),
    };
  });
}

async function begin(client: Client, number: number, now: number): Promise<void> {
  for (let one = 1; one <= CASES; one += 1) {
    const deadline = new Date(now + DEADLINE).toISOString();
    const reply = await client.api('/api/workflows/days/cases', `begin-${number}-${one}`, {
      data: { deadline },
    });
    if (reply.status !== 201) throw new Error(`A start was answered ${reply.status}.`);
  }
}

async function begunByNight({ database }: Scene): Promise<number> {
  const { events } = await readRows(database);
  return events.filter(({ kind, body }) => kind === 'started' && body.includes('"schedule"'))
    .length;
}
