import type { Migration } from '../migration.ts';

/** Who looks at what a change does to running cases reads those of one version, page by page. */
export const runningCases: Migration = {
  name: '0022-running-cases',
  statements: () => [
    `create index running_cases_of_version on cases (workflow, workflow_version, id)
      where status <> 'finished'`,
  ],
};
