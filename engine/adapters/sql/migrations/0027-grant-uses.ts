import type { Migration } from '../migration.ts';

/** How often grants with a quota were used, day by day. */
export const grantUses: Migration = {
  name: '0027-grant-uses',
  statements: (text) => [
    `create table grant_uses (
      grant_key ${text} not null, day ${text} not null, used bigint not null,
      primary key (grant_key, day))`,
    'create index grant_uses_of_day on grant_uses (day)',
  ],
};
