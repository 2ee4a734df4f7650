import type { Migration } from '../migration.ts';

/**
 * Lists of cases are read from the end of their indexes. What is added at the end of an index fills
 * its pages; at the beginning, where the newest stood before, it left them half empty.
 */
export const newestLast: Migration = {
  name: '0018-newest-last',
  statements: () => [
    'create index cases_by_time on cases (created_at, id desc)',
    'drop index cases_newest',
    'create index cases_of_team_by_time on cases (team, status, created_at, id desc)',
    'drop index cases_of_team',
    `create index cases_of_workflow_by_time on cases
      (workflow, team, status, created_at, id desc, workflow_version)`,
    'drop index cases_of_workflow_and_team',
  ],
};
