import type { Migration } from '../migration.ts';

/** Visits of states with a limit stand in a queue; `arrival` is their order in it. */
export const queues: Migration = {
  name: '0009-queues',
  statements: (text) => [
    `create table queue_places (
      case_id ${text} not null, state ${text} not null, visit bigint not null,
      queue ${text} not null, most bigint not null, since bigint not null,
      arrival bigint not null, admitted bigint not null default 0,
      primary key (case_id, state, visit))`,
    'create index queue_places_in_order on queue_places (queue, admitted, arrival)',
  ],
};
