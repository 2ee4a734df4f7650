import { publicBody, wholeBody } from '../../governance/erasure/sealed.ts';
import type { CaseErasure, ErasureReader, Erasures, WrittenOf } from '../../ports/erasure.ts';
import type { StoredRecord } from '../../ports/records.ts';
import type { AuditEntry, StoredCase } from '../../ports/step.ts';
import { answer } from './answer.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createErasureReader(tables: Tables): ErasureReader {
  const { cases, archive, events, jobs, incidents, files } = tables;
  return {
    casesWith: (text, after, limit) =>
      answer(() => {
        const live = [...events].map(([id, history]) => ({ id, history }));
        const archived = [...archive].map(([id, { history }]) => ({ id, history }));
        const held = [...live, ...archived]
          .filter(({ history }) => history.some(({ body }) => has(body, text)))
          .map(({ id }) => id);
        return [...new Set(held)]
          .filter((id) => id > after)
          .sort(byText)
          .slice(0, limit);
      }),
    casesRunBy: (id) =>
      answer(() => {
        const all = [...cases.values(), ...[...archive.values()].map(({ stored }) => stored)];
        const run = all.filter(({ parent }) => parent?.caseId === id);
        return [...new Set(run.map((one) => one.id))].sort(byText);
      }),
    case: (id) =>
      answer(() => {
        const [live, archived] = [cases.get(id), archive.get(id)?.stored];
        const stored = live ?? archived;
        if (stored === undefined) return undefined;
        const place = live === undefined ? 'archive' : 'live';
        return {
          stored,
          place: live !== undefined && archived !== undefined ? 'both' : place,
          jobs: [...jobs.values()].filter(({ job }) => job.caseId === id).length,
          incidents: [...incidents.values()].filter(({ caseId }) => caseId === id).length,
          files: [...files.values()].filter(({ file }) => file.caseId === id).length,
        };
      }),
    recordsWith: (text) =>
      answer(() => [...tables.records.values()].filter(({ value }) => has(value, text))),
    writes: (of) =>
      answer(() =>
        [...tables.recordWrites]
          .filter(([effect, record]) => isWrittenOf(effect, record, of))
          .map(([effect, record]) => ({ effect, record })),
      ),
    rewrite: () => Promise.resolve(),
  };
}

function isWrittenOf(effect: string, { type, key, value }: StoredRecord, of: WrittenOf): boolean {
  if ('caseId' in of) return effect.startsWith(`${of.caseId}/`);
  if ('record' in of) return type === of.record.type && key === of.record.key;
  return has(value, of.text);
}

/** Tells whether each case and record is as the step thought. */
export function canErase(erasures: Erasures | undefined, tables: Tables): boolean {
  if (erasures === undefined) return true;
  const { cases, records } = erasures;
  return (
    cases.every((one) => canEraseCase(one, tables)) &&
    records.every(
      ({ type, key, version }) =>
        tables.records.get(JSON.stringify([type, key]))?.version === version,
    )
  );
}

function canEraseCase({ place, entry: { caseId, seq } }: CaseErasure, tables: Tables): boolean {
  const [live, archived] = [tables.cases.get(caseId), tables.archive.get(caseId)?.stored];
  if (live !== undefined && archived !== undefined) return false;
  const stored = place === 'live' ? live : archived;
  return (
    stored?.version === seq - 1 &&
    stored.status === 'finished' &&
    ![...tables.jobs.values()].some(({ job }) => job.caseId === caseId) &&
    ![...tables.incidents.values()].some((incident) => incident.caseId === caseId)
  );
}

/** Erases what can be. */
export function erase({ cases, records, writes }: Erasures, tables: Tables): void {
  for (const one of cases) eraseCase(one, tables);
  for (const { type, key, value } of records) {
    const id = JSON.stringify([type, key]);
    const record = tables.records.get(id);
    if (record === undefined || value === undefined) tables.records.delete(id);
    else tables.records.set(id, { ...record, value, version: record.version + 1 });
  }
  for (const { effect, value, key } of writes) {
    const record = tables.recordWrites.get(effect);
    if (record === undefined) continue;
    const { unique, ...rest } = record;
    tables.recordWrites.set(effect, {
      ...rest,
      ...(unique === undefined || key !== undefined ? {} : { unique }),
      ...{ value, key: key ?? record.key },
    });
  }
}

function eraseCase({ place, entry, snapshot, titles, texts }: CaseErasure, tables: Tables): void {
  const { caseId, seq, hash, at } = entry;
  const after = (stored: StoredCase): StoredCase => ({
    ...stored,
    ...{ snapshot, version: seq, head: hash, updatedAt: at },
  });
  const [stored, archived] = [tables.cases.get(caseId), tables.archive.get(caseId)];
  const titled = new Map(titles.map(({ id, title }) => [id, title]));
  if (place === 'live' && stored !== undefined) {
    tables.cases.set(caseId, after(stored));
    tables.events.set(caseId, [...(tables.events.get(caseId) ?? []).map(emptied), entry]);
    for (const [id, title] of titled) {
      const task = tables.tasks.get(id);
      if (task !== undefined) tables.tasks.set(id, { ...task, title });
    }
  } else if (archived !== undefined) {
    tables.archive.set(caseId, {
      stored: after(archived.stored),
      history: [...archived.history.map(emptied), entry],
      tasks: archived.tasks.map((task) => ({ ...task, title: titled.get(task.id) ?? task.title })),
      links: archived.links,
    });
  }
  eraseBeside(caseId, new Set(texts), tables);
}

function eraseBeside(caseId: string, texts: ReadonlySet<string>, tables: Tables): void {
  eraseSent(caseId, tables);
  const { messages, bulkCases } = tables;
  for (const [id, one] of messages) {
    if (!one.consumed || !texts.has(one.message.key)) continue;
    messages.set(id, { ...one, message: { ...one.message, key: '' } });
  }
  for (const cases of bulkCases.values()) {
    const one = cases.get(caseId);
    if (one === undefined) continue;
    const { reference, result, version } = one;
    cases.set(caseId, { caseId, reference, result, version });
  }
}

/** Files, forms of the case that are still kept, what it listened for, and the digests of what was sent. */
function eraseSent(caseId: string, tables: Tables): void {
  const { files, keptValues, subscriptions, submissions } = tables;
  for (const [key, { purpose, value }] of keptValues) {
    if (purpose === 'draft' && value.includes(caseId)) keptValues.delete(key);
  }
  for (const [id, { file }] of files) if (file.caseId === caseId) files.delete(id);
  for (const [id, one] of subscriptions) if (one.caseId === caseId) subscriptions.delete(id);
  for (const [key, one] of submissions) {
    if (!JSON.stringify(one.answer).includes(`"${caseId}"`)) continue;
    const anew = key.startsWith('once/') ? `erased/${caseId}` : key;
    submissions.delete(key);
    submissions.set(anew, { ...one, key: anew, digest: '' });
  }
}

function emptied(entry: AuditEntry): AuditEntry {
  const { caseId, seq, at, kind, actor, sealed, snapshotDigest, previous, hash } = entry;
  if (sealed === undefined) return entry;
  return {
    ...{ caseId, seq, at, kind, actor },
    ...wholeBody(publicBody(entry), sealed, undefined),
    ...{ snapshotDigest, previous, hash },
  };
}

function has(value: unknown, text: string): boolean {
  const inner = JSON.stringify(text).slice(1, -1);
  return small(JSON.stringify(value)).includes(small(inner));
}

function small(text: string): string {
  return text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
}
