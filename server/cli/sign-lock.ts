import { writeFile } from 'node:fs/promises';
import {
  TrellisError,
  approvalStatement,
  authorStatement,
  isSignedLock,
  lockContent,
  showLock,
  signatureFaults,
  verifyLock,
} from '../../engine/index.ts';
import type { Lock, SignedLock } from '../../engine/index.ts';
import { workspaceSetting } from '../config.ts';
import { readLockFile } from '../host/adopt-core.ts';
import { lockFile, readCoreFiles } from '../host/workspace.ts';
import type { ExitCode } from './exit-code.ts';
import { signWith } from './key-file.ts';
import type { Output } from './output.ts';

/** Makes a signed lock of an unsigned one, for its author: the first release of a company. */
export async function signedByAuthor(
  files: ReadonlyMap<string, string>,
  release: string,
  keyFile: string,
): Promise<SignedLock> {
  const content = lockContent(files, release);
  const said = { ...content, previous: null, title: 'The first release' };
  const author = await signWith(keyFile, (signer) => authorStatement(said, signer));
  const { format, digest, files: digests, previous, title } = said;
  return { format, release, digest, files: digests, previous, title, author, approvals: [] };
}

/**
 * Adds somebody's approval to the lock, for the files that lie there.
 * @throws `TrellisError` with code `lock-differs`, `lock-unsigned` or `lock-signature`.
 */
export async function lockApprove(
  given: string | undefined,
  keyFile: string,
  output: Output,
): Promise<ExitCode> {
  const workspace = workspaceSetting(given);
  const lock = await readLockFile(workspace);
  if (!verifyLock(await readCoreFiles(workspace), lock).ok)
    throw new TrellisError(
      'lock-differs',
      'The files are not as the lock says: run "lock verify".',
    );
  if (!isSignedLock(lock))
    throw new TrellisError(
      'lock-unsigned',
      'The lock is not signed by its author: write it with "npx trellis lock write --key FILE".',
    );
  const approval = await signWith(keyFile, (signer) =>
    approvalStatement(lock, lock.author, signer),
  );
  const approved: SignedLock = { ...lock, approvals: [...lock.approvals, approval] };
  const [fault] = signatureFaults(approved);
  if (fault !== undefined) throw new TrellisError('lock-signature', fault);
  const file = lockFile(workspace);
  await writeFile(file, showLock(approved));
  output.line(`${approval.name} has approved release ${lock.release}.`);
  output.result({ release: lock.release, approvals: approved.approvals.length });
  return 0;
}

/** Who stands behind a lock, a line each. */
export function linesOfSignatures(lock: Lock): readonly string[] {
  if (!isSignedLock(lock)) return ['Nobody has signed it: a host takes it in demo mode alone.'];
  const faults = signatureFaults(lock);
  if (faults.length > 0) return faults;
  return [
    `Proposed by ${lock.author.name} (${lock.author.email}), key ${lock.author.key}`,
    ...lock.approvals.map(({ name, email, key }) => `Approved by ${name} (${email}), key ${key}`),
  ];
}
