import type { AuditReader, AuditedCase, CasePlace, StoredEntry } from '../../ports/audit.ts';
import { present } from './columns.ts';
import type { Database } from './database.ts';
import type { Statement } from './session.ts';
import type { CaseColumns } from './tables/cases.ts';
import type { EventColumns } from './tables/events.ts';

const TABLES: Readonly<Record<CasePlace, readonly [string, string]>> = {
  live: ['cases', 'events'],
  archive: ['archived_cases', 'archived_events'],
};

const CASE = 'id, reference, version, head, snapshot';

/** Creates a reader that answers rows as they are, whatever somebody has put there. */
export function createAuditReader(database: Database): AuditReader {
  const statements = { live: statementsFor('live'), archive: statementsFor('archive') };
  return {
    cases: async (place, after, upTo, limit) => {
      const { cases, casesUpTo } = statements[place];
      const rows = await database.look((s) =>
        upTo === undefined ? s.all(cases, [after, limit]) : s.all(casesUpTo, [after, upTo, limit]),
      );
      return (rows as readonly CaseColumns[]).map(auditedCase);
    },
    case: async (place, id) => {
      const rows = await database.look((s) => s.all(statements[place].case, [id]));
      return (rows as readonly CaseColumns[]).map(auditedCase)[0];
    },
    entries: async (place, { caseId, seq }, upTo, limit) => {
      const { entries, entriesUpTo } = statements[place];
      const rows = await database.look((s) =>
        upTo === undefined
          ? s.all(entries, [caseId, seq, limit])
          : s.all(entriesUpTo, [caseId, seq, upTo, limit]),
      );
      return (rows as readonly EventColumns[]).map(storedEntry);
    },
  };

  function statementsFor(place: CasePlace): Readonly<Record<AuditStatement, Statement>> {
    const [cases, events] = TABLES[place];
    // An end that may be absent is two statements: in one, an index would be read to its end each time.
    const casesTo = (name: string, end: string): Statement =>
      database.statement(
        `audit_${name}`,
        `select ${CASE} from ${cases} where id > ? ${end} order by id limit ?`,
      );
    const entriesTo = (name: string, end: string): Statement =>
      database.statement(
        `audit_${name}`,
        `select case_id, seq, at, kind, actor, body, sealed, personal, snapshot_digest, previous,
          hash from ${events} where (case_id, seq) > (?, ?) ${end} order by case_id, seq limit ?`,
      );
    return {
      cases: casesTo(cases, ''),
      casesUpTo: casesTo(`${cases}_up_to`, 'and id <= ?'),
      case: database.statement(
        `audit_one_of_${cases}`,
        `select ${CASE} from ${cases} where id = ?`,
      ),
      entries: entriesTo(events, ''),
      entriesUpTo: entriesTo(`${events}_up_to`, 'and case_id <= ?'),
    };
  }
}

type AuditStatement = 'cases' | 'casesUpTo' | 'case' | 'entries' | 'entriesUpTo';

function auditedCase({ id, reference, version, head, snapshot }: CaseColumns): AuditedCase {
  return { id, reference, version, head, snapshot };
}

function storedEntry(row: EventColumns): StoredEntry {
  return {
    caseId: row.case_id,
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    actor: row.actor,
    body: row.body,
    ...present('sealed', row.sealed),
    ...present('personal', row.personal),
    snapshotDigest: row.snapshot_digest,
    previous: row.previous,
    hash: row.hash,
  };
}
