import type { Vault } from '../../ports/accounts.ts';
import type { Database } from './database.ts';
import type { KeptValueColumns } from './tables/users.ts';

export function createVault({ read, write }: Database): Vault {
  return {
    get: async (purpose, hash, now) => {
      const row = await read<KeptValueColumns>('kept_values')
        .where({ purpose, hash })
        .where('expires_at', '>', now)
        .first();
      return row && { purpose, hash, value: row.value, expiresAt: row.expires_at };
    },
    put: async ({ purpose, hash, value, expiresAt }) => {
      await write<KeptValueColumns>('kept_values')
        .insert({ purpose, hash, value, expires_at: expiresAt })
        .onConflict(['purpose', 'hash'])
        .merge();
    },
    remove: async (purpose, hash) => {
      await write<KeptValueColumns>('kept_values').where({ purpose, hash }).delete();
    },
    expire: (now) => write<KeptValueColumns>('kept_values').where('expires_at', '<=', now).delete(),
  };
}
