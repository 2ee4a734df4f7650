import type { Archive, ArchiveReader, CaseVersion } from '../../ports/archive.ts';
import type { StoredCase } from '../../ports/step.ts';
import { answer } from './answer.ts';
import { page } from './keyset.ts';
import type { Order } from './keyset.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

const OLDEST: Order<StoredCase> = {
  shape: [0, ''],
  placeOf: (one) => [one.createdAt, one.id],
};

export function createArchive(tables: Tables): Archive {
  const { cases, archive, events, tasks, links } = tables;
  const ofCase = <T extends { readonly caseId: string }>(
    table: ReadonlyMap<string, T>,
    id: string,
  ): [string, T][] => [...table].filter(([, { caseId }]) => caseId === id);

  const copy = ({ id, version }: CaseVersion, at: number): void => {
    const stored = cases.get(id);
    if (stored?.version !== version || !isAtRest(tables, stored)) return;
    if (archive.get(id)?.stored.version === version) return;
    archive.set(id, {
      stored: { ...stored, archivedAt: at },
      history: events.get(id) ?? [],
      tasks: ofCase(tables.tasks, id).map(([, task]) => task),
      links: ofCase(tables.links, id).map(([, link]) => link),
    });
  };
  const remove = ({ id, version }: CaseVersion): boolean => {
    const stored = cases.get(id);
    if (stored?.version !== version || !isAtRest(tables, stored)) return false;
    if (archive.get(id)?.stored.version !== version) return false;
    cases.delete(id);
    events.delete(id);
    for (const [key] of ofCase(tasks, id)) tasks.delete(key);
    for (const [key] of ofCase(links, id)) links.delete(key);
    for (const [key] of ofCase(tables.subscriptions, id)) tables.subscriptions.delete(key);
    return true;
  };

  return {
    due: ({ workflow, until }, after, limit) =>
      answer(() => {
        const resting = [...cases.values()].filter(
          (one) => one.workflow === workflow && one.updatedAt <= until && isAtRest(tables, one),
        );
        const { rows, next } = page(resting, OLDEST, after, limit);
        const due = rows.filter(({ parent }) => parent === undefined || !cases.has(parent.caseId));
        return {
          rows: due.map(({ id, version }) => ({ id, version })),
          ...(next === undefined ? {} : { next }),
        };
      }),
    copy: (given, at) =>
      answer(() => {
        for (const one of given) copy(one, at);
      }),
    remove: (given) => answer(() => given.filter(remove).length),
  };
}

function isAtRest({ jobs, incidents }: Tables, { id, status }: StoredCase): boolean {
  if (status !== 'finished') return false;
  return (
    ![...jobs.values()].some(({ job }) => job.caseId === id) &&
    ![...incidents.values()].some(({ caseId }) => caseId === id)
  );
}

export function createArchiveReader({ archive }: Tables): ArchiveReader {
  return {
    load: (id) => Promise.resolve(archive.get(id)?.stored),
    history: (caseId, after = 0, limit = Infinity) => {
      const later = (archive.get(caseId)?.history ?? []).filter(({ seq }) => seq > after);
      return Promise.resolve(later.slice(0, limit));
    },
    link: (hash) =>
      Promise.resolve(
        [...archive.values()].flatMap(({ links }) => links).find((link) => link.hash === hash),
      ),
    task: (id) =>
      Promise.resolve(
        [...archive.values()].flatMap(({ tasks }) => tasks).find((task) => task.id === id),
      ),
    tasksOfCase: (caseId) =>
      Promise.resolve(
        [...(archive.get(caseId)?.tasks ?? [])].sort(
          (a, b) => a.createdAt - b.createdAt || byText(a.id, b.id),
        ),
      ),
  };
}
