import type { Migration } from '../migration.ts';

/**
 * What the lists of cases and tasks need where there are millions: each filter is a stretch of an
 * index in the order of its list.
 */
export const lists: Migration = {
  name: '0013-lists',
  statements: () => [
    'create index cases_of_team on cases (team, status, created_at desc, id)',
    `create index cases_of_workflow_and_team on cases
      (workflow, team, status, created_at desc, id, workflow_version)`,
    'drop index cases_of_workflow',
    'create index cases_in_order_of_reference on cases (reference, id, team, workflow)',
    `create index unfinished_cases_in_order_of_reference on cases
      (reference, id, status, team, workflow) where status <> 'finished'`,
    'drop index cases_by_reference',
    `create index tasks_by_due on tasks (due, created_at, id, case_id)
      where kind = 'task' and status in ('open', 'claimed')`,
  ],
};
