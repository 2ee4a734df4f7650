import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createWorkshop } from '../../engine/adapters/system/workshop.ts';
import type { Log } from '../../engine/ports/log.ts';
import { createApp } from '../../server/app.ts';
import type { Demo } from '../../server/demo/start-demo.ts';
import { demoSignIns } from '../../server/host/demo-people.ts';
import type { DemoSignIn } from '../../server/host/demo-people.ts';
import { openHost } from '../../server/host/open-host.ts';
import type { Host } from '../../server/host/open-host.ts';
import { openSite } from '../../server/host/open-site.ts';
import type { Site } from '../../server/routes/site.ts';
import type { Settings } from '../../server/settings.ts';

/** A Monday in Dublin, nine in the morning. */
const MONDAY = Date.parse('2027-03-01T09:00Z');

/** A host of the bundled company with its demo systems, in this process. */
export interface RunningHost {
  readonly origin: string;
  readonly host: Host;
  readonly site: Site;
  readonly demo: Demo;
  /** Stands still until it is moved on. */
  readonly clock: SimulatedClock;
  readonly people: readonly DemoSignIn[];
  /** Resolves once nothing is due or under way. */
  readonly rest: () => Promise<void>;
  /** Moves the clock on, and resolves once what became due is done. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

export interface HostTestOptions {
  /** (Default: an SQLite file of its own) */
  readonly database?: Settings['database'];
  /** (Default: 1000) */
  readonly mostRequests?: number;
  /** (Default: the bundled company) */
  readonly workspace?: string;
  /** A folder that is kept afterwards. (Default: one of its own, which is removed) */
  readonly folder?: string;
}

interface LoggedError {
  readonly message: string;
  readonly facts: unknown;
}

/**
 * Opens a host on a free port, on a simulated clock and with a data folder of its own; `close` takes
 * everything away again, and throws where the host logged an error.
 */
export async function startHost(
  options: HostTestOptions,
): Promise<RunningHost & { close(): Promise<void> }> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'trellis-host-')));
  const server = createServer();
  const leave = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    if (options.folder === undefined) await rm(folder, { recursive: true });
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await serveHost(server, folder, options, leave);
  } catch (error) {
    await leave();
    throw error;
  }
}

async function serveHost(
  server: Server,
  folder: string,
  options: HostTestOptions,
  leave: () => Promise<void>,
): Promise<RunningHost & { close(): Promise<void> }> {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const errors: LoggedError[] = [];
  const clock = createSimulatedClock(MONDAY);
  const host = await openHost(settingsFor(folder, origin, options), {
    clock,
    log: logOf(errors),
    publicUrl: () => origin,
    confirmAfter: 0,
    // However slow the machine is.
    workshop: createWorkshop({ time: 60_000 }),
  });
  const { demo } = host.environment;
  if (demo === undefined) throw new Error('The demo systems did not start.');
  const site = openSite(host, () => true);
  server.on('request', createApp(site));
  const people = await demoSignIns(host);
  host.engine.start();
  const rest = (): Promise<void> => host.engine.idle();
  return {
    origin,
    host,
    site,
    demo,
    clock,
    people,
    rest,
    pass: async (milliseconds) => {
      clock.advance(milliseconds);
      await rest();
    },
    close: async () => {
      await host.close();
      await leave();
      if (errors.length > 0) throw new Error(`The host logged errors: ${JSON.stringify(errors)}`);
    },
  };
}

/** Called in a `describe`: one host for all its tests. */
export function useHost(options: () => HostTestOptions = () => ({})): () => RunningHost {
  let running: Awaited<ReturnType<typeof startHost>> | undefined;
  before('start a host', async function () {
    this.timeout(60_000);
    running = await startHost(options());
  });
  after('stop the host', async function () {
    this.timeout(60_000);
    await running?.close();
  });
  return () => {
    if (running === undefined) throw new Error('The host is there inside tests only.');
    return running;
  };
}

function settingsFor(
  folder: string,
  origin: string,
  { database, mostRequests = 1000, workspace = process.cwd() }: HostTestOptions,
): Settings {
  const dataFolder = join(folder, 'data');
  return {
    port: 0,
    host: '127.0.0.1',
    dataFolder,
    database: database ?? { kind: 'sqlite', file: join(dataFolder, 'trellis.db') },
    workspace,
    publicUrl: origin,
    keyFile: join(folder, 'trellis.key'),
    drain: 0,
    mostRequests,
    checkpointEvery: 60_000,
    mostUpload: 25_000_000,
    trustProxy: false,
    demo: true,
  };
}

function logOf(errors: LoggedError[]): Log {
  return {
    info: () => undefined,
    warn: () => undefined,
    error: (message, facts) => errors.push({ message, facts }),
  };
}
