import type { NamedSource } from '../forms/check-together.ts';
import { checkTogether } from '../forms/check-together.ts';
import { checkWorkflowSource } from '../forms/check-workflow-source.ts';
import type { CoreView } from '../kernel/core-view.ts';
import { readWorkflow } from '../kernel/definition/read-workflow.ts';
import type { WorkflowSource } from '../kernel/definition/workflow.ts';
import type { Problem } from '../kernel/problem.ts';
import type { PublishedWorkflow } from '../ports/registry.ts';
import type { Store } from '../ports/store.ts';
import type { ActDraft } from '../governance/acts.ts';
import { THE_HOST } from './add-release.ts';
import { govern } from './govern.ts';
import type { Thought } from './govern.ts';
import { NO_PASSED_CHECKS } from './passed-checks.ts';
import type { PassedChecks } from './passed-checks.ts';
import { pinsOf, runsOf } from './pins.ts';
import { unchangedSources, versionDigest } from './unchanged-sources.ts';

export interface Publication {
  /** The newest version of everything that stands now. */
  readonly published: readonly PublishedWorkflow[];
  /** What the checker refused, with its problems; an older version stays in force. */
  readonly refused: readonly { readonly name: string; readonly problems: readonly Problem[] }[];
}

/**
 * Publishes sources against a release, all in one step, those that others run before the others. A
 * source that stands already, with the same release and pins, is not published again; nor is it
 * checked again where `checks` remembers, or `trusts` tells, that it passed against this core.
 * (Default: all are checked)
 */
export async function publishAll(
  sources: readonly NamedSource[],
  core: CoreView,
  { registry, governance }: Pick<Store, 'registry' | 'governance'>,
  now: number,
  checks: PassedChecks = NO_PASSED_CHECKS,
  trusts: (source: WorkflowSource) => boolean = () => false,
): Promise<Publication> {
  return govern({ governance, clock: { now: () => now } }, async () => {
    const standing = new Map((await registry.published()).map((one) => [one.name, one]));
    const unchanged = await unchangedSources(sources, core.release, standing, checks);
    if (unchanged.size === sources.length)
      return nothing({ published: [...standing.values()], refused: [] });
    const { passed, refused } = checkTogether(sources, core, ({ name, source }, view) =>
      unchanged.has(name) || trusts(source)
        ? readWorkflow(source, view, { isChecked: true })
        : checkWorkflowSource(source, view),
    );
    const versions: PublishedWorkflow[] = [];
    for (const { name, source, workflow } of passed) {
      if (unchanged.has(name)) continue;
      const runs = runsOf(workflow);
      const pins = pinsOf(runs, standing);
      const { release } = core;
      const digest = versionDigest(source, pins);
      const last = standing.get(name);
      if (last?.digest !== digest || last.release !== release) {
        const version = (last?.version ?? 0) + 1;
        const added = { name, version, digest, release, source, pins, publishedAt: now };
        standing.set(name, added);
        versions.push(added);
      }
      // What it runs without a pin is looked at again: it must be pinned once it stands.
      const isPinned = runs.every((run) => Object.hasOwn(pins, run));
      if (isPinned) await checks.add({ kind: 'workflow', source, pins, release });
    }
    return {
      draft: { acts: versions.map(published), versions },
      answer: { published: [...standing.values()], refused },
    };
  });
}

function nothing<T>(answer: T): Thought<T> {
  return { draft: { acts: [] }, answer };
}

function published({ name, version, digest, release }: PublishedWorkflow): ActDraft {
  const body = { workflow: name, version, digest, release };
  return { kind: 'published', actor: THE_HOST, body };
}
