import type { Migration } from '../migration.ts';

/** The programs that may use the API. */
export const apiTokens: Migration = {
  name: '0004-api-tokens',
  statements: (text) => [
    `create table api_tokens (
      id ${text} primary key not null, name ${text} not null, hash ${text} not null unique,
      workflows ${text} not null, created_at bigint not null, revoked_at bigint)`,
  ],
};
