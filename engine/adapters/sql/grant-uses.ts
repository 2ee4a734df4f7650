import type { GrantUses } from '../../ports/grant-uses.ts';
import type { Database } from './database.ts';

interface UseColumns {
  readonly grant_key: string;
  readonly used: number | string;
}

export function createGrantUses(database: Database): GrantUses {
  const take = database.statement(
    'take_grant_use',
    `insert into grant_uses (grant_key, day, used) values (?, ?, 1)
     on conflict (grant_key, day) do update set used = grant_uses.used + 1
     where grant_uses.used < ?`,
  );
  return {
    take: async (grant, day, limit) =>
      limit > 0 && (await database.use((session) => session.run(take, [grant, day, limit]))) === 1,
    usedOn: async (day) => {
      const rows: unknown = await database
        .read('grant_uses')
        .where({ day })
        .select('grant_key', 'used');
      return new Map((rows as UseColumns[]).map((row) => [row.grant_key, Number(row.used)]));
    },
  };
}
