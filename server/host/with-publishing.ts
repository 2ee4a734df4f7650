import {
  Catalogue,
  InForce,
  TrellisError,
  createIds,
  createPassedChecks,
  createSigner,
  createSystemClock,
  createWorkshop,
  openPublishing,
  openStore,
} from '../../engine/index.ts';
import type {
  AccessActor,
  Actor,
  Catalogue as Workflows,
  LoadedCore,
  Publishing,
  Store,
} from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { checkerDigest } from './checker-digest.ts';
import { placeOf } from './database-place.ts';
import { readKey } from './key-file.ts';
import { openClock } from './open-clock.ts';

/** Somebody on whose word a command acts. */
export interface Signed {
  readonly actor: Extract<AccessActor, { readonly kind: 'staff' }>;
  readonly author: Actor;
}

export interface OpenedPublishing {
  readonly store: Store;
  readonly catalogue: Workflows;
  readonly publishing: Publishing;
  /** The core in force. */
  readonly core: LoadedCore;
  readonly now: () => number;
  /** Finds who signs in by an address. */
  readonly as: (email: string) => Promise<Signed>;
}

/**
 * Opens the database of the settings for one command about what is published, and closes it again.
 * @throws `TrellisError` with code `no-release` where no host has started on it yet.
 */
export async function withPublishing<T>(
  work: (opened: OpenedPublishing) => Promise<T>,
): Promise<T> {
  const settings = readSettings();
  const signer = createSigner(await readKey(settings.keyFile, settings.demo));
  const store = await openStore(placeOf(settings));
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
    const as = (email: string): Promise<Signed> => signedBy(store, email);
    return await work({ store, catalogue, publishing, core, as, now: () => clock.now() });
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
    actor: { kind: 'staff', id, email: user.email, roles, teams },
    author: { kind: 'staff', id, name, email: user.email },
  };
}
