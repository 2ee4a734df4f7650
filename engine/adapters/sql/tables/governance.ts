import type { GovernanceAct } from '../../../governance/acts.ts';
import { insertInto } from '../batch.ts';
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

export type ActColumns = RowOf<typeof ACT>;

export const addActs = insertInto('governance_acts', ACT, 'seq');

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
