import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  Catalogue,
  Checkpointer,
  Engine,
  TrellisError,
  createAnchorFile,
  createCheckpointSigner,
  createIds,
  createLog,
  createPassedChecks,
  createSigner,
  createSystemClock,
  createWorkshop,
  loadRunning,
  openPublishing,
  openStore,
  publishAll,
  publishOnto,
  sourcesInForce,
  Upgrades,
} from '../../engine/index.ts';
import type {
  Clock,
  Connectors,
  EngineParts,
  Ids,
  LoadedCore,
  Log,
  NamedSource,
  Problem,
  ProposalDesk,
  Publication,
  Publishing,
  Signer,
  Store,
  Webhooks,
  Workshop,
} from '../../engine/index.ts';
import type { Settings } from '../settings.ts';
import { adoptCore } from './adopt-core.ts';
import { CoreInForce } from './core-in-force.ts';
import { openProposals } from './open-proposals.ts';
import { checkerDigest } from './checker-digest.ts';
import { placeOf } from './database-place.ts';
import type { Environment } from './environment.ts';
import { openEnvironment } from './environment.ts';
import { HoldWatch } from './hold-watch.ts';
import { mailFrame } from '../views/mail-frame.ts';
import { readKey } from './key-file.ts';
import { openClock } from './open-clock.ts';
import type { Look } from './open-look.ts';
import { openLook } from './open-look.ts';
import { readWorkflows } from './workspace.ts';

/** Everything that a running host is made of, below its pages. */
export interface Host {
  readonly settings: Settings;
  readonly store: Store;
  readonly catalogue: Catalogue;
  /** The release in force: another once a newer one was released. */
  readonly core: LoadedCore;
  readonly engine: Engine;
  /** Signs the history from time to time. */
  readonly checkpointer: Checkpointer;
  /** The public key by which it signs. */
  readonly checkpointKey: string;
  /** Whether effects are held back after a restore. */
  readonly hold: HoldWatch;
  readonly webhooks: Webhooks;
  /** Changes of the core on their way to a release. */
  readonly proposals: ProposalDesk;
  readonly upgrades: Upgrades;
  /** Where workflows are checked that somebody sends. */
  readonly workshop: Workshop;
  /** How workflows go live, and out of force. */
  readonly publishing: Publishing;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signer: Signer;
  readonly log: Log;
  readonly look: Look;
  /** What links begin with. */
  readonly publicUrl: () => string;
  /** Workflows of the workspace that the checker refused. */
  readonly refused: readonly { readonly name: string; readonly problems: readonly Problem[] }[];
  /** Takes no more work, saves what is under way and closes everything. */
  close(): Promise<void>;
}

export interface HostOptions {
  /** The clock of this machine; where hosts share a database, that one's time counts. */
  readonly clock?: Clock;
  readonly log?: Log;
  /** The address that links begin with; known only once the host listens on port 0. */
  readonly publicUrl: () => string;
  /** Milliseconds between an order of the demo and its confirmation. (Default: 2000) */
  readonly confirmAfter?: number;
  /** (Default: a thread of its own) */
  readonly workshop?: Workshop;
  /** What is laid around what the engine works with. (Default: nothing) */
  readonly around?: Around;
  /** (Default: what suits the connectors) */
  readonly dispatcher?: EngineParts['dispatcher'];
}

/** Lays something around the ports, for whoever watches a host or lets it fail. */
export interface Around {
  store(opened: Store): Store;
  connectors(opened: Connectors): Connectors;
}

/**
 * Opens the store, takes the workspace's core and workflows, and makes the engine; nothing runs yet.
 * What was opened is closed again when something is wrong.
 */
