import type { DraftRow, Drafts, WorkflowDraft } from '../../ports/drafts.ts';
import { answer } from './answer.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createDrafts(tables: Tables): Drafts {
  return {
    draft: (id) => Promise.resolve(tables.drafts.get(id)),
    list: ({ workflow, statuses }, limit) =>
      Promise.resolve(
        [...tables.drafts.values()]
          .filter((one) => workflow === undefined || one.workflow === workflow)
          .filter((one) => statuses === undefined || statuses.includes(one.status))
          .sort((a, b) => b.changedAt - a.changedAt || byText(a.id, b.id))
          .slice(0, limit)
          .map(rowOf),
      ),
    save: (draft) =>
      answer(() => {
        const standing = tables.drafts.get(draft.id);
        if (!isNext(draft, standing) || (standing !== undefined && standing.status !== 'draft'))
          return false;
        tables.drafts.set(draft.id, draft);
        return true;
      }),
  };
}

function rowOf(draft: WorkflowDraft): DraftRow {
  const row: DraftRow & { source?: WorkflowDraft['source'] } = { ...draft };
  delete row.source;
  return row;
}

/** Tells whether a draft is the revision after the one that stands. */
export function isNext({ revision }: WorkflowDraft, standing: WorkflowDraft | undefined): boolean {
  return revision === (standing?.revision ?? 0) + 1;
}
