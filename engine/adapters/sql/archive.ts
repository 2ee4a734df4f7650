import type { Knex } from 'knex';
import type { Archive, ArchiveReader } from '../../ports/archive.ts';
import type { StoredCase } from '../../ports/step.ts';
import { createTeams } from './case-teams.ts';
import type { Database } from './database.ts';
import { fromJson } from './json.ts';
import { readBranches } from './keyset.ts';
import type { Keyset } from './keyset.ts';
import { createLookup } from './lookup.ts';
import { readHistory, readTasksOfCase } from './of-case.ts';
import { createRowGuard } from './row-order.ts';
import type { Session } from './session.ts';
import {
  AT_REST,
  copyTables,
  copyable,
  dropCopies,
  dropLive,
  keepHeads,
  removable,
  versionColumns,
} from './tables/archive.ts';
import { storedCase } from './tables/cases.ts';
import type { CaseColumns } from './tables/cases.ts';
import { storedLink } from './tables/links.ts';
import { storedTask } from './tables/tasks.ts';

type DueColumns = Pick<CaseColumns, 'id' | 'version' | 'parent' | 'created_at'>;

const OLDEST: Keyset<DueColumns> = {
  columns: ['created_at', 'id'],
  newestFirst: false,
  shape: [0, ''],
  placeOf: (row) => [row.created_at, row.id],
};

/** Creates what moves cases. A case of which a step is being saved at the moment is passed over. */
export function createArchive(database: Database): Archive {
  const { batches, dialect, read } = database;
  const teamsOf = createTeams(database, 'cases');
  const [toCopy, toRemove] = [copyable(dialect.skipLocked), removable(dialect.skipLocked)];
  const guarded =
    dialect.entryOrder === 'row'
      ? createRowGuard(database)
      : (_: Session, work: () => Promise<void>) => work();

  const liveOf = async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
    const rows = await read<CaseColumns>('cases').whereIn('id', ids).select('id');
    return new Set(rows.map(({ id }) => id));
  };
  const move = async (
    which: (session: Session) => Promise<readonly object[]>,
    work: (session: Session, ids: readonly string[]) => Promise<void>,
  ): Promise<number> => {
    let moved = 0;
    await database.attempt(async (session) => {
      const found = (await which(session)) as readonly { readonly id: string }[];
      moved = found.length;
      if (moved > 0) {
        await work(
          session,
          found.map(({ id }) => id),
        );
      }
      return undefined;
    });
    return moved;
  };

  return {
    due: async ({ workflow, until }, after, limit) => {
      const branches = (await teamsOf(workflow)).map((team) =>
        dueCases(read)
          .where({ workflow, team })
          .where('created_at', '<=', until)
          .where('updated_at', '<=', until),
      );
      const { rows, next } = await readBranches(read, branches, OLDEST, after, limit, dueCase);
      const live = await liveOf(rows.flatMap(({ parent }) => parent ?? []));
      return {
        rows: rows
          .filter(({ parent }) => parent === undefined || !live.has(parent))
          .map(({ id, version }) => ({ id, version })),
        ...(next === undefined ? {} : { next }),
      };
    },
    copy: async (cases, at) => {
      await move(
        (session) => batches.all(session, toCopy, cases.map(versionColumns)),
        async (session, ids) => {
          for (const drop of dropCopies)
            await batches.run(
              session,
              drop,
              ids.map((id) => ({ id })),
            );
          for (const copy of copyTables) {
            await batches.run(
              session,
              copy,
              ids.map((id) => ({ id, at })),
            );
          }
        },
      );
    },
    remove: (cases) =>
      move(
        (session) => batches.all(session, toRemove, cases.map(versionColumns)),
        async (session, ids) => {
          const rows = ids.map((id) => ({ id }));
          await batches.run(session, keepHeads, rows);
          await guarded(session, async () => {
            for (const drop of dropLive) await batches.run(session, drop, rows);
          });
        },
      ),
  };
}

function dueCases(read: Knex): Knex.QueryBuilder {
  return read('cases').select('id', 'version', 'parent', 'created_at').whereRaw(AT_REST);
}

function dueCase(
  row: DueColumns,
): Pick<StoredCase, 'id' | 'version'> & { readonly parent?: string } {
  const { id, version } = row;
  if (row.parent === null) return { id, version };
  const { caseId } = fromJson(row.parent) as NonNullable<StoredCase['parent']>;
  return { id, version, parent: caseId };
}

export function createArchiveReader(database: Database): ArchiveReader {
  const { read } = database;
  const casesById = createLookup(database, {
    table: 'archived_cases',
    key: { id: 'text' },
    where: 'archived_cases.id = v.id',
    read: storedCase,
  });
  const linksByHash = createLookup(database, {
    table: 'archived_links',
    key: { hash: 'text' },
    where: 'archived_links.hash = v.hash',
    read: storedLink,
  });
  const tasksById = createLookup(database, {
    table: 'archived_tasks',
    key: { id: 'text' },
    where: 'archived_tasks.id = v.id',
    read: storedTask,
  });
  return {
    load: async (id) => (await casesById({ id }))[0],
    history: readHistory(read, 'archived_events'),
    link: async (hash) => (await linksByHash({ hash }))[0],
    task: async (id) => (await tasksById({ id }))[0],
    tasksOfCase: readTasksOfCase(read, 'archived_tasks'),
  };
}
