import type { Migration } from '../migration.ts';

/** By how many releases the tables were changed: the generation of the newest host that has migrated. */
export const generation: Migration = {
  name: '0012-generation',
  statements: () => [
    'create table generation (number bigint not null)',
    'insert into generation (number) values (1)',
  ],
};
