import type { Governance } from '../../ports/governance.ts';
import { NO_ACT } from '../../governance/acts.ts';
import { parseRelease } from '../../ports/registry.ts';
import type { Database } from './database.ts';
import type { Session } from './session.ts';
import type { ActColumns, KeyColumns, ProposalColumns } from './tables/governance.ts';
import { storedAct, storedKey, storedProposal } from './tables/governance.ts';
import { writeStep } from './write-governance-step.ts';

/** Rolls back a step that does not follow what stands. */
const STALE = 'stale';

export function createGovernance(database: Database): Governance {
  const { read } = database;
  const newest = database.statement(
    'newest_governance_act',
    'select hash from governance_acts order by seq desc limit 1',
  );
  const follows = async (session: Session, previous: string): Promise<boolean> => {
    const [row] = (await session.all(newest)) as Pick<ActColumns, 'hash'>[];
    return (row?.hash ?? NO_ACT.hash) === previous;
  };
  return {
    commit: async (step) => {
      // Refused before anything is written.
      if (step.release !== undefined) parseRelease(step.release.release);
      const refusal = await database.attempt(async (session) => {
        if (!(await follows(session, step.acts[0].previous))) return STALE;
        return (await writeStep(step, session, database)) ? undefined : STALE;
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
