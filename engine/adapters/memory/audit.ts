import { personalPart, publicBody } from '../../governance/erasure/sealed.ts';
import type { AuditReader, AuditedCase, CasePlace, StoredEntry } from '../../ports/audit.ts';
import type { AuditEntry, StoredCase } from '../../ports/step.ts';
import { answer } from './answer.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createAuditReader({ cases, archive, events }: Tables): AuditReader {
  const casesIn = (place: CasePlace): readonly StoredCase[] =>
    (place === 'live' ? [...cases.values()] : [...archive.values()].map(({ stored }) => stored))
      .slice()
      .sort((a, b) => byText(a.id, b.id));
  const historyIn = (place: CasePlace, id: string): readonly AuditEntry[] =>
    (place === 'live' ? events.get(id) : archive.get(id)?.history) ?? [];
  return {
    cases: (place, after, upTo, limit) =>
      answer(() =>
        casesIn(place)
          .filter(({ id }) => id > after && (upTo === undefined || id <= upTo))
          .slice(0, limit)
          .map(auditedCase),
      ),
    case: (place, id) =>
      answer(() => {
        const found = casesIn(place).find((one) => one.id === id);
        return found && auditedCase(found);
      }),
    entries: (place, { caseId, seq }, upTo, limit) =>
      answer(() =>
        casesIn(place)
          .filter(({ id }) => id >= caseId && (upTo === undefined || id <= upTo))
          .flatMap(({ id }) => historyIn(place, id))
          .filter((one) => one.caseId > caseId || one.seq > seq)
          .slice(0, limit)
          .map(storedEntry),
      ),
  };
}

function auditedCase({ id, reference, version, head, snapshot }: StoredCase): AuditedCase {
  return { id, reference, version, head, snapshot };
}

function storedEntry(entry: AuditEntry): StoredEntry {
  const { caseId, seq, at, kind, actor, sealed, snapshotDigest, previous, hash } = entry;
  const personal = personalPart(entry);
  return {
    ...{ caseId, seq, at, kind, actor: JSON.stringify(actor) },
    body: JSON.stringify(publicBody(entry)),
    ...(sealed === undefined ? {} : { sealed: JSON.stringify(sealed) }),
    ...(personal === undefined ? {} : { personal: JSON.stringify(personal) }),
    ...{ snapshotDigest, previous, hash },
  };
}
