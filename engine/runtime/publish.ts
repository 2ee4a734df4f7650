import type { NamedSource } from '../forms/check-together.ts';
import { checkTogether } from '../forms/check-together.ts';
import { checkWorkflowSource } from '../forms/check-workflow-source.ts';
import type { CoreView } from '../kernel/core-view.ts';
import { withinState } from '../kernel/check/statechart.ts';
import { readWorkflow } from '../kernel/definition/read-workflow.ts';
import { SELF } from '../kernel/definition/self.ts';
import type { Workflow } from '../kernel/definition/workflow.ts';
import type { Problem } from '../kernel/problem.ts';
import type { PublishedWorkflow, Registry } from '../ports/registry.ts';
import { NO_PASSED_CHECKS } from './passed-checks.ts';
import type { PassedChecks } from './passed-checks.ts';
import { unchangedSources, versionDigest } from './unchanged-sources.ts';

export interface Publication {
  /** The newest version of everything that stands now. */
  readonly published: readonly PublishedWorkflow[];
  /** What the checker refused, with its problems; an older version stays in force. */
  readonly refused: readonly { readonly name: string; readonly problems: readonly Problem[] }[];
}

/**
 * Publishes sources against a release, those that others run before the others. A source that stands
 * already, with the same release and pins, is not published again; nor is it checked again where
 * `checks` remembers that it passed. (Default: all are checked)
 */
export async function publishAll(
  sources: readonly NamedSource[],
  core: CoreView,
  registry: Registry,
  now: number,
  checks: PassedChecks = NO_PASSED_CHECKS,
): Promise<Publication> {
  const standing = new Map((await registry.published()).map((one) => [one.name, one]));
  const unchanged = await unchangedSources(sources, core.release, standing, checks);
  if (unchanged.size === sources.length) return { published: [...standing.values()], refused: [] };
  const { passed, refused } = checkTogether(sources, core, ({ name, source }, view) =>
    unchanged.has(name)
      ? readWorkflow(source, view, { isChecked: true })
      : checkWorkflowSource(source, view),
  );
  for (const { name, source, workflow } of passed) {
    if (unchanged.has(name)) continue;
    const runs = runsOf(workflow);
    const pins = pinsOf(runs, standing);
    const { release } = core;
    const digest = versionDigest(source, pins);
    const version = { name, digest, release, source, pins, publishedAt: now };
    standing.set(name, await registry.publish(version));
    // What it runs without a pin is looked at again: it must be pinned once it stands.
    const isPinned = runs.every((run) => Object.hasOwn(pins, run));
    if (isPinned) await checks.add({ kind: 'workflow', source, pins, release });
  }
  return { published: [...standing.values()], refused };
}

/** What else the states of a workflow run or start. */
function runsOf(workflow: Workflow): readonly string[] {
  const names = withinState(workflow.root).flatMap((state) => [
    ...(state.kind === 'run' || state.kind === 'start' ? [state.workflow] : []),
    ...(state.undo?.kind === 'run' ? [state.undo.workflow] : []),
  ]);
  return [...new Set(names)].filter((name) => name !== SELF).sort();
}

/** The versions of them that stand. */
function pinsOf(
  names: readonly string[],
  standing: ReadonlyMap<string, PublishedWorkflow>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const version = standing.get(name)?.version;
      return version === undefined ? [] : [[name, version] as const];
    }),
  );
}
