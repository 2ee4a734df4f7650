import { readFile } from 'node:fs/promises';
import {
  THE_HOST,
  TrellisError,
  addRelease,
  compareReleases,
  isSignedLock,
  lockOfRelease,
  proposeSigned,
  readLock,
  releaseOf,
  signatureFaults,
  verifyLock,
} from '../../engine/index.ts';
import type { CoreRelease, Lock, Log, ReleaseParts } from '../../engine/index.ts';
import { lockFile, readCoreFiles } from './workspace.ts';

const BY_HOST = { actor: THE_HOST, why: 'It lies signed in the workspace of a host.' };

interface Surroundings extends ReleaseParts {
  readonly log: Log;
  /** A lock that is newer than the database is a release at once; elsewhere a proposal, if it is signed. */
  readonly demo: boolean;
  /** Throws where a release is not right; only then does it come into the registry. */
  readonly check: (release: CoreRelease) => Promise<unknown>;
}

/**
 * Holds the workspace's core against its lock and answers the release that is in force. An empty
 * database takes its first release from the lock.
 *
 * @throws `TrellisError` with code `lock-differs` (naming each file and both digests),
 * `lock-missing`, `lock-unreadable`, `release-differs`, `lock-unsigned`, `lock-signature` or what
 * `check` throws.
 */
export async function adoptCore(workspace: string, around: Surroundings): Promise<CoreRelease> {
  const files = await readCoreFiles(workspace);
  const lock = await readLockFile(workspace);
  refuseDifferences(files, lock, workspace);
  const { registry, clock } = around;
  const found: CoreRelease = { ...releaseOf(files, lock), createdAt: clock.now() };
  const newest = await registry.newestRelease();
  return newest === undefined ? add(found, around) : choose(found, newest, around);
}

async function add(found: CoreRelease, around: Surroundings): Promise<CoreRelease> {
  if (!around.demo) refuseUnsigned(found);
  await around.check(found);
  if (await addRelease(around, found)) return found;
  // Another host was quicker: what it has added stands.
  const newest = await around.registry.newestRelease();
  return newest === undefined ? found : choose(found, newest, around);
}

async function choose(
  found: CoreRelease,
  newest: CoreRelease,
  around: Surroundings,
): Promise<CoreRelease> {
  const { log, demo } = around;
  const order = compareReleases(found.release, newest.release);
  if (order === 0 && found.digest !== newest.digest) {
    throw new TrellisError(
      'release-differs',
      `The core in the workspace is locked as release ${found.release} (${found.digest}), but release ` +
        `${newest.release} in the database is another (${newest.digest}). Lock the changed core as the next release.`,
    );
  }
  if (order > 0 && demo) return add(found, around);
  if (order !== 0) {
    const proposal = order > 0 ? await proposeSigned(around, found, newest, BY_HOST) : undefined;
    log.warn('the core of the workspace is not the one in force', {
      workspace: found.release,
      inForce: newest.release,
      ...(proposal === undefined ? {} : { proposal }),
    });
  }
  return newest;
}

/**
 * Outside of demo mode a core comes into force by four eyes, also the first: at least one other has
 * approved it beside its author.
 */
function refuseUnsigned(found: CoreRelease): void {
  const lock = lockOfRelease(found);
  if (!isSignedLock(lock))
    throw new TrellisError(
      'lock-unsigned',
      `The lock of release ${found.release} is not signed, so a host takes it in demo mode alone. ` +
        'Sign it with "trellis lock write --key FILE", and let somebody else approve it with "trellis lock approve --key FILE".',
    );
  const faults = signatureFaults(lock);
  if (faults.length > 0)
    throw new TrellisError(
      'lock-signature',
      `The lock of release ${found.release} is not signed as it must be: ${faults.join(' ')}`,
    );
}

/** @throws `TrellisError` with code `lock-missing` or `lock-unreadable`. */
export async function readLockFile(workspace: string): Promise<Lock> {
  const file = lockFile(workspace);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new TrellisError(
      'lock-missing',
      `The core has no lock (${file}). Check it, then run "trellis lock write".`,
      { file },
    );
  }
  return readLock(text);
}

function refuseDifferences(
  files: ReadonlyMap<string, string>,
  lock: Lock,
  workspace: string,
): void {
  const verdict = verifyLock(files, lock);
  if (verdict.ok) return;
  const lines = verdict.differences.map(({ message }) => `  ${message}`);
  throw new TrellisError(
    'lock-differs',
    `The core in ${workspace} is not as its lock says:\n${lines.join('\n')}\n` +
      'Take the change back, or have it released: "trellis lock write" where no release exists yet.',
    { differences: verdict.differences },
  );
}
