/**
 * The hash chain of a case's history: each entry's hash covers the entry and the hash before it, so
 * that no entry can be edited, taken out, put in or moved without breaking every hash after it.
 */
import type { Actor } from '../kernel/effects.ts';
import type { Json } from '../kernel/json.ts';
import { canonicalJson } from './canonical-json.ts';
import { digestText } from './digest.ts';
import type { Sealed } from './erasure/sealed.ts';
import { isAsSealed, publicBody } from './erasure/sealed.ts';

/** What stands before the first entry of every chain. */
export const GENESIS = '0'.repeat(64);

/** The part of an audit entry that its hash covers, beside the hash before it. */
export interface EntryFacts {
  readonly caseId: string;
  /** Starts at 1 and has no gaps. */
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: string;
  readonly actor: Actor;
  readonly body: Json;
  /** What of the body is sealed; absent in an entry of format 1. */
  readonly sealed?: Sealed;
  /** With it the personal values are there; absent where they were erased, and in format 1. */
  readonly salt?: string;
  /** SHA-256 of the snapshot after the step, behind the salt where there is one. */
  readonly snapshotDigest: string;
}

export interface ChainedEntry extends EntryFacts {
  readonly previous: string;
  readonly hash: string;
}

/** The first entry at which a chain breaks, and how. */
export interface ChainBreak {
  readonly ok: false;
  readonly seq: number;
  /**
   * - `edited`: the entry is not what was hashed.
   * - `misplaced`: it does not stand in its place: one was taken out, put in, swapped or belongs to
   *   another case.
   * - `unlinked`: it does not follow the one before, which was replaced as a whole.
   * - `truncated`: the chain ends here, but the case knows a later entry.
   */
  readonly kind: 'edited' | 'misplaced' | 'unlinked' | 'truncated';
  readonly message: string;
}

/** How far a chain was followed: the newest verified entry. */
export interface ChainPoint {
  readonly seq: number;
  readonly hash: string;
}

export type ChainVerdict = { readonly ok: true; readonly end: ChainPoint } | ChainBreak;

/**
 * Works out an entry's hash: SHA-256 over the RFC 8785 canonical JSON of it and the hash before. Of what
 * is sealed it covers the digest.
 */
export function entryHash(previous: string, entry: EntryFacts): string {
  const { caseId, seq, at, kind, actor, sealed, snapshotDigest } = entry;
  const covered = {
    caseId,
    seq,
    at,
    kind,
    actor,
    body: publicBody(entry),
    snapshotDigest,
    previous,
  };
  return digestText(canonicalJson(sealed === undefined ? covered : { ...covered, sealed }));
}

/**
 * Verifies the history of one case, oldest entry first, and names the first bad entry. A long one
 * may come in pages, each `after` the end of the page before. (Default: from the first entry.) With
 * `head`, the hash that the case itself keeps of its newest entry, entries cut off the end are
 * found as well.
 */
export function verifyChain(
  caseId: string,
  entries: readonly ChainedEntry[],
  options: { readonly after?: ChainPoint; readonly head?: string } = {},
): ChainVerdict {
  let end = options.after ?? { seq: 0, hash: GENESIS };
  for (const entry of entries) {
    const broken = findBreak(caseId, entry, end);
    if (broken !== undefined) return broken;
    end = entry;
  }
  if (options.head === undefined || options.head === end.hash)
    return { ok: true, end: { seq: end.seq, hash: end.hash } };
  return {
    ok: false,
    seq: end.seq + 1,
    kind: 'truncated',
    message: `The history of case ${caseId} ends with entry ${end.seq}, but the case says that its newest has the hash ${options.head}: entries after ${end.seq} were taken away, or the case was altered.`,
  };
}

function findBreak(caseId: string, entry: ChainedEntry, end: ChainPoint): ChainBreak | undefined {
  const seq = end.seq + 1;
  const broken = (kind: ChainBreak['kind'], message: string): ChainBreak => ({
    ok: false,
    seq,
    kind,
    message,
  });
  if (entry.seq !== seq || entry.caseId !== caseId)
    return broken(
      'misplaced',
      `Entry ${seq} of case ${caseId} was expected, but there stands entry ${entry.seq} of case ${entry.caseId}: an entry was taken out, put in or moved.`,
    );
  if (entry.hash !== entryHash(entry.previous, entry) || !isAsSealed(entry))
    return broken('edited', `Entry ${seq} of case ${caseId} was edited after it was written.`);
  if (entry.previous !== end.hash)
    return broken(
      'unlinked',
      `Entry ${seq} of case ${caseId} does not follow from what stands before it: entry ${end.seq} was replaced as a whole.`,
    );
  return undefined;
}
