import { readFile, writeFile } from 'node:fs/promises';
import {
  TrellisError,
  isSignedLock,
  lockFiles,
  readCore,
  readLock,
  showLock,
  signatureFaults,
  verifyLock,
} from '../../engine/index.ts';
import type { Lock } from '../../engine/index.ts';
import { workspaceSetting } from '../config.ts';
import { readLockFile } from '../host/adopt-core.ts';
import { lockFile, readCoreFiles } from '../host/workspace.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';
import { linesOfSignatures, signedByAuthor } from './sign-lock.ts';

/**
 * Writes the lock of the core's files, as the release after the one it held before. The core must
 * pass its check. A lock that is right already stays as it is.
 */
export async function lockWrite(
  given: string | undefined,
  keyFile: string | undefined,
  output: Output,
): Promise<ExitCode> {
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
  const isRight = before !== undefined && verifyLock(files, before).ok;
  if (isRight && (keyFile === undefined || isSignedLock(before))) {
    output.line(`${file} is right already: release ${before.release}.`);
    output.result({ written: false, release: before.release, digest: before.digest });
    return 0;
  }
  const release = isRight ? before.release : nextRelease(before, core.settings.line);
  const lock =
    keyFile === undefined
      ? lockFiles(files, release)
      : await signedByAuthor(files, release, keyFile);
  await writeFile(file, showLock(lock));
  const who = isSignedLock(lock) ? `signed by ${lock.author.name}` : 'unsigned';
  output.line(`Wrote ${file}: release ${lock.release}, ${files.size} files, ${who}.`);
  output.result({ written: true, release: lock.release, digest: lock.digest });
  return 0;
}

/** Holds the files against the lock, and the lock against its signatures. Exit code 1 where one is wrong. */
export async function lockVerify(given: string | undefined, output: Output): Promise<ExitCode> {
  const workspace = workspaceSetting(given);
  const lock = await readLockFile(workspace);
  const verdict = verifyLock(await readCoreFiles(workspace), lock);
  const faults = isSignedLock(lock) ? signatureFaults(lock) : [];
  if (verdict.ok) {
    output.line(
      `All ${Object.keys(lock.files).length} files are as locked: release ${lock.release}.`,
    );
    for (const line of linesOfSignatures(lock)) output.line(line);
    const ok = faults.length === 0;
    output.result({ ok, release: lock.release, signed: isSignedLock(lock), faults });
    return ok ? 0 : 1;
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
