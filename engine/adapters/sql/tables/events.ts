import type { AuditEntry } from '../../../ports/step.ts';
import type { PersonalPart, Sealed, SealedBody } from '../../../governance/erasure/sealed.ts';
import { personalPart, publicBody, wholeBody } from '../../../governance/erasure/sealed.ts';
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
  sealed: 'text?',
  personal: 'text?',
  snapshot_digest: 'text',
  previous: 'text',
  hash: 'text',
} as const satisfies Columns;

export type EventColumns = RowOf<typeof EVENT>;

export const addEvents = insertInto('events', EVENT, 'case_id');

export function eventColumns(entry: AuditEntry): EventColumns {
  const personal = personalPart(entry);
  return {
    case_id: entry.caseId,
    seq: entry.seq,
    at: entry.at,
    kind: entry.kind,
    actor: toJson(entry.actor),
    body: toJson(publicBody(entry)),
    sealed: entry.sealed === undefined ? null : toJson(entry.sealed),
    personal: personal === undefined ? null : toJson(personal),
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
    ...bodyOf(row),
    snapshotDigest: row.snapshot_digest,
    previous: row.previous,
    hash: row.hash,
  };
}

function bodyOf({ body, sealed, personal }: EventColumns): SealedBody {
  const stored = fromJson(body) as AuditEntry['body'];
  if (sealed === null) return { body: stored };
  return wholeBody(
    stored,
    fromJson(sealed) as Sealed,
    personal === null ? undefined : (fromJson(personal) as PersonalPart),
  );
}
