import { emailKey } from '../../ports/accounts.ts';
import type { Accounts } from '../../ports/accounts.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createAccounts(tables: Tables): Accounts {
  const byEmail = (email: string) =>
    [...tables.users.values()].find((user) => emailKey(user.email) === emailKey(email));
  return {
    byEmail: (email) => Promise.resolve(byEmail(email)),
    byId: (id) => Promise.resolve(tables.users.get(id)),
    add: (user) => {
      const isFree = !tables.users.has(user.id) && byEmail(user.email) === undefined;
      if (isFree) tables.users.set(user.id, user);
      return Promise.resolve(isFree);
    },
    count: () => Promise.resolve(tables.users.size),
    list: () =>
      Promise.resolve(
        [...tables.users.values()].sort((a, b) => byText(emailKey(a.email), emailKey(b.email))),
      ),
  };
}
