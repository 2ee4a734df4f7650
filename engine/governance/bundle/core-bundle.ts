import { readCore } from '../core/read-core.ts';
import { isSignedLock, signatureFaults, verifyLock } from '../lock.ts';
import type { Release } from '../release.ts';
import { lockOfRelease, releaseOf } from '../release.ts';
import { showBundle, unreadable } from './bundle.ts';
import type { CoreBundle } from './bundle.ts';

/** Writes a release as a bundle. */
export function bundleOfCore(release: Release): string {
  const { core } = readCore(new Map(Object.entries(release.files)), { isChecked: true });
  return showBundle({
    kind: 'core',
    company: core?.settings.name ?? release.release,
    lock: lockOfRelease(release),
    files: { ...release.files },
  });
}

/** The release in a bundle, held against its lock. */
export interface BundledCore {
  readonly release: Release;
  /** Whether its author and its approvers have signed it; elsewhere it was locked for a demonstration. */
  readonly isSigned: boolean;
}

/**
 * Holds the files of a bundle against its lock, and the signatures of the lock.
 * @throws `TrellisError` with code `bundle-unreadable`.
 */
export function coreOfBundle({ files, lock }: CoreBundle): BundledCore {
  const placed = new Map(Object.entries(files));
  const verdict = verifyLock(placed, lock);
  if (!verdict.ok) throw unreadable(verdict.differences[0]?.message ?? 'its lock does not fit');
  const release = releaseOf(placed, lock);
  if (lockOfRelease(release).digest !== lock.digest)
    throw unreadable('the digest of its lock does not fit the files that it lists');
  const isSigned = isSignedLock(lock);
  const [fault] = isSigned ? signatureFaults(lock) : [];
  if (fault !== undefined) throw unreadable(fault);
  return { release, isSigned };
}
