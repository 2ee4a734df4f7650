import type { ApiToken, ApiTokens } from '../../ports/tokens.ts';
import { present } from './columns.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json.ts';

interface TokenColumns {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly workflows: string;
  readonly person: string | null;
  readonly created_at: number;
  readonly revoked_at: number | null;
}

export function createTokens({ read, write }: Database): ApiTokens {
  return {
    add: async ({ id, name, hash, workflows, person, createdAt, revokedAt }) => {
      const added = await write<TokenColumns>('api_tokens')
        .insert({
          id,
          name,
          hash,
          workflows: toJson(workflows),
          person: person ?? null,
          created_at: createdAt,
          revoked_at: revokedAt ?? null,
        })
        .onConflict()
        .ignore()
        .returning('id');
      return added.length === 1;
    },
    byHash: async (hash) => {
      const row = await read<TokenColumns>('api_tokens').where({ hash }).first();
      return row && storedToken(row);
    },
    list: async () =>
      (await read<TokenColumns>('api_tokens').orderBy(['created_at', 'id'])).map(storedToken),
    revoke: async (id, at) => {
      const changed = await write<TokenColumns>('api_tokens')
        .where({ id, revoked_at: null })
        .update({ revoked_at: at });
      return changed === 1;
    },
  };
}

function storedToken(row: TokenColumns): ApiToken {
  return {
    id: row.id,
    name: row.name,
    hash: row.hash,
    workflows: fromJson(row.workflows) as ApiToken['workflows'],
    ...present('person', row.person),
    createdAt: row.created_at,
    ...present('revokedAt', row.revoked_at),
  };
}
