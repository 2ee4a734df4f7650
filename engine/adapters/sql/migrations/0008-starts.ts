import type { Migration } from '../migration.ts';

/** A message begins cases once; those that came before there was such a start begin none. */
export const starts: Migration = {
  name: '0008-starts',
  statements: () => ['alter table messages add column offered bigint not null default 0'],
};
