import {
  Catalogue,
  createPassedChecks,
  createSigner,
  createSystemClock,
  openOperations,
  openStore,
} from '../../engine/index.ts';
import type { Operations, Store } from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { checkerDigest } from './checker-digest.ts';
import { readKey } from './key-file.ts';

interface Opened {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly operations: Operations;
}

/**
 * Opens the database of the settings for one command that changes cases, and closes it again. What
 * the change asks of the world is carried out by the host, at once or when it is started.
 */
export async function withOperations<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const clock = createSystemClock();
  const signer = createSigner(await readKey(settings.keyFile, settings.demo));
  const { database } = settings;
  const store = await openStore(
    database.kind === 'sqlite' ? { file: database.file } : { url: database.url },
  );
  try {
    const { registry, vault } = store;
    const checks = createPassedChecks({ vault, signer, clock, checker: checkerDigest() });
    const catalogue = new Catalogue(registry, checks);
    await catalogue.refresh();
    const operations = openOperations({ store, catalogue, clock, signer });
    return await work({ store, catalogue, operations });
  } finally {
    await store.close();
  }
}
