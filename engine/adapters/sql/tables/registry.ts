import type { CoreRelease, PublishedWorkflow } from '../../../ports/registry.ts';
import { fromJson, toJson } from '../json.ts';

export interface ReleaseColumns {
  readonly release: string;
  readonly line: number;
  readonly number: number;
  readonly digest: string;
  readonly files: string;
  readonly created_at: number;
}

export interface WorkflowColumns {
  readonly name: string;
  readonly version: number;
  readonly digest: string;
  readonly release: string;
  readonly source: string;
  readonly pins: string;
  readonly published_at: number;
}

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
  };
}

export function storedRelease(row: ReleaseColumns): CoreRelease {
  return {
    release: row.release,
    digest: row.digest,
    files: fromJson(row.files) as CoreRelease['files'],
    createdAt: row.created_at,
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
