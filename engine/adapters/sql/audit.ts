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
      const statement = statements[place].cases;
      const rows = await database.look((s) =>
        s.all(statement, [after, upTo ?? null, upTo ?? null, limit]),
      );
      return (rows as readonly CaseColumns[]).map(auditedCase);
    },
    case: async (place, id) => {
      const rows = await database.look((s) => s.all(statements[place].case, [id]));
      return (rows as readonly CaseColumns[]).map(auditedCase)[0];
    },
    entries: async (place, { caseId, seq }, upTo, limit) => {
      const values = [caseId, seq, upTo ?? null, upTo ?? null, limit];
      const rows = await database.look((s) => s.all(statements[place].entries, values));
      return (rows as readonly EventColumns[]).map(storedEntry);
    },
  };

  function statementsFor(
    place: CasePlace,
  ): Readonly<Record<'cases' | 'case' | 'entries', Statement>> {
    const [cases, events] = TABLES[place];
    return {
      cases: database.statement(
        `audit_${cases}`,
        `select ${CASE} from ${cases} where id > ? and (cast(? as text) is null or id <= ?)
          order by id limit ?`,
      ),
      case: database.statement(
        `audit_one_of_${cases}`,
        `select ${CASE} from ${cases} where id = ?`,
      ),
      entries: database.statement(
        `audit_${events}`,
        `select case_id, seq, at, kind, actor, body, sealed, personal, snapshot_digest, previous,
          hash from ${events}
          where (case_id, seq) > (?, ?) and (cast(? as text) is null or case_id <= ?)
          order by case_id, seq limit ?`,
      ),
    };
  }
}

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
