import { canonicalJson } from '../governance/canonical-json.ts';
import { runnableOf } from '../governance/core/runnable.ts';
import { digestText } from '../governance/digest.ts';
import { checkWorkflowSource } from '../forms/check-workflow-source.ts';
import type { CoreView, RunnableView } from '../kernel/core-view.ts';
import { withinState } from '../kernel/check/statechart.ts';
import type { Workflow, WorkflowSource } from '../kernel/definition/workflow.ts';
import type { Problem } from '../kernel/problem.ts';
import type { PublishedWorkflow, Registry } from '../ports/registry.ts';

/** A source under the name that it is published as: `core/NAME` for a core process. */
export interface NamedSource {
  readonly name: string;
  readonly source: WorkflowSource;
}

export interface Publication {
  /** The newest version of everything that stands now. */
  readonly published: readonly PublishedWorkflow[];
  /** What the checker refused, with its problems; an older version stays in force. */
  readonly refused: readonly { readonly name: string; readonly problems: readonly Problem[] }[];
}

interface Attempt {
  readonly name: string;
  readonly source: WorkflowSource;
  readonly workflow?: Workflow;
  readonly problems: readonly Problem[];
}

/**
 * Publishes sources against a release, those that others run before the others. A source that stands
 * already, with the same release and pins, is not published again.
 */
export async function publishAll(
  sources: readonly NamedSource[],
  core: CoreView,
  registry: Registry,
  now: number,
): Promise<Publication> {
  const standing = new Map((await registry.published()).map((one) => [one.name, one]));
  const runnables = new Map<string, RunnableView>(core.runnables);
  let open: readonly NamedSource[] = sources;
  let refused: readonly Attempt[] = [];
  while (open.length > 0) {
    const view = { ...core, runnables: new Map(runnables) };
    const attempts = open.map((named) => ({
      ...named,
      ...checkWorkflowSource(named.source, view),
    }));
    const passed = attempts.filter(({ problems }) => !hasError(problems));
    refused = attempts.filter(({ problems }) => hasError(problems));
    for (const { name, source, workflow } of passed) {
      if (workflow === undefined) continue;
      const runnable = runnableOf(name, workflow, view);
      if (runnable !== undefined) runnables.set(name, runnable);
      const pins = pinsOf(workflow, standing);
      const digest = digestText(canonicalJson({ source: { ...source }, pins }));
      const release = core.release;
      standing.set(
        name,
        await registry.publish({ name, digest, release, source, pins, publishedAt: now }),
      );
    }
    if (passed.length === 0) break;
    open = refused;
  }
  return { published: [...standing.values()], refused };
}

function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** The versions that a workflow's `run` states will start. */
function pinsOf(
  workflow: Workflow,
  standing: ReadonlyMap<string, PublishedWorkflow>,
): Readonly<Record<string, number>> {
  const names = withinState(workflow.root).flatMap((state) =>
    state.kind === 'run' ? [state.workflow] : [],
  );
  return Object.fromEntries(
    [...new Set(names)].sort().flatMap((name) => {
      const version = standing.get(name)?.version;
      return version === undefined ? [] : [[name, version] as const];
    }),
  );
}
