import type { Drafts } from '../../ports/drafts.ts';
import type { Database } from './database.ts';
import type { DraftColumns } from './tables/drafts.ts';
import { draftColumns, draftRow, saveDrafts, storedDraft } from './tables/drafts.ts';

export function createDrafts(database: Database): Drafts {
  const { batches, read } = database;
  return {
    draft: async (id) => {
      const row = await read<DraftColumns>('workflow_drafts').where({ id }).first();
      return row && storedDraft(row);
    },
    list: async ({ workflow, statuses }, limit) => {
      const query = read('workflow_drafts').select(
        ...['id', 'workflow', 'status', 'revision', 'changed_at', 'facts'],
      );
      if (workflow !== undefined) query.where({ workflow });
      if (statuses !== undefined) query.whereIn('status', [...statuses]);
      const rows: unknown = await query
        .orderBy([{ column: 'changed_at', order: 'desc' }, { column: 'id' }])
        .limit(limit);
      return (rows as Omit<DraftColumns, 'source'>[]).map(draftRow);
    },
    save: async (draft) =>
      (await database.use((session) => batches.run(session, saveDrafts, [draftColumns(draft)]))) ===
      1,
  };
}
