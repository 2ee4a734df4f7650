import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { TrellisError } from '../kernel/errors.ts';
import { canonicalJson } from './canonical-json.ts';
import { LOCK_FILE } from './core/covered-files.ts';
import { metaErrors } from './core/meta-schema.ts';
import { digestText } from './digest.ts';

const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** The meta-schema of `core.lock.json`. */
export const lockSchema = Type.Object(
  {
    format: Type.Literal(1),
    /** `LINE.NUMBER`, e.g. `1.4`. */
    release: Type.String({ pattern: '^[1-9][0-9]{0,5}\\.[1-9][0-9]{0,5}$' }),
    /** A lock without the approvers' signatures: a host takes it in demo mode alone. */
    unsigned: Type.Literal(true),
    /** SHA-256 over the canonical JSON of the release's name and the digests of its files. */
    digest: Digest,
    /** The SHA-256 of every file, by path. */
    files: Type.Record(Type.String(), Digest),
  },
  { additionalProperties: false },
);

/** What `core.lock.json` says: the digests that the files of a release must match. */
export type Lock = Readonly<Static<typeof lockSchema>>;

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
export function lockFiles(files: ReadonlyMap<string, string>, release: string): Lock {
  const digests = Object.fromEntries(
    [...files.keys()].sort().map((path) => [path, digestText(files.get(path) ?? '')]),
  );
  return {
    format: 1,
    release,
    unsigned: true,
    digest: releaseDigest(release, digests),
    files: digests,
  };
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
  const error = metaErrors(lockSchema, lock)[0];
  if (error !== undefined)
    throw unreadable(`"${error.pointer === '' ? '/' : error.pointer}" ${error.message}`);
  const { release, files, digest } = lock as Lock;
  if (releaseDigest(release, files) !== digest)
    throw unreadable('its own digest does not fit the release and the files that it lists');
  return lock as Lock;
}

/** Compares files with their lock and names every one that differs, is missing or is not listed. */
export function verifyLock(files: ReadonlyMap<string, string>, lock: Lock): LockVerdict {
  const found = lockFiles(files, lock.release).files;
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
