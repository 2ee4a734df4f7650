import type { Migration } from '../migration.ts';

/**
 * Signed checkpoints of the history, their leaves many to a row, and how far the last one has read.
 * Where several hosts write, each entry says by which transaction it came: nothing else is in the order
 * in which they commit. In SQLite the number of a row is.
 */
export const checkpoints: Migration = {
  name: '0024-checkpoints',
  statements: (text, database) => [
    `create table checkpoints (
      number bigint primary key not null, at bigint not null, covers bigint not null, previous ${text} not null,
      leaves bigint not null, root ${text} not null, act_seq bigint not null,
      act_hash ${text} not null, key ${text} not null, signature ${text} not null)`,
    `create table checkpoint_leaves (
      checkpoint bigint not null references checkpoints (number), part bigint not null,
      leaves ${text} not null, primary key (checkpoint, part))`,
    `create table checkpoint_place (
      id bigint primary key not null, round bigint not null, place ${text} not null)`,
    `create table archived_heads (
      case_id ${text} primary key not null, seq bigint not null, hash ${text} not null)`,
    ...(database === 'PostgreSQL' ? TRANSACTIONS : []),
  ],
};

const TRANSACTIONS = [
  'alter table events add column xact bigint not null default 0',
  'alter table events alter column xact set default (pg_current_xact_id()::text::bigint)',
  'create index events_by_transaction on events (xact)',
];
