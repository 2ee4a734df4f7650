import { Client } from '../client.ts';
import type { Reply } from '../client.ts';
import { randomness } from '../randomness.ts';
import { readRows } from '../read-rows.ts';
import type { Scene, SceneSettings } from '../scene.ts';
import { withScene } from '../scene.ts';

/** What came of many requests at once that cannot all succeed. */
export interface Conflicts {
  /** How often each status was answered to events of which one can happen. */
  readonly exclusive: ReadonlyMap<number, number>;
  readonly exclusiveSeconds: number;
  /** How often that event is in the history. */
  readonly exclusiveEvents: number;
  /** The different answers, with their status, to one request that was sent many times. */
  readonly sameKey: ReadonlySet<string>;
  readonly sameKeySeconds: number;
  readonly sameKeyEvents: number;
}

/** Sends many requests about one case at once, over 50 connections to each host. */
export async function runConflicts(
  requests: number,
  settings: Omit<SceneSettings, 'random'> = {},
): Promise<Conflicts> {
  const random = randomness(1);
  return withScene({ ...settings, random }, async (scene) => {
    const { slots, token, database } = scene;
    const hosts = slots.map(({ origin }) => ({ origin, cookie: '' }));
    const client = new Client({ hosts, token, random, isOver: () => false });
    await Promise.all(slots.map((slot) => slot.open()));
    const id = await rideOf(client);
    const path = (button: string): string => `/api/cases/${id}/events/${button}`;
    const numbers = Array.from({ length: requests }, (_none, index) => index);
    const same = await timed(() =>
      Promise.all(numbers.map(() => client.api(path('mark'), 'same', { form: { note: 'same' } }))),
    );
    const exclusive = await timed(() =>
      Promise.all(numbers.map((number) => client.api(path('collect'), `collect-${number}`, {}))),
    );
    await client.close();
    await stop(scene);
    const { events } = await readRows(database);
    const pressed = (button: string): number =>
      events.filter(({ body }) => body.includes(`"button":"${button}"`)).length;
    return {
      exclusive: counted(exclusive.replies),
      exclusiveSeconds: exclusive.seconds,
      exclusiveEvents: pressed('collect'),
      sameKey: new Set(same.replies.map(({ status, answer }) => JSON.stringify([status, answer]))),
      sameKeySeconds: same.seconds,
      sameKeyEvents: pressed('mark'),
    };
  });
}

/** Begins a case, and answers its id once it waits for its message. */
async function rideOf(client: Client): Promise<string> {
  const body = { data: { parcel: { slip: 'S-1' } } };
  const { answer } = await client.api('/api/workflows/parcel/cases', 'start', body);
  const { id } = answer as { readonly id: string };
  for (;;) {
    const seen = (await client.see(id)).answer as { readonly states: readonly string[] };
    if (seen.states.includes('riding')) return id;
  }
}

async function timed(
  work: () => Promise<readonly Reply[]>,
): Promise<{ readonly replies: readonly Reply[]; readonly seconds: number }> {
  const begun = performance.now();
  const replies = await work();
  return { replies, seconds: (performance.now() - begun) / 1000 };
}

function counted(replies: readonly Reply[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { status } of replies) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

async function stop({ slots }: Scene): Promise<void> {
  for (const { host } of slots) host.tell({ kind: 'stop' });
  await Promise.all(slots.map(({ host }) => host.hasEnded(10_000)));
}
