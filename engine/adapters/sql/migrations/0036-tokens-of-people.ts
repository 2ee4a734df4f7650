import type { Migration } from '../migration.ts';

/** Tokens that act in the name of a person: whose each is, empty for a program's. */
export const tokensOfPeople: Migration = {
  name: '0036-tokens-of-people',
  statements: (text) => [`alter table api_tokens add column person ${text}`],
};
