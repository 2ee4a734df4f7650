import type { Migration } from '../migration.ts';

/** Changes of the core that are proposed, and the keys of those who propose and approve. */
export const proposals: Migration = {
  name: '0023-proposals',
  statements: (text) => [
    `create table proposals (
      number bigint primary key not null, content ${text} not null, changed_at bigint not null)`,
    `create table approval_keys (
      key ${text} primary key not null, email ${text} not null, sealed ${text},
      created_at bigint not null, revoked_at bigint)`,
    `alter table core_releases add column signed ${text}`,
  ],
};
