import type { Lock } from './lock.ts';

/** An immutable, numbered, digested state of the core. */
export interface Release {
  /** `LINE.NUMBER`, e.g. `1.4`. */
  readonly release: string;
  /** The digest of its lock. */
  readonly digest: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Makes the release that a lock describes of files that were verified against it. */
export function releaseOf(files: ReadonlyMap<string, string>, lock: Lock): Release {
  return { release: lock.release, digest: lock.digest, files: Object.fromEntries(files) };
}
