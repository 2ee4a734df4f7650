import type { Migration } from '../migration.ts';

/** Work that is repeated for each item of a list says which item it is about. */
export const items: Migration = {
  name: '0003-items',
  statements: () => [
    'alter table tasks add column item bigint',
    'alter table jobs add column item bigint',
    'alter table incidents add column item bigint',
  ],
};
