import type { BundledCore } from '../../governance/bundle/core-bundle.ts';
import type { Release } from '../../governance/release.ts';
import { changedFiles } from '../../governance/proposals/changed-files.ts';
import type { ChangedFiles } from '../../governance/proposals/proposal.ts';
import { UPGRADE_FILE } from '../../governance/upgrade/problems.ts';
import type { CoreRelease, Registry } from '../../ports/registry.ts';
import { follows } from '../proposals/propose-signed.ts';

/**
 * How a release of another environment comes into this one.
 * - `in-force`: its files are those in force.
 * - `earlier`: it was in force here, and others have followed it.
 * - `follows`: it was signed as the next release after the one in force. It keeps its name, its
 *   digest and its signatures.
 * - `own`: it becomes the next release of this environment, by its own name and digest.
 */
export interface CoreEntry {
  readonly way: 'in-force' | 'earlier' | 'follows' | 'own';
  /** What it changes here. */
  readonly change: ChangedFiles;
  /** Files of it that are left as they are here: an upgrade that leads from another release. */
  readonly leftOut: readonly string[];
}

/** Tells how a release comes into an environment where another is in force. */
export async function coreEntry(
  { release, isSigned }: BundledCore,
  inForce: CoreRelease,
  registry: Pick<Registry, 'release'>,
): Promise<CoreEntry> {
  const change = changeBy(release, inForce);
  const nothing = { change, leftOut: [] };
  if (Object.keys(change).length === 0) return { way: 'in-force', ...nothing };
  const same = await registry.release(release.release);
  if (same?.digest === release.digest) return { way: 'earlier', ...nothing };
  if (isSigned && follows(release, inForce)) return { way: 'follows', ...nothing };
  // It would be refused: it says how to come from another release than the one in force here.
  const { [UPGRADE_FILE]: upgrade, ...others } = change;
  if (typeof upgrade !== 'string') return { way: 'own', ...nothing };
  return Object.keys(others).length === 0
    ? { way: 'in-force', change: others, leftOut: [UPGRADE_FILE] }
    : { way: 'own', change: others, leftOut: [UPGRADE_FILE] };
}

function changeBy(release: Release, inForce: CoreRelease): ChangedFiles {
  return changedFiles(
    new Map(Object.entries(inForce.files)),
    new Map(Object.entries(release.files)),
  );
}
