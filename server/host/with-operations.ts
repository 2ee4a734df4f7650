import {
  Catalogue,
  createIds,
  createPassedChecks,
  createSigner,
  createSystemClock,
  openOperations,
  openStore,
  openStoreToRead,
} from '../../engine/index.ts';
import type { OpenOperations, Store } from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { checkerDigest } from './checker-digest.ts';
import { placeOf } from './database-place.ts';
import { openClock } from './open-clock.ts';
import { readKey } from './key-file.ts';

interface Opened extends OpenOperations {
  readonly store: Store;
  readonly catalogue: Catalogue;
}

/**
 * Opens the database of the settings for one command that changes cases, and closes it again. What
 * the change asks of the world is carried out by the host, at once or when it is started.
 */
export async function withOperations<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const signer = createSigner(await readKey(settings.keyFile, settings.demo));
  const store = await openStore(placeOf(settings));
  try {
    const clock = await openClock(store, createSystemClock());
    const { registry, vault } = store;
    const checks = createPassedChecks({ vault, signer, clock, checker: checkerDigest() });
    const catalogue = new Catalogue(registry, checks);
    await catalogue.refresh();
    const ids = createIds(clock);
    const opened = openOperations({ store, catalogue, clock, ids, signer });
    return await work({ store, catalogue, ...opened });
  } finally {
    await store.close();
  }
}

/** Opens the database of the settings for one command that only reads, also beside a running host. */
export async function withStoreToRead<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStoreToRead(placeOf(readSettings()));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
