import {
  Catalogue,
  InForce,
  ProposalDesk,
  TrellisError,
  Upgrades,
  createIds,
  createKeySmith,
  createPassedChecks,
  createSigner,
  createSystemClock,
  createWorkshop,
  openPublishing,
  openStore,
  openStoreToRead,
  publishOnto,
  sourceDigest,
} from '../../engine/index.ts';
import type {
  AccessActor,
  Actor,
  Catalogue as Workflows,
  LoadedCore,
  Publication,
  Publishing,
  Store,
  User,
  WorkflowSource,
} from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { checkerDigest } from './checker-digest.ts';
import { placeOf } from './database-place.ts';
import { readKey } from './key-file.ts';
import { openClock } from './open-clock.ts';

/** Somebody on whose word a command acts. */
export interface Signed {
  readonly user: User;
  readonly actor: Extract<AccessActor, { readonly kind: 'staff' }>;
  readonly author: Actor;
}

export interface OpenedPublishing {
  readonly store: Store;
  readonly catalogue: Workflows;
  readonly publishing: Publishing;
  readonly proposals: ProposalDesk;
  /** What releases have left to the owners of workflows. */
  readonly upgrades: Upgrades;
  /** What a release that came into force here has left behind: workflows, and why. */
  readonly leftBehind: () => Publication['refused'];
  /** The core in force. */
  readonly core: LoadedCore;
  readonly now: () => number;
  /** Finds who signs in by an address. */
  readonly as: (email: string) => Promise<Signed>;
}

/**
 * Opens the database of the settings for one command about what is published or released, and closes it
 * again; one that only reads may run beside a host on SQLite too.
 *
 * @throws `TrellisError` with code `no-release` where no host has started on it yet.
 */
export async function withPublishing<T>(
  work: (opened: OpenedPublishing) => Promise<T>,
  { readsOnly = false }: { readonly readsOnly?: boolean } = {},
): Promise<T> {
  const settings = readSettings();
  const signer = createSigner(await readKey(settings.keyFile, settings.demo));
  const open = readsOnly ? openStoreToRead : openStore;
  const store = await open(placeOf(settings));
  const workshop = createWorkshop();
  try {
    const clock = await openClock(store, createSystemClock());
    const { registry, vault, outOfForce } = store;
    const checks = createPassedChecks({ vault, signer, clock, checker: checkerDigest() });
    const catalogue = new Catalogue(registry, checks);
    await catalogue.refresh();
    const newest = await registry.newestRelease();
    if (newest === undefined) {
      throw new TrellisError(
        'no-release',
        'The database has no release of the core yet. Start the host once.',
      );
    }
    const core = await catalogue.core(newest.release);
    const inForce = new InForce({ outOfForce, clock });
    const publishing = openPublishing({
      ...{ store, catalogue, workshop, clock, inForce, core: () => core },
      ids: createIds(clock),
    });
    let left: Publication['refused'] = [];
    const proposals = new ProposalDesk({
      ...{ store, clock, workshop, checks, smith: createKeySmith() },
      onReleased: async (passed) => {
        const next = await store.registry.newestRelease();
        if (next === undefined) return;
        const trusts = (source: WorkflowSource): boolean => passed.has(sourceDigest(source));
        const released = await catalogue.adopt(next);
        left = await publishOnto(released, { store, checks, now: clock.now(), trusts });
        store.neighbours.tell('published');
      },
    });
    const as = (email: string): Promise<Signed> => signedBy(store, email);
    const upgrades = new Upgrades({ registry, catalogue, workshop, inForce });
    const opened = { upgrades, store, catalogue, publishing, proposals, leftBehind: () => left };
    return await work({ ...opened, core, as, now: () => clock.now() });
  } finally {
    await workshop.close();
    await store.close();
  }
}

/** @throws `TrellisError` with code `no-person`. */
async function signedBy({ accounts }: Store, email: string): Promise<Signed> {
  const user = await accounts.byEmail(email);
  if (user === undefined || user.leftAt !== undefined) {
    throw new TrellisError('no-person', `Nobody who works here signs in as ${email}.`, { email });
  }
  const { id, name, roles, teams } = user;
  return {
    user,
    actor: { kind: 'staff', id, email: user.email, roles, teams },
    author: { kind: 'staff', id, name, email: user.email },
  };
}
