import type { CaseHead, Checkpoint } from '../../../governance/checkpoint.ts';
import { leafText } from '../../../governance/checkpoint.ts';
import type { LeafPart } from '../../../ports/checkpoints.ts';
import type { Batch } from '../batch.ts';
import { insertInto } from '../batch.ts';
import type { Columns, RowOf } from '../columns.ts';

const CHECKPOINT = {
  number: 'bigint',
  at: 'bigint',
  covers: 'bigint',
  previous: 'text',
  leaves: 'bigint',
  root: 'text',
  act_seq: 'bigint',
  act_hash: 'text',
  key: 'text',
  signature: 'text',
} as const satisfies Columns;

const LEAVES = { checkpoint: 'bigint', part: 'bigint', leaves: 'text' } as const satisfies Columns;
const HEAD = { case_id: 'text', seq: 'bigint' } as const satisfies Columns;

export type CheckpointColumns = RowOf<typeof CHECKPOINT>;
export type LeafColumns = RowOf<typeof LEAVES>;

/** How many leaves stand in one row. */
const LEAVES_A_PART = 1_000;

export const addCheckpoints = insertInto('checkpoints', CHECKPOINT, 'number');
export const addLeaves = insertInto('checkpoint_leaves', LEAVES, 'checkpoint');

/** Forgets heads of cases in the archive that a checkpoint states. */
export const dropArchivedHeads: Batch<typeof HEAD> = {
  name: 'drop_archived_heads',
  columns: HEAD,
  text: `delete from archived_heads where exists
    (select 1 from v where v.case_id = archived_heads.case_id and v.seq >= archived_heads.seq)`,
};

export function checkpointColumns({ act, ...facts }: Checkpoint): CheckpointColumns {
  return { ...facts, act_seq: act.seq, act_hash: act.hash };
}

export function storedCheckpoint(row: CheckpointColumns): Checkpoint {
  return {
    number: row.number,
    at: row.at,
    covers: row.covers,
    previous: row.previous,
    leaves: row.leaves,
    root: row.root,
    act: { seq: row.act_seq, hash: row.act_hash },
    key: row.key,
    signature: row.signature,
  };
}

/** The leaves of a checkpoint, many to a row and a line each. */
export function leafColumns(checkpoint: number, heads: readonly CaseHead[]): LeafColumns[] {
  const rows: LeafColumns[] = [];
  for (let from = 0; from < heads.length; from += LEAVES_A_PART) {
    const leaves = heads.slice(from, from + LEAVES_A_PART).map(leafText);
    rows.push({ checkpoint, part: rows.length + 1, leaves: leaves.join('\n') });
  }
  return rows;
}

export function leafPart({ part, leaves }: LeafColumns): LeafPart {
  return { part, leaves: leaves.split('\n') };
}
