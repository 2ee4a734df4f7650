import type { Migration } from '../migration.ts';

/** Which views report tools read records by, and how each was made. */
export const recordViews: Migration = {
  name: '0029-record-views',
  statements: (text) => [
    `create table record_views (name ${text} primary key not null, definition ${text} not null)`,
  ],
};
