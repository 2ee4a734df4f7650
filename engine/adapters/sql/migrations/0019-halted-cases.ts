import type { Migration } from '../migration.ts';

/** Few cases are suspended or undone: found by their reference without looking through all that run. */
export const haltedCases: Migration = {
  name: '0019-halted-cases',
  statements: () => [
    `create index halted_cases_by_reference on cases (status, reference, id)
      where status in ('suspended', 'undoing')`,
  ],
};
