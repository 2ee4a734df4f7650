import type { Migration } from '../migration.ts';

/** What of an entry can be erased lies in a column of its own. Entries from before stay as they are. */
export const erasure: Migration = {
  name: '0025-erasure',
  statements: (text) => [
    `alter table events add column sealed ${text}`,
    `alter table events add column personal ${text}`,
    `alter table archived_events add column sealed ${text}`,
    `alter table archived_events add column personal ${text}`,
  ],
};
