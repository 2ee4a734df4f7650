import { expect } from 'chai';
import { checkerDigest } from '../../server/host/checker-digest.ts';

describe('the digest of the checker', () => {
  it('is the same for the same code', () => {
    expect(checkerDigest()).to.match(/^[0-9a-f]{64}$/u);
    expect(checkerDigest()).to.equal(checkerDigest());
  });
});
