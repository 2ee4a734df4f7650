import type { Migration } from '../migration.ts';

/** Drafts of workflows, and what is out of force until it is put back. */
export const drafts: Migration = {
  name: '0026-drafts',
  statements: (text) => [
    `create table workflow_drafts (
      id ${text} primary key not null, workflow ${text} not null, status ${text} not null,
      revision bigint not null, changed_at bigint not null, source ${text} not null,
      facts ${text} not null)`,
    'create index workflow_drafts_of_workflow on workflow_drafts (workflow, changed_at)',
    'create index workflow_drafts_by_status on workflow_drafts (status, changed_at)',
    `create table out_of_force (
      kind ${text} not null, name ${text} not null, part ${text} not null,
      reason ${text} not null, actor ${text} not null, at bigint not null,
      primary key (kind, name, part))`,
  ],
};
