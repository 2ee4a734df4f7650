import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '../client.ts';
import { randomness } from '../randomness.ts';
import { withScene } from '../scene.ts';
import { syncOrder } from './sync-order.ts';
import type { SyncOrder } from './sync-order.ts';

/** The source of what is laid before the C library; it is not compiled with the rest. */
const SHIM = 'test/crash/durable/sync-shim.c';
const MARKS = 50;

export interface DurableSettings {
  /** The disk says that it has what it was given, and has not. (Default: it has) */
  readonly dropsSync?: boolean;
}

/**
 * Runs a host on SQLite under a log of its writes, syncs and answers, with one client that waits for
 * each answer. Answers why it cannot be done where there is no compiler, or no Linux.
 */
export async function runDurable({ dropsSync = false }: DurableSettings = {}): Promise<
  SyncOrder | string
> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-durable-'));
  try {
    const shim = join(folder, 'sync-shim.so');
    const refused = await compile(shim);
    if (refused !== undefined) return refused;
    const log = join(folder, 'sync.log');
    const environment = {
      ...{ LD_PRELOAD: shim, CRASH_SYNC_LOG: log },
      ...(dropsSync ? { CRASH_DROP_SYNC: '1' } : {}),
    };
    await mark(environment, log);
    return syncOrder(await readFile(log, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compile(shim: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'a log of syncs can be taken on Linux alone';
  try {
    const words = ['-shared', '-fPIC', '-O1', '-o', shim, SHIM, '-ldl'];
    await promisify(execFile)('cc', words);
    return undefined;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return `there is no C compiler to make the log of syncs with: ${text.split('\n')[0] ?? ''}`;
  }
}

/** One case that waits for a message which never comes, marked again and again. */
async function mark(environment: Readonly<Record<string, string>>, log: string): Promise<void> {
  const random = randomness(1);
  await withScene({ random, environment }, async ({ slots, token }) => {
    const hosts = slots.map(({ origin }) => ({ origin, cookie: '' }));
    const client = new Client({ hosts, token, random, isOver: () => false });
    await Promise.all(slots.map((slot) => slot.open()));
    const body = { data: { parcel: { slip: 'S-1' } } };
    const { answer } = await client.api('/api/workflows/parcel/cases', 'start', body);
    const { id } = answer as { readonly id: string };
    let isRiding = false;
    while (!isRiding) {
      const seen = (await client.see(id)).answer as { readonly states: readonly string[] };
      isRiding = seen.states.includes('riding');
    }
    await writeFile(log, '');
    for (let number = 1; number <= MARKS; number += 1) {
      const path = `/api/cases/${id}/events/mark`;
      const { status } = await client.api(path, `mark-${number}`, { form: { note: 'x' } });
      if (status !== 200) throw new Error(`A mark was answered ${status}.`);
    }
    await client.close();
  });
}
