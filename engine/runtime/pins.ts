import { withinState } from '../kernel/check/statechart.ts';
import { SELF } from '../kernel/definition/self.ts';
import type { Workflow } from '../kernel/definition/workflow.ts';
import type { PublishedWorkflow } from '../ports/registry.ts';

/** What else the states of a workflow run or start. */
export function runsOf(workflow: Workflow): readonly string[] {
  const names = withinState(workflow.root).flatMap((state) => [
    ...(state.kind === 'run' || state.kind === 'start' ? [state.workflow] : []),
    ...(state.undo?.kind === 'run' ? [state.undo.workflow] : []),
  ]);
  return [...new Set(names)].filter((name) => name !== SELF).sort();
}

/** The versions of them that stand. */
export function pinsOf(
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
