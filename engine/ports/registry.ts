import type { Release } from '../governance/release.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { WorkflowSource } from '../kernel/definition/workflow.ts';

/** An immutable state of the core, as its files. */
export interface CoreRelease extends Release {
  readonly createdAt: number;
}

/** A release without its files. */
export type ReleaseHead = Omit<CoreRelease, 'files'>;

export interface PublishedWorkflow {
  readonly name: string;
  readonly version: number;
  readonly digest: string;
  readonly release: string;
  readonly source: WorkflowSource;
  /** Versions of the workflows and core processes that it runs, by name. */
  readonly pins: Readonly<Record<string, number>>;
  readonly publishedAt: number;
}

/**
 * Reads the name of a release.
 *
 * @throws `TrellisError` with code `bad-release`.
 */
export function parseRelease(name: string): { readonly line: number; readonly number: number } {
  const [, line, number] = /^(\d{1,9})\.(\d{1,9})$/.exec(name) ?? [];
  if (line === undefined || number === undefined) {
    throw new TrellisError(
      'bad-release',
      `The release "${name}" is not named LINE.NUMBER. Name it like 1.4.`,
      { release: name },
    );
  }
  return { line: Number(line), number: Number(number) };
}

/** Tells which release is newer: below 0 for `a` before `b`, 0 for the same. */
export function compareReleases(a: string, b: string): number {
  const [one, other] = [parseRelease(a), parseRelease(b)];
  return one.line - other.line || one.number - other.number;
}

/** The releases between two, the oldest first: those of one line have numbers without gaps. */
export function releasesBetween(from: string, to: string): readonly string[] {
  const [one, other] = [parseRelease(from), parseRelease(to)];
  if (one.line !== other.line) return [];
  const count = Math.max(0, other.number - one.number - 1);
  return Array.from({ length: count }, (_, index) => `${one.line}.${one.number + index + 1}`);
}

/**
 * Releases and published versions: the truth, the same for every host. They are written by
 * governance steps alone.
 */
export interface Registry {
  /** The release with the highest line and number. */
  newestRelease(): Promise<CoreRelease | undefined>;
  /** Its name alone, for whoever asks often. */
  newestReleaseName(): Promise<string | undefined>;
  release(name: string): Promise<CoreRelease | undefined>;
  /**
   * At most `limit` releases, the newest first, without their files.
   * @param before - only those that are older than this one (Default: from the newest on)
   */
  releases(limit: number, before?: string): Promise<readonly ReleaseHead[]>;
  /** The newest version of each workflow, by name. */
  published(): Promise<readonly PublishedWorkflow[]>;
  /** The number of the newest version of each workflow, without its source. */
  newestVersions(): Promise<readonly Pick<PublishedWorkflow, 'name' | 'version'>[]>;
  version(name: string, version: number): Promise<PublishedWorkflow | undefined>;
}
