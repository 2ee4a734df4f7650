import {
  TrellisError,
  createAnchorFile,
  createCheckpointSigner,
  createSystemClock,
  openStore,
} from '../../engine/index.ts';
import type { Anchor, Clock, Log, PublicSigner, Store } from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { placeOf } from './database-place.ts';
import { readKey } from './key-file.ts';
import { openClock } from './open-clock.ts';

/** What a command needs that signs the history. */
interface Opened {
  readonly store: Store;
  readonly signer: PublicSigner;
  readonly clock: Clock;
  readonly anchor?: Anchor;
}

/** Opens the database and the key of the settings for one command that signs, and closes it again. */
export async function withAudit<T>(work: (opened: Opened) => Promise<T>, log?: Log): Promise<T> {
  const settings = readSettings();
  const signer = createCheckpointSigner(await readKey(settings.keyFile, settings.demo));
  const store = await openStore(placeOf(settings));
  const { anchorFile } = settings;
  try {
    const clock = await openClock(store, createSystemClock(), log);
    const anchor = anchorFile === undefined ? {} : { anchor: createAnchorFile(anchorFile) };
    return await work({ store, signer, clock, ...anchor });
  } finally {
    await store.close();
  }
}

/** The keys that a command trusts which only reads: none where the key file is not at hand. */
export async function publicKeys(): Promise<readonly string[]> {
  try {
    return [await publicKey()];
  } catch (error) {
    if (error instanceof TrellisError && error.code === 'key-file') return [];
    throw error;
  }
}

/** The public key by which hosts of these settings sign. */
export async function publicKey(): Promise<string> {
  const settings = readSettings();
  return createCheckpointSigner(await readKey(settings.keyFile, settings.demo)).key;
}
