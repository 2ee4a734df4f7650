import type { Knex } from 'knex';
import { parseRelease } from '../../ports/registry.ts';
import type { CoreRelease, Registry } from '../../ports/registry.ts';
import type { Database } from './database.ts';
import { HEAD_COLUMNS, publishedWorkflow, releaseHead, storedRelease } from './tables/registry.ts';
import type { HeadColumns, ReleaseColumns, WorkflowColumns } from './tables/registry.ts';

export function createRegistry({ read }: Database): Registry {
  const release = async (query: Knex.QueryBuilder): Promise<CoreRelease | undefined> => {
    const [row] = (await query.limit(1)) as ReleaseColumns[];
    return row && storedRelease(row);
  };

  const newestFirst = (): Knex.QueryBuilder =>
    read('core_releases').orderBy([
      { column: 'line', order: 'desc' },
      { column: 'number', order: 'desc' },
    ]);

  return {
    newestRelease: () => release(newestFirst()),
    newestReleaseName: async () => {
      const [row] = (await newestFirst().select('release').limit(1)) as Pick<
        ReleaseColumns,
        'release'
      >[];
      return row?.release;
    },
    release: (name) => release(read('core_releases').where({ release: name })),
    releases: async (limit, before) => {
      const query = newestFirst().select(HEAD_COLUMNS).limit(limit);
      if (before !== undefined) {
        const { line, number } = parseRelease(before);
        void query.where((older) => {
          void older.where('line', '<', line).orWhere({ line }).andWhere('number', '<', number);
        });
      }
      return ((await query) as HeadColumns[]).map(releaseHead);
    },
    published: async () => {
      const rows = await read<WorkflowColumns>('workflow_versions as one')
        .whereRaw(
          'version = (select max(version) from workflow_versions as other where other.name = one.name)',
        )
        .orderBy('name');
      return rows.map(publishedWorkflow);
    },
    newestVersions: async () => {
      const newestOnes = read('workflow_versions').groupBy('name').orderBy('name');
      const rows: unknown = await newestOnes.select('name').max({ version: 'version' });
      return rows as Awaited<ReturnType<Registry['newestVersions']>>;
    },
    version: async (name, version) => {
      const row = await read<WorkflowColumns>('workflow_versions').where({ name, version }).first();
      return row && publishedWorkflow(row);
    },
  };
}
