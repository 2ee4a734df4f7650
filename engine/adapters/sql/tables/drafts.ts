import type { DraftRow, DraftStatus, WorkflowDraft } from '../../../ports/drafts.ts';
import type { Batch } from '../batch.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

const DRAFT = {
  id: 'text',
  workflow: 'text',
  status: 'text',
  revision: 'bigint',
  changed_at: 'bigint',
  source: 'text',
  facts: 'text',
} as const satisfies Columns;

export type DraftColumns = RowOf<typeof DRAFT>;

const NAMES = Object.keys(DRAFT).join(', ');
const CHANGED = ['status', 'revision', 'changed_at', 'source', 'facts']
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');

/** Saves drafts that are the revision after the one that stands; `and` is asked of that one too. */
function saving(name: string, and: string): Batch<typeof DRAFT> {
  const before = `select 1 from workflow_drafts as one where one.id = v.id and one.revision = v.revision - 1`;
  return {
    name,
    columns: DRAFT,
    text: `insert into workflow_drafts (${NAMES}) select ${NAMES} from v
      where id is not null and (revision = 1 or exists (${before}))
      on conflict (id) do update set ${CHANGED}
      where workflow_drafts.revision = excluded.revision - 1 ${and}`,
  };
}

/** Of what its author writes: only while it is a draft. */
export const saveDrafts = saving('save_drafts', `and workflow_drafts.status = 'draft'`);
/** Of what is decided about it. */
export const moveDrafts = saving('move_drafts', '');

export function draftColumns({ source, ...draft }: WorkflowDraft): DraftColumns {
  const { id, workflow, status, revision, changedAt, ...facts } = draft;
  return {
    ...{ id, workflow, status, revision, changed_at: changedAt },
    source: toJson(source),
    facts: toJson(facts),
  };
}

export function storedDraft(row: DraftColumns): WorkflowDraft {
  return { ...draftRow(row), source: fromJson(row.source) as WorkflowDraft['source'] };
}

export function draftRow(row: Omit<DraftColumns, 'source'>): DraftRow {
  const { id, workflow, revision } = row;
  const facts = fromJson(row.facts) as Omit<
    DraftRow,
    'id' | 'workflow' | 'status' | 'revision' | 'changedAt'
  >;
  const status = row.status as DraftStatus;
  return { ...facts, id, workflow, status, revision, changedAt: row.changed_at };
}
