import type { Migration } from '../migration.ts';

/** Jobs of suspended cases rest. */
export const operations: Migration = {
  name: '0007-operations',
  statements: () => [
    'alter table jobs add column held bigint not null default 0',
    'drop index jobs_due',
    'create index jobs_due on jobs (free_at, id) where held = 0',
  ],
};
