import type { Migration } from '../migration.ts';

/** What people upload, in parts that fit into memory. SQLite stores bytes whatever the type is called. */
export const files: Migration = {
  name: '0010-files',
  statements: (text) => [
    `create table files (
      id ${text} primary key not null, owner ${text} not null, name ${text} not null,
      media_type ${text} not null, size bigint, sha256 ${text}, case_id ${text},
      keep_until bigint not null)`,
    'create index files_kept on files (keep_until) where case_id is null',
    'create index files_by_owner on files (owner)',
    `create table file_parts (
      file_id ${text} not null references files (id) on delete cascade, part bigint not null,
      bytes bytea not null, primary key (file_id, part))`,
  ],
};
