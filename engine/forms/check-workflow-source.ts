import type { CheckedWorkflow } from '../kernel/check/check-workflow.ts';
import { checkSource } from '../kernel/check/check-workflow.ts';
import type { CoreView } from '../kernel/core-view.ts';
import type { Workflow, WorkflowSource } from '../kernel/definition/workflow.ts';
import type { Problem } from '../kernel/problem.ts';
import { buildForm } from './build-form.ts';

/**
 * Carries out every check there is before a workflow may go live: the kernel's, and that each of
 * its forms can be made into pages.
 */
export function checkWorkflowSource(source: WorkflowSource, core: CoreView): CheckedWorkflow {
  const checked = checkSource(source, core);
  const { workflow, map } = checked;
  if (workflow === undefined || map === undefined) return checked;
  const found = formProblems(workflow, core).map((problem) => map.place(problem));
  const problems = [...checked.problems, ...found];
  const isRight = found.every(({ severity }) => severity !== 'error');
  return { problems, map, ...(isRight && { workflow }) };
}

function formProblems(workflow: Workflow, core: CoreView): readonly Problem[] {
  return workflow.forms.flatMap((form) => {
    const built = buildForm(form, workflow, core, { audience: 'staff', mayRead: () => true });
    return built.ok ? built.warnings : built.problems;
  });
}
