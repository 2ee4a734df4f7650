import { emailKey } from '../../kernel/values/email-key.ts';
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
    change: (id, { away, leftAt }) => {
      const user = tables.users.get(id);
      if (user === undefined) return Promise.resolve(false);
      const { away: wasAway, leftAt: wasLeft, ...rest } = user;
      const isAway = away === undefined ? wasAway : away;
      const hasLeft = leftAt === undefined ? wasLeft : leftAt;
      tables.users.set(id, {
        ...rest,
        ...(isAway ? { away: isAway } : {}),
        ...(typeof hasLeft === 'number' ? { leftAt: hasLeft } : {}),
      });
      return Promise.resolve(true);
    },
    count: () => Promise.resolve(tables.users.size),
    list: () =>
      Promise.resolve(
        [...tables.users.values()].sort((a, b) => byText(emailKey(a.email), emailKey(b.email))),
      ),
  };
}
