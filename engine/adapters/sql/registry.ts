import type { Knex } from 'knex';
import { parseRelease } from '../../ports/registry.ts';
import type { CoreRelease, PublishedWorkflow, Registry } from '../../ports/registry.ts';
import type { Database } from './database.ts';
import {
  publishedWorkflow,
  releaseColumns,
  storedRelease,
  workflowColumns,
} from './tables/registry.ts';
import type { ReleaseColumns, WorkflowColumns } from './tables/registry.ts';

export function createRegistry({ read, write }: Database): Registry {
  const newest = async (knex: Knex, name: string): Promise<PublishedWorkflow | undefined> => {
    const row = await knex<WorkflowColumns>('workflow_versions')
      .where({ name })
      .orderBy('version', 'desc')
      .first();
    return row && publishedWorkflow(row);
  };

  const release = async (query: Knex.QueryBuilder): Promise<CoreRelease | undefined> => {
    const [row] = (await query.limit(1)) as ReleaseColumns[];
    return row && storedRelease(row);
  };

  const publish: Registry['publish'] = async (workflow) => {
    const last = await newest(write, workflow.name);
    if (last?.digest === workflow.digest && last.release === workflow.release) return last;
    const published = { ...workflow, version: (last?.version ?? 0) + 1 };
    const added = await write<WorkflowColumns>('workflow_versions')
      .insert(workflowColumns(published))
      .onConflict(['name', 'version'])
      .ignore()
      .returning('version');
    // Somebody else published in between: compare with theirs.
    return added.length === 1 ? published : publish(workflow);
  };

  return {
    newestRelease: () =>
      release(
        read('core_releases').orderBy([
          { column: 'line', order: 'desc' },
          { column: 'number', order: 'desc' },
        ]),
      ),
    release: (name) => release(read('core_releases').where({ release: name })),
    addRelease: async (added) => {
      const rows = await write<ReleaseColumns>('core_releases')
        .insert(releaseColumns(added, parseRelease(added.release)))
        .onConflict('release')
        .ignore()
        .returning('release');
      return rows.length === 1;
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
    publish,
  };
}
