import type { KeptValue, Vault } from '../../ports/accounts.ts';
import type { Tables } from './tables.ts';

export function createVault(tables: Tables): Vault {
  return {
    get: (purpose, hash, now) => {
      const kept = tables.keptValues.get(keyOf(purpose, hash));
      return Promise.resolve(kept && kept.expiresAt > now ? kept : undefined);
    },
    put: (value) => {
      tables.keptValues.set(keyOf(value.purpose, value.hash), value);
      return Promise.resolve();
    },
    remove: (purpose, hash) => {
      tables.keptValues.delete(keyOf(purpose, hash));
      return Promise.resolve();
    },
    expire: (now) => {
      const expired = [...tables.keptValues].filter(([, value]) => value.expiresAt <= now);
      for (const [key] of expired) tables.keptValues.delete(key);
      return Promise.resolve(expired.length);
    },
  };
}

function keyOf(purpose: KeptValue['purpose'], hash: string): string {
  return `${purpose}/${hash}`;
}
