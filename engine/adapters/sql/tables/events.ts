import type { AuditEntry } from '../../../ports/step.ts';
import { insertInto } from '../batch.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

export const EVENT = {
  case_id: 'text',
  seq: 'bigint',
  at: 'bigint',
  kind: 'text',
  actor: 'text',
  body: 'text',
  snapshot_digest: 'text',
  previous: 'text',
  hash: 'text',
} as const satisfies Columns;

export type EventColumns = RowOf<typeof EVENT>;

export const addEvents = insertInto('events', EVENT, 'case_id');

export function eventColumns(entry: AuditEntry): EventColumns {
  return {
    case_id: entry.caseId,
    seq: entry.seq,
    at: entry.at,
    kind: entry.kind,
    actor: toJson(entry.actor),
    body: toJson(entry.body),
    snapshot_digest: entry.snapshotDigest,
    previous: entry.previous,
    hash: entry.hash,
  };
}

export function auditEntry(row: EventColumns): AuditEntry {
  return {
    caseId: row.case_id,
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    actor: fromJson(row.actor) as AuditEntry['actor'],
    body: fromJson(row.body) as AuditEntry['body'],
    snapshotDigest: row.snapshot_digest,
    previous: row.previous,
    hash: row.hash,
  };
}
