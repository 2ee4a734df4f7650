import type { ApiTokens } from '../../ports/tokens.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createTokens({ tokens }: Tables): ApiTokens {
  const all = () => [...tokens.values()];
  return {
    add: (token) => {
      const isTaken = all().some(({ id, hash }) => id === token.id || hash === token.hash);
      if (!isTaken) tokens.set(token.id, token);
      return Promise.resolve(!isTaken);
    },
    byHash: (hash) => Promise.resolve(all().find((token) => token.hash === hash)),
    list: () =>
      Promise.resolve(all().sort((a, b) => a.createdAt - b.createdAt || byText(a.id, b.id))),
    revoke: (id, at) => {
      const token = tokens.get(id);
      if (token === undefined || token.revokedAt !== undefined) return Promise.resolve(false);
      tokens.set(id, { ...token, revokedAt: at });
      return Promise.resolve(true);
    },
  };
}
