import { isSignedLock, lockContent } from './lock.ts';
import type { Lock, SignedLock } from './lock.ts';

/** Who stands behind a release: the part of a signed lock that its files do not give. */
export type Signatures = Pick<SignedLock, 'previous' | 'title' | 'author' | 'approvals'>;

/** An immutable, numbered, digested state of the core. */
export interface Release {
  /** `LINE.NUMBER`, e.g. `1.4`. */
  readonly release: string;
  /** The digest of its lock. */
  readonly digest: string;
  readonly files: Readonly<Record<string, string>>;
  /** (Default: nobody has signed it) */
  readonly signed?: Signatures;
}

/** Makes the release that a lock describes of files that were verified against it. */
export function releaseOf(files: ReadonlyMap<string, string>, lock: Lock): Release {
  const { release, digest } = lock;
  const content = { release, digest, files: Object.fromEntries(files) };
  if (!isSignedLock(lock)) return content;
  const { previous, title, author, approvals } = lock;
  return { ...content, signed: { previous, title, author, approvals } };
}

/** Makes the lock of a release, with its signatures. */
export function lockOfRelease({ release, files, signed }: Release): Lock {
  const content = lockContent(new Map(Object.entries(files)), release);
  return signed === undefined ? { ...content, unsigned: true } : { ...content, ...signed };
}
