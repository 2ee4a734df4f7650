import { canonicalJson } from '../governance/canonical-json.ts';
import { digestText } from '../governance/digest.ts';
import type { WorkflowSource } from '../kernel/definition/workflow.ts';
import type { PublishedWorkflow } from '../ports/registry.ts';
import type { NamedSource } from '../forms/check-together.ts';
import type { PassedChecks } from './passed-checks.ts';

/** The digest of a published version: of its source and of the versions that it runs. */
export function versionDigest(source: WorkflowSource, pins: PublishedWorkflow['pins']): string {
  return digestText(canonicalJson({ source: { ...source }, pins }));
}

/**
 * Tells the names of the sources that need no check: each stands already, against this release, with
 * the newest versions of all that it runs, those unchanged as well, and has passed its check.
 */
export async function unchangedSources(
  sources: readonly NamedSource[],
  release: string,
  standing: ReadonlyMap<string, PublishedWorkflow>,
  checks: PassedChecks,
): Promise<ReadonlySet<string>> {
  const unchanged = new Map<string, PublishedWorkflow>();
  for (const { name, source } of sources) {
    const stands = standing.get(name);
    if (stands?.release !== release) continue;
    const { pins, digest } = stands;
    if (versionDigest(source, pins) !== digest) continue;
    if (await checks.has({ kind: 'workflow', source, pins, release })) unchanged.set(name, stands);
  }
  const changing = new Set(sources.map(({ name }) => name).filter((name) => !unchanged.has(name)));
  const isCurrent = ([name, version]: readonly [string, number]): boolean =>
    !changing.has(name) && standing.get(name)?.version === version;
  for (let before = -1; before !== changing.size;) {
    before = changing.size;
    for (const [name, { pins }] of unchanged) {
      if (!Object.entries(pins).every(isCurrent)) changing.add(name);
    }
  }
  return new Set([...unchanged.keys()].filter((name) => !changing.has(name)));
}
