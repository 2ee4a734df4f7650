import { emailKey } from '../../kernel/values/email-key.ts';
import type { Accounts, User } from '../../ports/accounts.ts';
import type { Database } from './database.ts';
import { toJson } from './json.ts';
import { storedUser, userColumns } from './tables/users.ts';
import type { UserColumns } from './tables/users.ts';

export function createAccounts({ read, write }: Database): Accounts {
  const one = async (where: Partial<UserColumns>): Promise<User | undefined> => {
    const row = await read<UserColumns>('users').where(where).first();
    return row && storedUser(row);
  };
  return {
    byEmail: (email) => one({ email_key: emailKey(email) }),
    byId: (id) => one({ id }),
    add: async (user) => {
      const added = await write<UserColumns>('users')
        .insert(userColumns(user))
        .onConflict()
        .ignore()
        .returning('id');
      return added.length === 1;
    },
    change: async (id, { away, leftAt }) => {
      const changes: Partial<UserColumns> = {
        ...(away === undefined ? {} : { away: away && toJson(away) }),
        ...(leftAt === undefined ? {} : { left_at: leftAt }),
      };
      // A statement without a change is none.
      const changed = await write<UserColumns>('users')
        .where({ id })
        .update({ id, ...changes });
      return changed === 1;
    },
    count: async () => {
      const row = await read('users').count({ users: '*' }).first();
      return Number(row?.users ?? 0);
    },
    list: async () => (await read<UserColumns>('users').orderBy('email_key')).map(storedUser),
  };
}
