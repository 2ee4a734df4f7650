import type { Migration } from '../migration.ts';

/** The tables of the first release. A migration never changes once it is out. */
export const walkingProduct: Migration = {
  name: '0001-walking-product',
  statements: (text) => [
    `create table core_releases (
      release ${text} primary key not null, line bigint not null, number bigint not null,
      digest ${text} not null, files ${text} not null, created_at bigint not null)`,

    `create table workflow_versions (
      name ${text} not null, version bigint not null, digest ${text} not null,
      release ${text} not null, source ${text} not null, pins ${text} not null,
      published_at bigint not null,
      primary key (name, version))`,

    `create table cases (
      id ${text} primary key not null, workflow ${text} not null, workflow_version bigint not null,
      release ${text} not null, reference ${text} not null, title ${text} not null,
      team ${text} not null, starter ${text} not null, status ${text} not null, outcome ${text},
      states ${text} not null, parent ${text}, snapshot ${text} not null, version bigint not null,
      head ${text} not null, created_at bigint not null, updated_at bigint not null)`,
    'create index cases_newest on cases (created_at desc, id)',
    'create index cases_of_workflow on cases (workflow, created_at desc, id)',
    'create index cases_by_reference on cases (reference)',

    `create table events (
      case_id ${text} not null references cases (id), seq bigint not null, at bigint not null,
      kind ${text} not null, actor ${text} not null, body ${text} not null,
      snapshot_digest ${text} not null, previous ${text} not null, hash ${text} not null,
      primary key (case_id, seq))`,

    `create table tasks (
      id ${text} primary key not null, case_id ${text} not null references cases (id),
      state ${text} not null, visit bigint not null, kind ${text} not null, title ${text} not null,
      form ${text} not null, role ${text} not null, assignee ${text}, not_by ${text} not null,
      status ${text} not null, due bigint not null, created_at bigint not null,
      completed_by ${text}, completed_at bigint)`,
    'create index tasks_of_case on tasks (case_id)',
    `create index tasks_of_team on tasks (role, due, created_at, id)
      where kind = 'task' and status = 'open' and assignee is null`,
    `create index tasks_of_person on tasks (assignee, due, created_at, id)
      where kind = 'task' and status in ('open', 'claimed')`,
    `create index tasks_done on tasks (completed_by, completed_at desc, id)
      where kind = 'task' and status = 'done'`,

    `create table jobs (
      id ${text} primary key not null, case_id ${text} not null, kind ${text} not null,
      state ${text}, visit bigint, payload ${text} not null, run_at bigint not null,
      free_at bigint not null, attempts bigint not null, untried bigint not null)`,
    'create index jobs_due on jobs (free_at, id)',
    'create index jobs_of_visit on jobs (case_id, state, visit)',

    `create table subscriptions (
      case_id ${text} not null references cases (id), state ${text} not null,
      visit bigint not null, message ${text} not null, key ${text} not null,
      not_before bigint not null, primary key (case_id, state, visit, message, key))`,
    'create index subscriptions_by_message on subscriptions (message, key)',

    `create table messages (
      id ${text} primary key not null, name ${text} not null, key ${text} not null,
      body ${text} not null, received_at bigint not null, expires_at bigint not null,
      consumed bigint not null)`,
    'create index messages_kept on messages (name, key) where consumed = 0',
    'create index messages_by_expiry on messages (expires_at)',

    `create table submissions (
      key ${text} primary key not null, digest ${text} not null, answer ${text} not null,
      at bigint not null)`,

    `create table incidents (
      id ${text} primary key not null, case_id ${text} not null references cases (id),
      state ${text}, visit bigint, job ${text} not null, code ${text} not null,
      message ${text} not null, opened_at bigint not null)`,
    'create index incidents_of_case on incidents (case_id)',

    `create table links (
      hash ${text} primary key not null, case_id ${text} not null references cases (id),
      purpose ${text} not null, task_id ${text}, expires_at bigint not null)`,

    `create table users (
      id ${text} primary key not null, name ${text} not null, email ${text} not null,
      email_key ${text} not null unique, roles ${text} not null, teams ${text} not null,
      password ${text} not null, created_at bigint not null)`,

    `create table kept_values (
      purpose ${text} not null, hash ${text} not null, value ${text} not null,
      expires_at bigint not null, primary key (purpose, hash))`,
    'create index kept_values_by_expiry on kept_values (expires_at)',

    `create table counters (name ${text} primary key not null, value bigint not null)`,
  ],
};
