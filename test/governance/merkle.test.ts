import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { EMPTY_ROOT, MerkleRoot, merklePath, rootOfPath } from '../../engine/governance/merkle.ts';

/** The definition of RFC 6962, section 2.1, word by word. */
function treeHash(leaves: readonly string[]): string {
  const [first] = leaves;
  if (first === undefined) return sha256(Buffer.alloc(0));
  if (leaves.length === 1) return sha256(Buffer.from([0]), Buffer.from(first));
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  const half = (some: readonly string[]): Buffer => Buffer.from(treeHash(some), 'hex');
  return sha256(Buffer.from([1]), half(leaves.slice(0, k)), half(leaves.slice(k)));
}

function sha256(...parts: readonly Buffer[]): string {
  return createHash('sha256').update(Buffer.concat(parts)).digest('hex');
}

function rootOf(leaves: readonly string[]): string {
  const root = new MerkleRoot();
  for (const leaf of leaves) root.add(leaf);
  return root.hash();
}

const leavesOf = (minLength: number) => fc.array(fc.string(), { minLength, maxLength: 40 });

describe('Merkle trees', () => {
  it('have the roots of RFC 6962', () => {
    expect(rootOf([])).to.equal(EMPTY_ROOT);
    fc.assert(
      fc.property(leavesOf(0), (leaves) => {
        expect(rootOf(leaves)).to.equal(treeHash(leaves));
      }),
    );
  });

  it('show by a path that a leaf is among the leaves, and of no other that it is', () => {
    fc.assert(
      fc.property(leavesOf(1), fc.nat(), fc.string(), (leaves, at, other) => {
        const index = at % leaves.length;
        const path = merklePath(leaves, index);
        expect(rootOfPath(leaves[index] ?? '', path)).to.equal(rootOf(leaves));
        if (other !== leaves[index]) expect(rootOfPath(other, path)).not.to.equal(rootOf(leaves));
        expect(path.length).to.be.at.most(6);
      }),
    );
  });

  it('do not take an inner node for a leaf', () => {
    const inner = rootOf(['a', 'b']);
    expect(rootOf([inner])).not.to.equal(inner);
  });
});
