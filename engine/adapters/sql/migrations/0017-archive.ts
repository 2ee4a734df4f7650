import type { Migration } from '../migration.ts';

/**
 * Finished cases move into tables of their own, which have the columns of the live ones. Links are
 * found by their case, to remove them with it.
 */
export const archive: Migration = {
  name: '0017-archive',
  statements: (text) => [
    `create table archived_cases (
      id ${text} primary key not null, workflow ${text} not null, workflow_version bigint not null,
      release ${text} not null, reference ${text} not null, title ${text} not null,
      team ${text} not null, starter ${text} not null, status ${text} not null, outcome ${text},
      states ${text} not null, parent ${text}, snapshot ${text} not null, version bigint not null,
      head ${text} not null, created_at bigint not null, updated_at bigint not null,
      archived_at bigint not null)`,
    'create index archived_cases_newest on archived_cases (created_at desc, id)',
    `create index archived_cases_of_team on archived_cases
      (team, status, created_at desc, id)`,
    `create index archived_cases_of_workflow_and_team on archived_cases
      (workflow, team, status, created_at desc, id, workflow_version)`,
    `create index archived_cases_in_order_of_reference on archived_cases
      (reference, id, team, workflow)`,

    `create table archived_events (
      case_id ${text} not null references archived_cases (id), seq bigint not null,
      at bigint not null, kind ${text} not null, actor ${text} not null, body ${text} not null,
      snapshot_digest ${text} not null, previous ${text} not null, hash ${text} not null,
      primary key (case_id, seq))`,

    `create table archived_tasks (
      id ${text} primary key not null, case_id ${text} not null references archived_cases (id),
      state ${text} not null, visit bigint not null, item bigint, kind ${text} not null,
      title ${text} not null, form ${text} not null, role ${text} not null, roles ${text},
      assignee ${text}, delegated_by ${text}, not_by ${text} not null, status ${text} not null,
      due bigint not null, created_at bigint not null, completed_by ${text}, completed_at bigint)`,
    'create index archived_tasks_of_case on archived_tasks (case_id)',

    `create table archived_links (
      hash ${text} primary key not null, case_id ${text} not null references archived_cases (id),
      purpose ${text} not null, task_id ${text}, expires_at bigint not null)`,
    'create index archived_links_of_case on archived_links (case_id)',
    'create index links_of_case on links (case_id)',
  ],
};
