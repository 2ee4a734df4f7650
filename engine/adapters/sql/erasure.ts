import type { ErasableCase, ErasureReader } from '../../ports/erasure.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { Database } from './database.ts';
import type { CaseColumns } from './tables/cases.ts';
import { storedCase } from './tables/cases.ts';
import type { RecordColumns } from './tables/records.ts';
import { storedRecord } from './tables/records.ts';

type WriteColumns = RecordColumns & { readonly effect: string };

export function createErasureReader(database: Database): ErasureReader {
  const { dialect, read, write } = database;
  const isPostgres = dialect.name === 'PostgreSQL';
  const has = (column: string): string =>
    isPostgres ? `strpos(lower(${column} collate "C"), ?) > 0` : `instr(lower(${column}), ?) > 0`;
  const heldBy = (table: string): string =>
    `select case_id from ${table} where case_id > ? and (${has('body')} or ${has(`coalesce(personal, '')`)})`;
  const casesWith = database.statement(
    'cases_with_text',
    `select case_id from (${heldBy('events')} union ${heldBy('archived_events')}) as held
      order by case_id limit ?`,
  );
  const count = async (table: string, id: string): Promise<number> => {
    const rows = await read(table).where({ case_id: id }).count({ many: '*' });
    return Number((rows as readonly { readonly many: number | string }[])[0]?.many ?? 0);
  };
  const caseIn = async (table: string, id: string): Promise<CaseColumns | undefined> =>
    read<CaseColumns>(table).where({ id }).first();

  return {
    casesWith: async (text, after, limit) => {
      const words = jsonText(text);
      const values = [after, words, words];
      const rows = await database.look((s) => s.all(casesWith, [...values, ...values, limit]));
      return (rows as readonly { readonly case_id: string }[]).map((row) => row.case_id);
    },
    case: async (id) => {
      const [live, archived] = await Promise.all([
        caseIn('cases', id),
        caseIn('archived_cases', id),
      ]);
      const row = live ?? archived;
      if (row === undefined) return undefined;
      const place = live === undefined ? 'archive' : 'live';
      return {
        stored: storedCase(row),
        place: live !== undefined && archived !== undefined ? 'both' : place,
        jobs: await count('jobs', id),
        incidents: await count('incidents', id),
        files: await count('files', id),
      } satisfies ErasableCase;
    },
    casesRunBy: async (id) => {
      const found = new Set<string>();
      for (const table of ['cases', 'archived_cases']) {
        const rows = await read<CaseColumns>(table).whereRaw(has(`coalesce(parent, '')`), [
          jsonText(id),
        ]);
        for (const row of rows) if (storedCase(row).parent?.caseId === id) found.add(row.id);
      }
      return [...found].sort();
    },
    recordsWith: async (text) => {
      const words = jsonText(text);
      const rows = await read<RecordColumns>('records')
        .whereRaw(has('value'), [words])
        .orderBy(['type', 'key']);
      return rows.map(storedRecord);
    },
    writes: async (of) => {
      const query = read<WriteColumns>('record_writes').orderBy('effect');
      const rows = await ('caseId' in of
        ? query.where('effect', '>', `${of.caseId}/`).where('effect', '<', `${of.caseId}0`)
        : 'record' in of
          ? query.where({ type: of.record.type, key: of.record.key })
          : query.whereRaw(has('value'), [jsonText(of.text)]));
      return rows.map((row) => ({ effect: row.effect, record: storedRecord(row) }));
    },
    rewrite: async () => {
      if (isPostgres) {
        for (const table of REWRITTEN) await write.raw(`vacuum full ${table}`);
        return;
      }
      await write.raw('vacuum');
      const [{ busy = 1 } = {}] = await write.raw<readonly { readonly busy?: number }[]>(
        'pragma wal_checkpoint(truncate)',
      );
      if (busy !== 0) throw stillRead();
    },
  };
}

/** While somebody reads the file as it was, the log beside it keeps what was erased. */
function stillRead(): TrellisError {
  return new TrellisError(
    'database-unavailable',
    'Another program reads the database, so the log beside it was not emptied. Let it end, and try again.',
  );
}

/** The tables from which something is erased. */
const REWRITTEN = [
  ...['events', 'archived_events', 'cases', 'archived_cases', 'tasks', 'archived_tasks'],
  ...[
    'files',
    'file_parts',
    'submissions',
    'messages',
    'records',
    'record_writes',
    'bulk_cases',
    'kept_values',
  ],
];

/** A text as it stands in JSON, in small letters as far as A to Z. */
function jsonText(text: string): string {
  const written = JSON.stringify(text).slice(1, -1);
  return written.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
}
