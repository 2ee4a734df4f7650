import type { CaseErasure, Erasures, RecordErasure, WriteErasure } from '../../ports/erasure.ts';
import type { Database } from './database.ts';
import { toJson } from './json.ts';
import type { Session } from './session.ts';
import { insertInto } from './batch.ts';
import { EVENT, addEvents, eventColumns } from './tables/events.ts';

type Parts = Pick<Database, 'batches' | 'statement'>;

/** An entry of a case in the archive. */
const addArchivedEvents = insertInto('archived_events', EVENT, 'case_id');

/**
 * Erases in the transaction of a session; answers whether every case and record was as the step thought.
 */
export async function eraseAll(
  { cases, records, writes }: Erasures,
  session: Session,
  parts: Parts,
): Promise<boolean> {
  for (const one of cases) if (!(await eraseCase(one, session, parts))) return false;
  for (const one of records) if (!(await eraseRecord(one, session, parts))) return false;
  for (const one of writes) await eraseWrite(one, session, parts);
  return true;
}

async function eraseCase(one: CaseErasure, session: Session, parts: Parts): Promise<boolean> {
  const { entry, place } = one;
  const { caseId } = entry;
  const run = runner(session, parts);
  const prefix = place === 'live' ? '' : 'archived_';
  const changed = await run(
    `erase_${prefix}case`,
    `update ${prefix}cases set snapshot = ?, version = ?, head = ?, updated_at = ?
      where id = ? and version = ? and status = 'finished'
      and not exists (select 1 from ${place === 'live' ? 'archived_' : ''}cases as other where other.id = ?)
      and not exists (select 1 from jobs where jobs.case_id = ?)
      and not exists (select 1 from incidents where incidents.case_id = ?)`,
    [one.snapshot, entry.seq, entry.hash, entry.at, caseId, entry.seq - 1, caseId, caseId, caseId],
  );
  if (changed !== 1) return false;
  await run(
    `erase_${prefix}events`,
    `update ${prefix}events set personal = null where case_id = ? and personal is not null`,
    [caseId],
  );
  const add = place === 'live' ? addEvents : addArchivedEvents;
  await parts.batches.run(session, add, [eventColumns(entry)]);
  if (place === 'archive') {
    await run(
      'state_erased_head',
      `insert into archived_heads (case_id, seq, hash) values (?, ?, ?)
        on conflict (case_id) do update set seq = excluded.seq, hash = excluded.hash`,
      [caseId, entry.seq, entry.hash],
    );
  }
  await eraseBeside(one, prefix, run);
  return true;
}

/** What else was stored of the case. */
async function eraseBeside(one: CaseErasure, prefix: string, run: Run): Promise<void> {
  const { caseId } = one.entry;
  for (const { id, title } of one.titles) {
    await run(`erase_${prefix}title`, `update ${prefix}tasks set title = ? where id = ?`, [
      title,
      id,
    ]);
  }
  await run(
    'erase_file_parts',
    'delete from file_parts where file_id in (select id from files where case_id = ?)',
    [caseId],
  );
  await run('erase_files', 'delete from files where case_id = ?', [caseId]);
  await run('erase_subscriptions', 'delete from subscriptions where case_id = ?', [caseId]);
  await run(
    'erase_bulk',
    'update bulk_cases set outlook = null, message = null where case_id = ?',
    [caseId],
  );
  // The digest of what was sent would give short values away; one key a value, for they are unique.
  await run(
    'erase_submissions',
    `update submissions set digest = '', key = case when key like 'once/%' then 'erased/' || ? else key end
      where answer like ?`,
    [caseId, `%"${caseId}"%`],
  );
  await run(
    'erase_begun_forms',
    `delete from kept_values where purpose = 'draft' and value like ?`,
    [`%${caseId}%`],
  );
  for (const text of one.texts) {
    await run('erase_message_key', `update messages set key = '' where consumed = 1 and key = ?`, [
      text,
    ]);
  }
}

async function eraseRecord(
  { type, key, version, value }: RecordErasure,
  session: Session,
  parts: Parts,
): Promise<boolean> {
  const run = runner(session, parts);
  const changed =
    value === undefined
      ? await run(
          'erase_record',
          'delete from records where type = ? and key = ? and version = ?',
          [type, key, version],
        )
      : await run(
          'empty_record',
          `update records set value = ?, version = version + 1
            where type = ? and key = ? and version = ?`,
          [toJson(value), type, key, version],
        );
  return changed === 1;
}

async function eraseWrite(
  { effect, value, key }: WriteErasure,
  session: Session,
  parts: Parts,
): Promise<void> {
  await runner(session, parts)(
    'erase_record_write',
    `update record_writes set value = ?, key = coalesce(?, key),
      unique_key = case when cast(? as text) is null then unique_key end where effect = ?`,
    [toJson(value), key ?? null, key ?? null, effect],
  );
}

type Run = (
  name: string,
  text: string,
  values: readonly (string | number | null)[],
) => Promise<number>;

/** Runs a statement that changes rows, and answers how many. */
function runner(session: Session, { statement }: Parts): Run {
  return async (name, text, values) => session.run(statement(name, text), [...values]);
}
