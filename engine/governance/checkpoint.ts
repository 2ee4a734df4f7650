/**
 * Signed checkpoints: each states the newest entry of every case that moved since the one before, by
 * the root of a Merkle tree, and the newest governance act; and follows the one before by its hash.
 */
import type { ActPoint } from './acts.ts';
import { canonicalJson } from './canonical-json.ts';
import { digestText } from './digest.ts';
import { GENESIS } from './history.ts';
import { isSigned as isTextSigned } from './signature.ts';

/** The newest entry of one case, as a checkpoint states it. */
export interface CaseHead {
  readonly caseId: string;
  readonly seq: number;
  readonly hash: string;
}

/** What the signature of a checkpoint covers. */
export interface CheckpointFacts {
  /** Starts at 1 and has no gaps. */
  readonly number: number;
  /** When it was made, in epoch milliseconds. */
  readonly at: number;
  /** Whatever was saved before is stated by this one or an earlier one; by the clock of its host. */
  readonly covers: number;
  /** The hash of the checkpoint before. */
  readonly previous: string;
  /** How many heads it states. */
  readonly leaves: number;
  /** The Merkle root over the heads, by the id of their cases. */
  readonly root: string;
  /** The newest governance act. */
  readonly act: ActPoint;
  /** The public key of who signs: Ed25519, 43 characters of base64url. */
  readonly key: string;
}

export interface Checkpoint extends CheckpointFacts {
  /** 86 characters of base64url. */
  readonly signature: string;
}

/** How far the chain of checkpoints was followed. */
export interface CheckpointPoint {
  readonly number: number;
  readonly hash: string;
}

/** What stands before the first checkpoint. */
export const NO_CHECKPOINT: CheckpointPoint = { number: 0, hash: GENESIS };

/** The text that is signed; no other text of Trellis begins like it. */
export function checkpointText(facts: CheckpointFacts): string {
  const { number, at, covers, previous, leaves, root, act, key } = facts;
  const { seq, hash } = act;
  const signed = { number, at, covers, previous, leaves, root, act: { seq, hash }, key };
  return `trellis/checkpoint/1\n${canonicalJson(signed)}`;
}

/** What the next checkpoint follows. */
export function checkpointHash(facts: CheckpointFacts): string {
  return digestText(checkpointText(facts));
}

/** Says what is wrong with a checkpoint that should follow another, under keys that are trusted. */
export function checkpointFault(
  checkpoint: Checkpoint,
  before: CheckpointPoint,
  trusted: readonly string[],
): string | undefined {
  const { number, previous, key } = checkpoint;
  if (number !== before.number + 1)
    return `Checkpoint ${before.number + 1} was expected, but there stands checkpoint ${number}: one was taken out, put in or moved.`;
  if (!isSigned(checkpoint))
    return `Checkpoint ${number} is not what was signed: it was edited, or signed by another key than it names.`;
  if (!trusted.includes(key))
    return `Checkpoint ${number} is signed by the key ${key}, which is not trusted here. Expected ${trusted.join(' or ')}.`;
  if (previous !== before.hash)
    return `Checkpoint ${number} does not follow from what stands before it: checkpoint ${before.number} was replaced as a whole.`;
  return undefined;
}

/** A head as a leaf of the tree, and as it is kept. */
export function leafText({ caseId, seq, hash }: CaseHead): string {
  return `${seq} ${hash} ${caseId}`;
}

/** Reads a leaf; nothing where it is none. */
export function readLeaf(text: string): CaseHead | undefined {
  const [, seq, hash, caseId] = LEAF.exec(text) ?? [];
  if (seq === undefined || hash === undefined || caseId === undefined) return undefined;
  return { caseId, seq: Number(seq), hash };
}

const LEAF = /^([1-9]\d{0,15}) (\S+) (.+)$/su;

/** Tells whether a checkpoint was signed by the key that it names. */
export function isSigned({ signature, ...facts }: Checkpoint): boolean {
  return isTextSigned(checkpointText(facts), { key: facts.key, signature });
}
