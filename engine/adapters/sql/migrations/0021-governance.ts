import type { Migration } from '../migration.ts';

/** The hash chain of governance acts. */
export const governance: Migration = {
  name: '0021-governance',
  statements: (text) => [
    `create table governance_acts (
      seq bigint primary key not null, at bigint not null, kind ${text} not null,
      actor ${text} not null, body ${text} not null, previous ${text} not null,
      hash ${text} not null)`,
  ],
};
