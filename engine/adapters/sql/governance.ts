import type { Governance } from '../../ports/governance.ts';
import { NO_ACT } from '../../governance/acts.ts';
import { parseRelease } from '../../ports/registry.ts';
import type { Database } from './database.ts';
import type { Session } from './session.ts';
import type { ActColumns, KeyColumns, ProposalColumns } from './tables/governance.ts';
import {
  actColumns,
  addActs,
  keyColumns,
  proposalColumns,
  putKeys,
  putProposals,
  storedAct,
  storedKey,
  storedProposal,
} from './tables/governance.ts';
import { addReleases, addVersions, releaseColumns, workflowColumns } from './tables/registry.ts';

/** Rolls back a step that does not follow what stands. */
const STALE = 'stale';

export function createGovernance(database: Database): Governance {
  const { batches, read } = database;
  const newest = database.statement(
    'newest_governance_act',
    'select hash from governance_acts order by seq desc limit 1',
  );
  const follows = async (session: Session, previous: string): Promise<boolean> => {
    const [row] = (await session.all(newest)) as Pick<ActColumns, 'hash'>[];
    return (row?.hash ?? NO_ACT.hash) === previous;
  };
  return {
    commit: async ({ acts, release, proposal, keys = [], versions = [] }) => {
      const proposals = proposal === undefined ? [] : [proposalColumns(proposal)];
      const releases = release === undefined ? [] : [release];
      const added = releases.map((one) => releaseColumns(one, parseRelease(one.release)));
      const refusal = await database.attempt(async (session) => {
        if (!(await follows(session, acts[0].previous))) return STALE;
        const all = async (adding: Promise<number>, rows: number): Promise<boolean> =>
          (await adding) === rows;
        const isWhole =
          (await all(batches.run(session, addActs, acts.map(actColumns)), acts.length)) &&
          (await all(batches.run(session, addReleases, added), added.length)) &&
          (await all(
            batches.run(session, addVersions, versions.map(workflowColumns)),
            versions.length,
          ));
        if (!isWhole) return STALE;
        await batches.run(session, putProposals, proposals);
        await batches.run(session, putKeys, keys.map(keyColumns));
        return undefined;
      });
      return refusal === undefined;
    },
    newestAct: async () => {
      const row = await read<ActColumns>('governance_acts').orderBy('seq', 'desc').first();
      return row === undefined ? NO_ACT : { seq: row.seq, hash: row.hash };
    },
    acts: async (after, limit) => {
      const rows = await read<ActColumns>('governance_acts')
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit);
      return rows.map(storedAct);
    },
    proposal: async (number) => {
      const row = await read<ProposalColumns>('proposals').where({ number }).first();
      return row && storedProposal(row);
    },
    proposals: async (before, limit) => {
      const query = read<ProposalColumns>('proposals').orderBy('number', 'desc').limit(limit);
      if (before !== undefined) query.where('number', '<', before);
      return (await query).map(storedProposal);
    },
    keys: async () =>
      (await read<KeyColumns>('approval_keys').orderBy(['created_at', 'key'])).map(storedKey),
  };
}
