import type { Link } from '../../../ports/step.ts';
import { insertInto } from '../batch.ts';
import { present } from '../columns.ts';
import type { Columns, RowOf } from '../columns.ts';

export const LINK = {
  hash: 'text',
  case_id: 'text',
  purpose: 'text',
  task_id: 'text?',
  expires_at: 'bigint',
} as const satisfies Columns;

export type LinkColumns = RowOf<typeof LINK>;

export const addLinks = insertInto('links', LINK, 'hash');

export function linkColumns(link: Link): LinkColumns {
  return {
    hash: link.hash,
    case_id: link.caseId,
    purpose: link.purpose,
    task_id: link.taskId ?? null,
    expires_at: link.expiresAt,
  };
}

export function storedLink(row: LinkColumns): Link {
  return {
    hash: row.hash,
    caseId: row.case_id,
    purpose: row.purpose as Link['purpose'],
    ...present('taskId', row.task_id),
    expiresAt: row.expires_at,
  };
}
