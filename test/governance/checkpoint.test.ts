import { expect } from 'chai';
import { createCheckpointSigner } from '../../engine/adapters/system/public-signer.ts';
import { anchorLine, readAnchorLine } from '../../engine/governance/anchor-lines.ts';
import type { Checkpoint, CheckpointFacts } from '../../engine/governance/checkpoint.ts';
import {
  NO_CHECKPOINT,
  checkpointFault,
  checkpointHash,
  checkpointText,
  leafText,
  readLeaf,
} from '../../engine/governance/checkpoint.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LETTERS = Array.from({ length: 64 }, (_, index) => ALPHABET.charAt(index));
const SIGNER = createCheckpointSigner(new Uint8Array(48).fill(7));
const OTHER = createCheckpointSigner(new Uint8Array(48).fill(8));
const FACTS: CheckpointFacts = {
  ...{ number: 1, at: 2_000, covers: 1_000, previous: NO_CHECKPOINT.hash, leaves: 3 },
  ...{ root: 'ab'.repeat(32), act: { seq: 2, hash: 'cd'.repeat(32) }, key: SIGNER.key },
};

function signed(facts: CheckpointFacts, signer = SIGNER): Checkpoint {
  return { ...facts, signature: signer.sign(checkpointText(facts)) };
}

describe('checkpoints', () => {
  const first = signed(FACTS);
  const point = { number: 1, hash: checkpointHash(first) };
  const second = signed({ ...FACTS, number: 2, previous: point.hash });

  it('follow each other, under a key that is trusted', () => {
    expect(checkpointFault(first, NO_CHECKPOINT, [SIGNER.key])).to.equal(undefined);
    expect(checkpointFault(second, point, [OTHER.key, SIGNER.key])).to.equal(undefined);
  });

  it('are refused where their signature is written in another way', () => {
    const { signature } = first;
    const last = signature.at(-1) ?? '';
    const alike = LETTERS.filter((letter) => {
      const other = `${signature.slice(0, -1)}${letter}`;
      const isSame = Buffer.from(other, 'base64url').equals(Buffer.from(signature, 'base64url'));
      return letter !== last && isSame;
    });
    expect(alike).to.have.length(15);
    for (const letter of [...alike, `${last}=`, `${last} `]) {
      const other = { ...first, signature: `${signature.slice(0, -1)}${letter}` };
      expect(checkpointFault(other, NO_CHECKPOINT, [SIGNER.key]), letter).to.be.a('string');
    }
  });

  it('are refused where anything of them was altered', () => {
    const altered: readonly Checkpoint[] = [
      { ...first, at: 2_001 },
      { ...first, covers: 999 },
      { ...first, leaves: 2 },
      { ...first, root: 'ac'.repeat(32) },
      { ...first, act: { seq: 3, hash: FACTS.act.hash } },
      { ...first, act: { seq: 2, hash: 'ce'.repeat(32) } },
      { ...first, previous: '1'.repeat(64) },
      { ...first, signature: second.signature },
      { ...first, signature: 'none' },
      { ...first, key: OTHER.key },
      { ...first, key: '#'.repeat(43) },
      { ...first, key: 'short' },
    ];
    for (const one of altered) {
      expect(checkpointFault(one, NO_CHECKPOINT, [SIGNER.key, OTHER.key])).to.match(/edited/u);
    }
  });

  it('are refused where they do not follow, or somebody else has signed', () => {
    const trusted = [SIGNER.key];
    expect(checkpointFault(second, NO_CHECKPOINT, trusted)).to.match(/Checkpoint 1 was expected/u);
    expect(checkpointFault(second, { ...point, hash: '1'.repeat(64) }, trusted)).to.match(
      /does not follow/u,
    );
    const foreign = signed({ ...FACTS, key: OTHER.key }, OTHER);
    expect(checkpointFault(foreign, NO_CHECKPOINT, trusted)).to.match(/not trusted here/u);
  });

  it('state heads as lines that are read back', () => {
    const head = { caseId: 'a case', seq: 12, hash: 'ab' };
    expect(readLeaf(leafText(head))).to.deep.equal(head);
    for (const text of ['', '0 ab c', '1 ab', 'x ab c', '1.5 ab c'])
      expect(readLeaf(text), text).to.equal(undefined);
  });

  it('are lines of an anchor file, of which a torn one is none', () => {
    const line = anchorLine(first);
    expect(readAnchorLine(line)).to.deep.equal(first);
    expect(readAnchorLine(line.slice(0, -9))).to.equal(undefined);
    for (const text of ['', 'null', '{}', '{"act":null}', '[]'])
      expect(readAnchorLine(text), text).to.equal(undefined);
  });
});
