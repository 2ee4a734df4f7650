import type { Migration } from '../migration.ts';

/** After a restore, effects wait for an operator; `held_back` is the name under which a job does. */
export const effectHolds: Migration = {
  name: '0014-effect-holds',
  statements: (text) => [
    `create table effect_holds (
      id ${text} primary key not null, taken_at bigint not null, released ${text} not null)`,
    `alter table jobs add column held_back ${text}`,
    'alter table jobs add column refused bigint not null default 0',
    'create index jobs_held_back on jobs (held_back, run_at) where held_back is not null',
  ],
};
