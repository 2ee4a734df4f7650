import type { Migration } from '../migration.ts';

/** A timer that moves is found by its name, so that its earlier job can be removed. */
export const namedTimers: Migration = {
  name: '0005-named-timers',
  statements: (text) => [`alter table jobs add column timer ${text}`],
};
