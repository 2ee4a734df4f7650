import type { Migration } from '../migration.ts';

/** Changes of many cases at once, with what becomes of each case. */
export const bulkOperations: Migration = {
  name: '0011-bulk-operations',
  statements: (text) => [
    `create table bulk_operations (
      id ${text} primary key not null, change ${text} not null, selection ${text} not null,
      status ${text} not null, actor ${text} not null, reason ${text} not null,
      cursor ${text} not null, round bigint not null, undoes ${text}, problem ${text},
      created_at bigint not null, changed_at bigint not null)`,
    'create index bulk_operations_newest on bulk_operations (created_at desc, id)',

    `create table bulk_cases (
      operation ${text} not null references bulk_operations (id), case_id ${text} not null,
      reference ${text} not null, result ${text} not null, version bigint not null,
      outlook ${text}, message ${text}, primary key (operation, case_id))`,
    `create index bulk_cases_ready on bulk_cases (operation, case_id) where result = 'ready'`,
    'create index bulk_cases_by_reference on bulk_cases (operation, reference, case_id)',
    'create index bulk_cases_by_result on bulk_cases (operation, result, reference, case_id)',
  ],
};
