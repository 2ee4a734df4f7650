import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../engine/adapters/sql/store.ts';
import { apiTokenHash, newApiToken } from '../../server/host/api-tokens.ts';
import { hashPassword } from '../../server/host/passwords.ts';
import type { Settings } from '../../server/settings.ts';
import { freePort } from '../free-port.ts';
import type { Endpoint } from './endpoint.ts';
import { startEndpoint } from './endpoint.ts';
import { HostProcess } from './fleet.ts';
import { hostBundle } from './host-bundle.ts';
import type { Order } from './orders.ts';
import type { Held } from './records.ts';
import { LATER_PARCELS, PARCELS, ROLE, writeWorkflows, writeWorkspace } from './workspace.ts';
import type { Workflows } from './workspace.ts';

export interface SceneSettings {
  /** (Default: an SQLite file) */
  readonly url?: string;
  /** Hosts on the one database. (Default: 1) */
  readonly hosts?: number;
  /** Milliseconds that a claim holds. (Default: what suits the connectors) */
  readonly lease?: number;
  /** The bugs that are planted in the hosts, by name. (Default: none) */
  readonly planted?: readonly string[];
  /** What the processes of the hosts are given beside. (Default: nothing) */
  readonly environment?: Readonly<Record<string, string>>;
  /** (Default: parcels) */
  readonly workflows?: Workflows;
  readonly random: () => number;
}

/** Where hosts are begun and killed, and all that outlives them. */
export interface Scene {
  readonly folder: string;
  readonly database: Settings['database'];
  readonly endpoint: Endpoint;
  readonly token: string;
  readonly tokenId: string;
  readonly person: { readonly email: string; readonly password: string };
  readonly slots: readonly Slot[];
  /** Hosts that begin from now on publish a later version of what parcels go by. */
  changeParcels(): Promise<void>;
  /** What the hosts wrote down of their jobs. */
  held(): Promise<readonly Held[]>;
}

type Opening = Extract<Order, { readonly kind: 'open' }>;

const TOKEN_ID = 'customers';
const PERSON = { email: 'sam@depot.example', password: 'sorting all day long' };

/** The place of one host: when one process there has died, the next takes its place. */
export class Slot {
  readonly origin: string;
  readonly #order: Opening;
  readonly #begin: () => HostProcess;
  #standby: HostProcess | undefined;
  #host: HostProcess | undefined;

  constructor(order: Opening, begin: () => HostProcess) {
    this.origin = order.settings.publicUrl;
    this.#order = order;
    this.#begin = begin;
  }

  get host(): HostProcess {
    if (this.#host === undefined) throw new Error('No host was opened here.');
    return this.#host;
  }

  /**
   * Opens a host, which stood by, and has the next one stand by.
   *
   * @param ahead milliseconds by which the clock of its machine is ahead
   */
  async open(ahead = 0): Promise<HostProcess> {
    const host = this.#standby ?? this.#begin();
    this.#host = host;
    await host.open({ ...this.#order, ahead });
    this.#standby = this.#begin();
    return host;
  }

  async close(): Promise<void> {
    await Promise.all([this.#host?.kill(), this.#standby?.kill()]);
  }
}

/** Sets a scene with an empty database, and takes it away again. */
export async function withScene<T>(
  settings: SceneSettings,
  work: (scene: Scene) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-crash-'));
  const endpoint = await startEndpoint(settings.random);
  let slots: readonly Slot[] = [];
  try {
    const program = await hostBundle();
    const { workflows = PARCELS } = settings;
    const destinationsFile = await writeWorkspace(folder, endpoint.port, workflows);
    const dataFolder = join(folder, 'data');
    await mkdir(dataFolder);
    const { url, lease, planted = [], environment = {} } = settings;
    const database: Settings['database'] =
      url === undefined
        ? { kind: 'sqlite', file: join(dataFolder, 'trellis.db') }
        : { kind: 'postgres', url };
    const token = await addPeople(database, Object.keys(workflows));
    const heldFile = join(folder, 'held.jsonl');
    const count = settings.hosts ?? 1;
    const ports = await Promise.all(Array.from({ length: count }, freePort));
    slots = ports.map((port, index) => {
      const publicUrl = `http://127.0.0.1:${port}`;
      const order: Opening = {
        kind: 'open',
        name: `host-${index + 1}`,
        settings: {
          ...{ port, host: '127.0.0.1', dataFolder, database, workspace: folder, publicUrl },
          ...{
            keyFile: join(folder, 'host.key'),
            trustProxy: false,
            drain: 0,
            mostUpload: 1_000_000,
            mostRequests: 1_000,
            checkpointEvery: 1_000,
          },
          ...{ destinationsFile, demo: false },
        },
        planted,
        ...(lease === undefined ? {} : { lease }),
        ...(count === 1 ? {} : { heldFile }),
      };
      return new Slot(order, () => new HostProcess(program, environment));
    });
    return await work({
      ...{ folder, database, endpoint, token, tokenId: TOKEN_ID, person: PERSON, slots },
      changeParcels: () => writeWorkflows(folder, LATER_PARCELS),
      held: () => readHeld(heldFile),
    });
  } finally {
    await Promise.all(slots.map((slot) => slot.close()));
    await endpoint.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Somebody who does the tasks, and a token for the customers. */
async function addPeople(
  database: Settings['database'],
  workflows: readonly string[],
): Promise<string> {
  const store = await openStore(
    database.kind === 'sqlite' ? { file: database.file } : { url: database.url },
  );
  try {
    const token = newApiToken();
    const hash = apiTokenHash(token);
    const createdAt = Date.now();
    await store.tokens.add({
      ...{ id: TOKEN_ID, name: TOKEN_ID, hash, createdAt },
      workflows,
    });
    await store.accounts.add({
      ...{ id: 'sam', name: 'Sam Sorter', email: PERSON.email, createdAt },
      ...{ roles: [ROLE], teams: ['depot'], password: await hashPassword(PERSON.password) },
    });
    return token;
  } finally {
    await store.close();
  }
}

async function readHeld(file: string): Promise<readonly Held[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Held);
}
