import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { TrellisError } from '../kernel/errors.ts';
import { emailKey } from '../kernel/values/email-key.ts';
import { canonicalJson } from './canonical-json.ts';
import { LOCK_FILE } from './core/covered-files.ts';
import { metaErrors } from './core/meta-schema.ts';
import { digestText } from './digest.ts';
import { isApproval, isByAuthor } from './proposals/statement.ts';

const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });

const closed = { additionalProperties: false };

const SignatureOf = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    email: Type.String({ minLength: 3, maxLength: 320 }),
    /** When it was signed, in epoch milliseconds. */
    at: Type.Integer({ minimum: 0 }),
    /** An Ed25519 public key and a signature, in base64url. */
    key: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
  },
  closed,
);

const CONTENT = {
  format: Type.Literal(1),
  /** `LINE.NUMBER`, e.g. `1.4`. */
  release: Type.String({ pattern: '^[1-9][0-9]{0,5}\\.[1-9][0-9]{0,5}$' }),
  /** SHA-256 over the canonical JSON of the release's name and the digests of its files. */
  digest: Digest,
  /** The SHA-256 of every file, by path. */
  files: Type.Record(Type.String(), Digest),
};

/** The meta-schema of a `core.lock.json` that nobody has signed: a host takes it in demo mode alone. */
export const unsignedLockSchema = Type.Object({ ...CONTENT, unsigned: Type.Literal(true) }, closed);

/** The meta-schema of a `core.lock.json` that its author and its approvers have signed. */
export const signedLockSchema = Type.Object(
  {
    ...CONTENT,
    /** The digest of the release before; the first has none. */
    previous: Type.Union([Digest, Type.Null()]),
    title: Type.String({ minLength: 1, maxLength: 200 }),
    author: SignatureOf,
    approvals: Type.Array(SignatureOf, { maxItems: 100 }),
  },
  closed,
);

/** A lock without signatures. */
export type UnsignedLock = Readonly<Static<typeof unsignedLockSchema>>;

/** A lock that names who proposed and approved the release, each with a signature. */
export type SignedLock = Readonly<Static<typeof signedLockSchema>>;

/** What `core.lock.json` says: the digests that the files of a release must match. */
export type Lock = UnsignedLock | SignedLock;

/** Tells whether a lock is signed; whether its signatures are right, `signatureFaults` tells. */
export function isSignedLock(lock: Lock): lock is SignedLock {
  return !('unsigned' in lock);
}

/** One file that is not as the lock says; a digest is absent where the file is. */
export interface LockDifference {
  readonly file: string;
  readonly expected?: string;
  readonly found?: string;
  readonly message: string;
}

export type LockVerdict =
  { readonly ok: true } | { readonly ok: false; readonly differences: readonly LockDifference[] };

/** Works out the lock of these files, unsigned, as release `LINE.NUMBER`. */
export function lockFiles(files: ReadonlyMap<string, string>, release: string): UnsignedLock {
  const { format, digest, files: digests } = lockContent(files, release);
  return { format, release, unsigned: true, digest, files: digests };
}

/** Works out what a lock says of the files of release `LINE.NUMBER`, whoever signs it. */
export function lockContent(
  files: ReadonlyMap<string, string>,
  release: string,
): Pick<Lock, 'format' | 'release' | 'digest' | 'files'> {
  const digests = Object.fromEntries(
    [...files.keys()].sort().map((path) => [path, digestText(files.get(path) ?? '')]),
  );
  return { format: 1, release, digest: releaseDigest(release, digests), files: digests };
}

/** What is wrong with the signatures of a lock, a sentence each; none where they are right. */
export function signatureFaults(lock: SignedLock): readonly string[] {
  const { author, approvals } = lock;
  const seen = [author];
  const faults = isByAuthor(lock, author) ? [] : [`The signature of ${author.email} is wrong.`];
  if (approvals.length === 0) faults.push('Nobody has approved it.');
  for (const approval of approvals) {
    if (!isApproval(lock, author, approval))
      faults.push(`The signature of ${approval.email} is wrong.`);
    const same = seen.find(
      ({ key, email }) => key === approval.key || emailKey(email) === emailKey(approval.email),
    );
    if (same !== undefined)
      faults.push(
        same === author
          ? `${approval.email} has proposed it, and cannot approve it as well.`
          : `${approval.email} has approved it twice.`,
      );
    seen.push(approval);
  }
  return faults;
}

/** Writes a lock as the text of `core.lock.json`. */
export function showLock(lock: Lock): string {
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/**
 * Reads the text of `core.lock.json`.
 * @throws `TrellisError` with code `lock-unreadable` for anything that is not a whole lock.
 */
export function readLock(text: string): Lock {
  const lock = parse(text);
  const isUnsigned = typeof lock === 'object' && lock !== null && 'unsigned' in lock;
  const error = metaErrors(isUnsigned ? unsignedLockSchema : signedLockSchema, lock)[0];
  if (error !== undefined)
    throw unreadable(`"${error.pointer === '' ? '/' : error.pointer}" ${error.message}`);
  const { release, files, digest } = lock as Lock;
  if (releaseDigest(release, files) !== digest)
    throw unreadable('its own digest does not fit the release and the files that it lists');
  return lock as Lock;
}

/** Compares files with their lock and names every one that differs, is missing or is not listed. */
export function verifyLock(files: ReadonlyMap<string, string>, lock: Lock): LockVerdict {
  const found = lockContent(files, lock.release).files;
  const paths = [...new Set([...Object.keys(lock.files), ...Object.keys(found)])].sort();
  const differences = paths
    .filter((path) => lock.files[path] !== found[path])
    .map((path) => difference(path, lock.files[path], found[path]));
  return differences.length === 0 ? { ok: true } : { ok: false, differences };
}

function releaseDigest(release: string, files: Readonly<Record<string, string>>): string {
  return digestText(canonicalJson({ release, files }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
}

function unreadable(why: string): TrellisError {
  return new TrellisError(
    'lock-unreadable',
    `${LOCK_FILE} cannot be read: ${why}. Restore it from the release that was approved, or write it anew with "npx trellis lock write".`,
  );
}

function difference(
  file: string,
  expected: string | undefined,
  found: string | undefined,
): LockDifference {
  if (expected === undefined)
    return {
      file,
      ...(found === undefined ? {} : { found }),
      message: `${file} is not in ${LOCK_FILE}: no digest was expected, found ${String(found)}.`,
    };
  if (found === undefined)
    return { file, expected, message: `${file} is missing: ${LOCK_FILE} expects ${expected}.` };
  return {
    file,
    expected,
    found,
    message: `${file} is not as it was locked: ${LOCK_FILE} expects ${expected}, found ${found}.`,
  };
}
