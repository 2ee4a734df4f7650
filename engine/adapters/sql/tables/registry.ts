import type { CoreRelease, PublishedWorkflow, ReleaseHead } from '../../../ports/registry.ts';
import { insertInto } from '../batch.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

const RELEASE = {
  release: 'text',
  line: 'bigint',
  number: 'bigint',
  digest: 'text',
  files: 'text',
  created_at: 'bigint',
  signed: 'text?',
} as const satisfies Columns;

const VERSION = {
  name: 'text',
  version: 'bigint',
  digest: 'text',
  release: 'text',
  source: 'text',
  pins: 'text',
  published_at: 'bigint',
} as const satisfies Columns;

export type ReleaseColumns = RowOf<typeof RELEASE>;
/** What of a release is read where its files are not asked for. */
export const HEAD_COLUMNS = ['release', 'digest', 'created_at', 'signed'] as const;
export type HeadColumns = Pick<ReleaseColumns, (typeof HEAD_COLUMNS)[number]>;
export type WorkflowColumns = RowOf<typeof VERSION>;

export const addReleases = insertInto('core_releases', RELEASE, 'release');
export const addVersions = insertInto('workflow_versions', VERSION, 'name');

export function releaseColumns(
  release: CoreRelease,
  { line, number }: { readonly line: number; readonly number: number },
): ReleaseColumns {
  return {
    release: release.release,
    line,
    number,
    digest: release.digest,
    files: toJson(release.files),
    created_at: release.createdAt,
    signed: release.signed === undefined ? null : toJson(release.signed),
  };
}

export function storedRelease(row: ReleaseColumns): CoreRelease {
  return { ...releaseHead(row), files: fromJson(row.files) as CoreRelease['files'] };
}

export function releaseHead(row: HeadColumns): ReleaseHead {
  return {
    release: row.release,
    digest: row.digest,
    createdAt: row.created_at,
    ...(row.signed === null
      ? {}
      : { signed: fromJson(row.signed) as NonNullable<CoreRelease['signed']> }),
  };
}

export function workflowColumns(workflow: PublishedWorkflow): WorkflowColumns {
  return {
    name: workflow.name,
    version: workflow.version,
    digest: workflow.digest,
    release: workflow.release,
    source: toJson(workflow.source),
    pins: toJson(workflow.pins),
    published_at: workflow.publishedAt,
  };
}

export function publishedWorkflow(row: WorkflowColumns): PublishedWorkflow {
  return {
    name: row.name,
    version: row.version,
    digest: row.digest,
    release: row.release,
    source: fromJson(row.source) as PublishedWorkflow['source'],
    pins: fromJson(row.pins) as PublishedWorkflow['pins'],
    publishedAt: row.published_at,
  };
}
