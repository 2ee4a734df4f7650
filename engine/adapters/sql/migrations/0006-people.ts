import type { Migration } from '../migration.ts';

/** Tasks for several roles, or handed on by somebody; people who are away, or have left. */
export const people: Migration = {
  name: '0006-people',
  statements: (text) => [
    `alter table tasks add column roles ${text}`,
    `alter table tasks add column delegated_by ${text}`,
    `create index tasks_of_role on tasks (role, due, created_at, id)
      where kind = 'task' and status in ('open', 'claimed')`,
    `alter table users add column away ${text}`,
    'alter table users add column left_at bigint',
  ],
};
