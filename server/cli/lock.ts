import { readFile, writeFile } from 'node:fs/promises';
import {
  TrellisError,
  lockFiles,
  readCore,
  readLock,
  showLock,
  verifyLock,
} from '../../engine/index.ts';
import type { Lock } from '../../engine/index.ts';
import { workspaceSetting } from '../config.ts';
import { readLockFile } from '../host/adopt-core.ts';
import { lockFile, readCoreFiles } from '../host/workspace.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';

/**
 * Writes the lock of the core's files, as the release after the one it held before. The core must
 * pass its check. A lock that is right already stays as it is.
 */
export async function lockWrite(given: string | undefined, output: Output): Promise<ExitCode> {
  const workspace = workspaceSetting(given);
  const files = await readCoreFiles(workspace);
  const { core, problems } = readCore(files);
  if (core === undefined) {
    for (const problem of problems) {
      output.line(showProblem(problem, `core-data/${problem.file ?? ''}`));
    }
    output.result({ written: false, problems });
    return 1;
  }
  const before = await readLockOrNothing(workspace);
  const file = lockFile(workspace);
  if (before !== undefined && verifyLock(files, before).ok) {
    output.line(`${file} is right already: release ${before.release}.`);
    output.result({ written: false, release: before.release, digest: before.digest });
    return 0;
  }
  const lock = lockFiles(files, nextRelease(before, core.settings.line));
  await writeFile(file, showLock(lock));
  output.line(`Wrote ${file}: release ${lock.release}, ${files.size} files, unsigned.`);
  output.result({ written: true, release: lock.release, digest: lock.digest });
  return 0;
}

/** Holds the files against the lock. Exit code 1 where they differ. */
export async function lockVerify(given: string | undefined, output: Output): Promise<ExitCode> {
  const workspace = workspaceSetting(given);
  const lock = await readLockFile(workspace);
  const verdict = verifyLock(await readCoreFiles(workspace), lock);
  if (verdict.ok) {
    output.line(
      `All ${Object.keys(lock.files).length} files are as locked: release ${lock.release}.`,
    );
    output.result({ ok: true, release: lock.release });
    return 0;
  }
  for (const { message } of verdict.differences) output.line(message);
  output.result({ ok: false, release: lock.release, differences: verdict.differences });
  return 1;
}

async function readLockOrNothing(workspace: string): Promise<Lock | undefined> {
  try {
    return readLock(await readFile(lockFile(workspace), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (error instanceof TrellisError) {
      throw new TrellisError(
        error.code,
        `${error.message} Take the file away to begin anew at the first release.`,
      );
    }
    throw error;
  }
}

function nextRelease(before: Lock | undefined, line: number): string {
  const [oldLine, number] = (before?.release ?? '').split('.').map(Number);
  return oldLine === line && number !== undefined ? `${line}.${number + 1}` : `${line}.1`;
}