export async function openHost(settings: Settings, options: HostOptions): Promise<Host> {
  const own = options.clock ?? createSystemClock();
  const log = options.log ?? createLog({ sink: process.stderr, clock: own });
  const key = await readKey(settings.keyFile, settings.demo);
  const signer = createSigner(key);
  const { around } = options;
  const database = await openDatabase(settings);
  const store = around?.store(database) ?? database;
  const opened: (() => Promise<void>)[] = [() => database.close()];
  try {
    const clock = await openClock(store, own, log);
    const { registry, governance, vault, files } = store;
    await files.sweep(clock.now());
    const checks = createPassedChecks({ vault, signer, clock, checker: checkerDigest() });
    const catalogue = new Catalogue(registry, checks);
    const release = await adoptCore(settings.workspace, {
      ...{ registry, governance, clock, log, demo: settings.demo },
      check: (found) => catalogue.adopt(found),
    });
    const core = await catalogue.core(release.release);
    const { publicUrl, confirmAfter } = options;
    const environment = await openEnvironment(settings, {
      signer,
      clock,
      publicUrl,
      ...(confirmAfter === undefined ? {} : { confirmAfter }),
    });
    opened.unshift(() => environment.close());
    const inForce = await CoreInForce.open(
      {
        ...{ registry, catalogue, environment, clock, log, records: store.records },
        around: (doors) => around?.connectors(doors) ?? doors,
      },
      core,
    );
    opened.unshift(() => inForce.close());
    const sources = await sourcesOf(settings, core, store, log);
    const { published, refused } = await publishAll(sources, core.view, store, clock.now(), checks);
    assertPublished(refused, published, settings, core);
    await publishOnto(core, { store, checks, now: clock.now() });
    await catalogue.refresh();
    const loading = await loadRunning({ cases: store.cases, catalogue, log });
    opened.unshift(() => loading.stop());
    store.neighbours.tell('published');
    const look = await openLook(settings.workspace);
    const ids = createIds(clock);
    const hold = new HoldWatch({ store, clock, log });
    await hold.read();
    const linkUrl = (token: string): string => `${publicUrl()}/l/${token}`;
    const engine = new Engine({
      store,
      catalogue,
      connectors: await inForce.connectors(),
      connectorsOf: (of) => inForce.connectorsOf(of),
      clock,
      ids,
      log,
      signer,
      linkUrl,
      frameMail: mailFrame(look.renderer, () => inForce.core.view.company),
      core: () => inForce.core.view,
      ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
    });
    const { anchorFile, checkpointEvery: every } = settings;
    const checkpointSigner = createCheckpointSigner(key);
    const checkpointer = new Checkpointer({
      ...{ store, clock, log, every, signer: checkpointSigner },
      ...(anchorFile === undefined ? {} : { anchor: createAnchorFile(anchorFile) }),
    });
    opened.unshift(() => checkpointer.stop());
    opened.unshift(() => engine.stop());
    const workshop = options.workshop ?? createWorkshop();
    opened.unshift(() => workshop.close());
    const publishing = openPublishing({
      ...{ store, catalogue, workshop, clock, ids },
      ...{ core: () => inForce.core, inForce: engine.inForce },
    });
    const following = openProposals({
      ...{ store, clock, log, checks, inForce, engine, workshop },
    });
    opened.unshift(() => following.stop());
    following.start();
    return {
      settings,
      store,
      catalogue,
      get core() {
        return inForce.core;
      },
      get webhooks() {
        return inForce.webhooks;
      },
      proposals: following.proposals,
      upgrades: new Upgrades({ registry, catalogue, workshop, inForce: engine.inForce }),
      engine,
      checkpointer,
      checkpointKey: checkpointSigner.key,
      hold,
      workshop,
      publishing,
      environment,
      clock,
      ids,
      signer,
      log,
      look,
      publicUrl,
      refused,
      close: () => closeAll(opened),
    };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function openDatabase(settings: Settings): Promise<Store> {
  const { database } = settings;
  if (database.kind === 'sqlite') await mkdir(dirname(database.file), { recursive: true });
  return openStore(placeOf(settings));
}

/** What is published at a start: the core's processes and the workflows, as they stand or are new. */
async function sourcesOf(
  { workspace, demo }: Settings,
  { core }: LoadedCore,
  store: Store,
  log: Log,
): Promise<readonly NamedSource[]> {
  const workflows = await readWorkflows(workspace);
  const files = [
    ...[...core.processes].map(([name, source]) => ({ name, source })),
    ...workflows.map((source) => ({ name: source.name, source })),
  ];
  const { sources, left } = await sourcesInForce(files, store, { demo });
  for (const workflow of left) {
    log.warn('the files of a workflow are not what stands, and wait for a review', {
      workflow,
      publish: `trellis publish ${workflow} --as EMAIL`,
    });
  }
  return sources;
}

/**
 * What stands already stays on its release, where the newest refuses it; what never stood cannot be
 * left out unseen.
 * @throws `TrellisError` with code `workflows-refused`, outside of demo mode.
 */
function assertPublished(
  refused: Publication['refused'],
  published: Publication['published'],
  { demo }: Settings,
  { release }: LoadedCore,
): void {
  const standing = new Set(published.map(({ name }) => name));
  const missing = refused.filter(({ name }) => !standing.has(name));
  if (missing.length === 0 || demo) return;
  throw new TrellisError(
    'workflows-refused',
    `The checker refuses ${missing.map(({ name }) => name).join(', ')} against release ${release}. ` +
      'Run "trellis check" to see why.',
  );
}

async function closeAll(opened: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of opened) await close();
}
