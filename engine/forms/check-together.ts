import type { CheckedWorkflow } from '../kernel/check/check-workflow.ts';
import { runnableOf } from '../kernel/check/runnable-view.ts';
import type { CoreView, RunnableView } from '../kernel/core-view.ts';
import type { Workflow, WorkflowSource } from '../kernel/definition/workflow.ts';
import { checkWorkflowSource } from './check-workflow-source.ts';

/** A source under the name that it is published as: `core/NAME` for a core process. */
export interface NamedSource {
  readonly name: string;
  readonly source: WorkflowSource;
}

export interface RefusedSource extends NamedSource, CheckedWorkflow {}

export interface PassedSource extends RefusedSource {
  readonly workflow: Workflow;
  /** What it was checked against: the core, and the workflows that it may run. */
  readonly core: CoreView;
}

export interface CheckedTogether {
  /** Those without an error, each after those that it runs. */
  readonly passed: readonly PassedSource[];
  readonly refused: readonly RefusedSource[];
}

/**
 * Checks sources that may run one another: each once those that it runs have passed. What runs a
 * workflow that is refused is refused too, for there is no such workflow then. `check` does the
 * checking of one (Default: every check there is).
 */
export function checkTogether(
  sources: readonly NamedSource[],
  core: CoreView,
  check: (one: NamedSource, core: CoreView) => CheckedWorkflow = ({ source }, view) =>
    checkWorkflowSource(source, view),
): CheckedTogether {
  const runnables = new Map<string, RunnableView>(core.runnables);
  const passed: PassedSource[] = [];
  let open = sources;
  for (;;) {
    const view = { ...core, runnables: new Map(runnables) };
    const refused: RefusedSource[] = [];
    for (const one of open) {
      const { workflow, problems, map } = check(one, view);
      const found = { problems, ...(map && { map }) };
      if (workflow === undefined) refused.push({ ...one, ...found });
      else passed.push({ ...one, ...found, workflow, core: view });
    }
    if (refused.length === 0 || refused.length === open.length) return { passed, refused };
    for (const { name, workflow } of passed) {
      const runnable = runnables.has(name) ? undefined : runnableOf(name, workflow, view);
      if (runnable !== undefined) runnables.set(name, runnable);
    }
    open = refused.map(({ name, source }) => ({ name, source }));
  }
}
