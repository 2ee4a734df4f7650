import type { CheckedWorkflow } from '../kernel/check/check-workflow.ts';
import { checkSource } from '../kernel/check/check-workflow.ts';
import type { WorkflowScopes } from '../kernel/check/scopes.ts';
import type { CoreView } from '../kernel/core-view.ts';
import type { Workflow, WorkflowSource } from '../kernel/definition/workflow.ts';
import type { Problem } from '../kernel/problem.ts';
import { buildForm } from './build-form.ts';
import { fieldSchemas } from './field-schemas.ts';

/**
 * Carries out every check there is before a workflow may go live: the kernel's, and that each of
 * its forms can be made into pages.
 */
export function checkWorkflowSource(source: WorkflowSource, core: CoreView): CheckedWorkflow {
  const checked = checkSource(source, core);
  const { workflow, map, outline } = checked;
  if (workflow === undefined || map === undefined || outline === undefined) return checked;
  const found = formProblems(workflow, core, outline.scopes).map((problem) => map.place(problem));
  const problems = [...checked.problems, ...found];
  const isRight = found.every(({ severity }) => severity !== 'error');
  return { problems, map, outline, ...(isRight && { workflow }) };
}

function formProblems(
  workflow: Workflow,
  core: CoreView,
  scopes: WorkflowScopes,
): readonly Problem[] {
  const common = { scopes, schemas: fieldSchemas(workflow.data, core) };
  const options = { audience: 'staff', mayRead: () => true, common } as const;
  return workflow.forms.flatMap((form) => {
    const built = buildForm(form, workflow, core, options);
    return built.ok ? built.warnings : built.problems;
  });
}
