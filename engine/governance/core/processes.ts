import { checkSource } from '../../kernel/check/check-workflow.ts';
import type { CoreView, RunnableView } from '../../kernel/core-view.ts';
import { readWorkflow } from '../../kernel/definition/read-workflow.ts';
import { readSource } from '../../kernel/definition/source.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { Problem } from '../../kernel/problem.ts';
import { runnableOf } from '../../kernel/check/runnable-view.ts';

/** The core processes that may be run, by `core/NAME`, and what is wrong in the others. */
export interface ReadProcesses {
  readonly runnables: ReadonlyMap<string, RunnableView>;
  readonly problems: readonly Problem[];
}

interface ReadProcess {
  readonly runnable?: RunnableView;
  readonly problems: readonly Problem[];
}

/**
 * Checks the core processes against a view of their core. One may run another: each is read once
 * those that it runs have been. With `isChecked`, they are read alone: they have passed the check.
 */
export function readProcesses(
  processes: ReadonlyMap<string, WorkflowSource>,
  view: CoreView,
  isChecked = false,
): ReadProcesses {
  const runnables = new Map<string, RunnableView>();
  const warnings: Problem[] = [];
  for (;;) {
    const seen = { ...view, runnables: new Map([...view.runnables, ...runnables]) };
    const open = [...processes].filter(([name]) => !runnables.has(name));
    const read = open.map(([name, source]) => ({
      name,
      ...readProcess(name, source, seen, isChecked),
    }));
    const ready = read.filter(({ runnable }) => runnable !== undefined);
    if (ready.length === 0)
      return { runnables, problems: [...warnings, ...read.flatMap(({ problems }) => problems)] };
    for (const { name, runnable, problems } of ready) {
      if (runnable !== undefined) runnables.set(name, runnable);
      warnings.push(...problems);
    }
  }
}

function readProcess(
  name: string,
  source: WorkflowSource,
  view: CoreView,
  isChecked: boolean,
): ReadProcess {
  const file = `processes/${name.slice('core/'.length)}.yaml`;
  const { workflow, problems: inWorkflow } = isChecked
    ? readWorkflow(source, view, { isChecked })
    : checkSource(source, view);
  const problems = inWorkflow.map((problem) => ({ ...problem, file }));
  if (workflow === undefined) return { problems };
  const runnable = runnableOf(name, workflow, view);
  if (runnable !== undefined) return { runnable, problems };
  return { problems: [...problems, readSource(source.text).map.place(notRunnable(file))] };
}

function notRunnable(file: string): Problem {
  return {
    code: 'process-start',
    severity: 'error',
    path: ['start'],
    message:
      'A core process is run by workflows: give it a start like "calling: { run: [quote] }".',
    file,
  };
}
