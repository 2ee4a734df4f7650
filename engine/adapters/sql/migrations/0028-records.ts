import type { Migration } from '../migration.ts';

/** The objects of the types that are owned here, and which effect has written what. */
export const records: Migration = {
  name: '0028-records',
  statements: (text) => [
    `create table records (
      type ${text} not null, key ${text} not null, unique_key ${text}, version bigint not null,
      value ${text} not null, release ${text} not null,
      created_at bigint not null, updated_at bigint not null,
      primary key (type, key))`,
    `create unique index records_unique on records (type, unique_key)
      where unique_key is not null`,

    `create table record_writes (
      effect ${text} primary key not null, type ${text} not null, key ${text} not null,
      unique_key ${text}, version bigint not null, value ${text} not null, release ${text} not null,
      created_at bigint not null, updated_at bigint not null)`,
  ],
};
