import type { GovernanceStep } from '../../ports/governance.ts';
import { parseRelease } from '../../ports/registry.ts';
import type { Batch } from './batch.ts';
import type { Columns, RowOf } from './columns.ts';
import type { Database } from './database.ts';
import { eraseAll } from './erase.ts';
import type { Session } from './session.ts';
import { draftColumns, moveDrafts } from './tables/drafts.ts';
import {
  actColumns,
  addActs,
  keyColumns,
  proposalColumns,
  putKeys,
  putProposals,
} from './tables/governance.ts';
import { addOut, outColumns, outKeyColumns, removeOut } from './tables/out-of-force.ts';
import { addReleases, addVersions, releaseColumns, workflowColumns } from './tables/registry.ts';

/**
 * Writes all of a governance step in the transaction of a session; answers whether every row that
 * must be new, or must stand as the step thinks, was so.
 */
export async function writeStep(
  step: GovernanceStep,
  session: Session,
  database: Pick<Database, 'batches' | 'statement'>,
): Promise<boolean> {
  const { batches } = database;
  const { acts, release, proposal, keys = [], versions = [] } = step;
  const whole: Whole = async (batch, rows) =>
    (await batches.run(session, batch, rows)) === rows.length;
  const releases = release === undefined ? [] : [release];
  const added = releases.map((one) => releaseColumns(one, parseRelease(one.release)));
  const isWhole =
    (await whole(addActs, acts.map(actColumns))) &&
    (await whole(addReleases, added)) &&
    (await whole(addVersions, versions.map(workflowColumns))) &&
    (await moveWhole(step, whole)) &&
    (step.erased === undefined || (await eraseAll(step.erased, session, database)));
  if (!isWhole) return false;
  await batches.run(
    session,
    putProposals,
    proposal === undefined ? [] : [proposalColumns(proposal)],
  );
  await batches.run(session, putKeys, keys.map(keyColumns));
  return true;
}

/** Tells whether a batch changed a row for each that it was given. */
type Whole = <C extends Columns>(batch: Batch<C>, rows: readonly RowOf<C>[]) => Promise<boolean>;

/** Moves drafts on, and what is in force or out of it. */
async function moveWhole(
  { drafts = [], takenOut = [], putBack = [] }: GovernanceStep,
  whole: Whole,
): Promise<boolean> {
  return (
    (await whole(moveDrafts, drafts.map(draftColumns))) &&
    (await whole(addOut, takenOut.map(outColumns))) &&
    (await whole(removeOut, putBack.map(outKeyColumns)))
  );
}
