import type { Migration } from '../migration.ts';

/** What floods or is slow waits in its own lane, while jobs of other lanes pass. */
export const lanes: Migration = {
  name: '0016-lanes',
  statements: (text) => [
    `alter table jobs add column lane ${text} not null default ''`,
    'create index jobs_of_lane on jobs (lane, free_at, id) where held = 0',
  ],
};
