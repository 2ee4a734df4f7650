import type { Migration } from '../migration.ts';

/** A host that starts reads which versions its unfinished cases run, from an index alone. */
export const versionsInUse: Migration = {
  name: '0020-versions-in-use',
  statements: () => [
    `create index unfinished_cases_by_reference on cases
      (reference, id, status, team, workflow, workflow_version) where status <> 'finished'`,
    'drop index unfinished_cases_in_order_of_reference',
  ],
};
