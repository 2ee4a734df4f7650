import type { GovernanceAct } from '../../../governance/acts.ts';
import type { Proposal } from '../../../governance/proposals/proposal.ts';
import type { ApprovalKey } from '../../../ports/approval-keys.ts';
import { insertInto, replaceIn } from '../batch.ts';
import { present } from '../columns.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

const ACT = {
  seq: 'bigint',
  at: 'bigint',
  kind: 'text',
  actor: 'text',
  body: 'text',
  previous: 'text',
  hash: 'text',
} as const satisfies Columns;

const PROPOSAL = {
  number: 'bigint',
  content: 'text',
  changed_at: 'bigint',
} as const satisfies Columns;

const KEY = {
  key: 'text',
  email: 'text',
  sealed: 'text?',
  created_at: 'bigint',
  revoked_at: 'bigint?',
} as const satisfies Columns;

export type ActColumns = RowOf<typeof ACT>;
export type ProposalColumns = RowOf<typeof PROPOSAL>;
export type KeyColumns = RowOf<typeof KEY>;

export const addActs = insertInto('governance_acts', ACT, 'seq');
export const putProposals = replaceIn('proposals', PROPOSAL, 'number');
export const putKeys = replaceIn('approval_keys', KEY, 'key');

export function actColumns(act: GovernanceAct): ActColumns {
  return { ...act, actor: toJson(act.actor), body: toJson(act.body) };
}

export function storedAct(row: ActColumns): GovernanceAct {
  return {
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    actor: fromJson(row.actor) as GovernanceAct['actor'],
    body: fromJson(row.body) as GovernanceAct['body'],
    previous: row.previous,
    hash: row.hash,
  };
}

export function proposalColumns(proposal: Proposal): ProposalColumns {
  const { number, changedAt } = proposal;
  return { number, content: toJson(proposal), changed_at: changedAt };
}

export function storedProposal({ content }: ProposalColumns): Proposal {
  return fromJson(content) as Proposal;
}

export function keyColumns(one: ApprovalKey): KeyColumns {
  return {
    key: one.key,
    email: one.email,
    sealed: one.sealed ?? null,
    created_at: one.createdAt,
    revoked_at: one.revokedAt ?? null,
  };
}

export function storedKey(row: KeyColumns): ApprovalKey {
  return {
    key: row.key,
    email: row.email,
    ...present('sealed', row.sealed),
    createdAt: row.created_at,
    ...present('revokedAt', row.revoked_at),
  };
}
