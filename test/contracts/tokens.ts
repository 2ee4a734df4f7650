import { expect } from 'chai';
import type { ApiToken } from '../../engine/ports/tokens.ts';
import { START } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the tokens port, for any adapter. */
export function describeTokens(useStore: UseStore): void {
  describe('API tokens', () => {
    const store = useStore();

    it('finds a token by its hash, and takes each id and hash once', async () => {
      const { tokens } = store();
      expect(await tokens.add(token('t-1', 'a'))).to.equal(true);
      expect(await tokens.add(token('t-1', 'b'))).to.equal(false);
      expect(await tokens.add(token('t-2', 'a'))).to.equal(false);
      expect(await tokens.byHash('a')).to.deep.equal(token('t-1', 'a'));
      expect(await tokens.byHash('b')).to.equal(undefined);
    });

    it('keeps whose token it is', async () => {
      const { tokens } = store();
      const own: ApiToken = { ...token('t-1', 'a'), workflows: [], person: 'u-1' };
      await tokens.add(own);
      expect(await tokens.byHash('a')).to.deep.equal(own);
      expect(await tokens.list()).to.deep.equal([own]);
    });

    it('revokes a token once, and lists it as revoked', async () => {
      const { tokens } = store();
      await tokens.add(token('t-2', 'b'));
      await tokens.add(token('t-1', 'a'));
      expect(await tokens.revoke('t-1', START + 1)).to.equal(true);
      expect(await tokens.revoke('t-1', START + 2)).to.equal(false);
      expect(await tokens.revoke('t-3', START)).to.equal(false);
      expect(await tokens.list()).to.deep.equal([
        { ...token('t-1', 'a'), revokedAt: START + 1 },
        token('t-2', 'b'),
      ]);
    });
  });
}

function token(id: string, hash: string): ApiToken {
  return { id, name: 'Shop', hash, workflows: ['online-quote'], createdAt: START };
}
