import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { TrellisError, lockOfRelease, showLock } from '../../engine/index.ts';
import type { CoreRelease, Registry } from '../../engine/index.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import { lockFile } from '../host/workspace.ts';
import { filesBelow } from '../read-folder.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/**
 * Writes the files of a release, with its signed lock, into the core-data of a folder: for Git, for
 * people, and for another environment. A file that the release does not have must not lie there.
 *
 * @throws `TrellisError` with code `no-release` or `not-empty`.
 */
export async function coreExport(
  folder: string,
  name: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const release = await withStoreToRead(({ registry }) => find(registry, name));
  const core = join(resolve(folder), 'core-data');
  const known = new Set([...Object.keys(release.files), 'core.lock.json', 'README.md']);
  const others = ((await filesBelow(core)) ?? []).filter((path) => !known.has(path));
  if (others.length > 0)
    throw new TrellisError(
      'not-empty',
      `${core} has what release ${release.release} does not have: ${others.slice(0, 3).join(', ')}. Take it away, or name another folder.`,
    );
  for (const [path, text] of Object.entries(release.files)) {
    const file = join(core, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await writeFile(lockFile(folder), showLock(lockOfRelease(release)));
  const count = Object.keys(release.files).length;
  output.line(`Wrote ${count} files and the lock of release ${release.release} into ${core}.`);
  output.result({ release: release.release, digest: release.digest, folder: core });
  return 0;
}

async function find(registry: Registry, name: string | undefined): Promise<CoreRelease> {
  const release =
    name === undefined ? await registry.newestRelease() : await registry.release(name);
  if (release !== undefined) return release;
  throw new TrellisError(
    'no-release',
    name === undefined ? 'There is no release yet.' : `There is no release ${name}.`,
  );
}
