/**
 * Merkle trees as RFC 6962 defines them: a root is a digest of all leaves in their order, and a path of
 * few hashes shows that one leaf is among them. Leaves and inner nodes are hashed apart, so that none
 * passes for the other.
 */
import { createHash } from 'node:crypto';
import { digestText } from './digest.ts';

const LEAF = '\u0000';
const NODE = Buffer.from([1]);

/** The root of a tree without leaves. */
export const EMPTY_ROOT = digestText('');

/** One step from a leaf to the root: the hash beside, and on which side it stands. */
export interface MerkleStep {
  readonly side: 'left' | 'right';
  readonly hash: string;
}

interface Subtree {
  readonly height: number;
  readonly hash: string;
}

/** Works out a root from leaves that come one after the other; keeps one hash a level. */
export class MerkleRoot {
  /** Whole subtrees, the largest first. */
  readonly #whole: Subtree[] = [];

  add(leaf: string): void {
    let subtree: Subtree = { height: 0, hash: leafHash(leaf) };
    for (
      let last = this.#whole.at(-1);
      last?.height === subtree.height;
      last = this.#whole.at(-1)
    ) {
      this.#whole.pop();
      subtree = { height: last.height + 1, hash: nodeHash(last.hash, subtree.hash) };
    }
    this.#whole.push(subtree);
  }

  /** The root of what was added so far. */
  hash(): string {
    const hashes = this.#whole.map(({ hash }) => hash);
    if (hashes.length === 0) return EMPTY_ROOT;
    return hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** The path from the leaf at an index to the root, nearest step first. */
export function merklePath(leaves: readonly string[], index: number): readonly MerkleStep[] {
  const steps: MerkleStep[] = [];
  let level = leaves.map(leafHash);
  // A node without one beside it moves up as it is: the same tree as that of the RFC.
  for (let at = index; level.length > 1; at >>= 1) {
    const beside = level[at ^ 1];
    if (beside !== undefined) steps.push({ side: at % 2 === 1 ? 'left' : 'right', hash: beside });
    level = parentsOf(level);
  }
  return steps;
}

/** The root to which a path leads from a leaf. */
export function rootOfPath(leaf: string, path: readonly MerkleStep[]): string {
  return path.reduce(
    (own, { side, hash }) => (side === 'left' ? nodeHash(hash, own) : nodeHash(own, hash)),
    leafHash(leaf),
  );
}

function parentsOf(level: readonly string[]): string[] {
  const parents: string[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left = '', right] = level.slice(at, at + 2);
    parents.push(right === undefined ? left : nodeHash(left, right));
  }
  return parents;
}

function leafHash(leaf: string): string {
  return digestText(`${LEAF}${leaf}`);
}

function nodeHash(left: string, right: string): string {
  const both = Buffer.from(left + right, 'hex');
  return createHash('sha256').update(NODE).update(both).digest('hex');
}
