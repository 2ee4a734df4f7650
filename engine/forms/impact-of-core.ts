import type { CoreState } from '../governance/impact/changed-core.ts';
import type { ArtefactImpact, CheckSource, ImpactVersion } from '../governance/impact/impact.ts';
import { judgeImpact } from '../governance/impact/judge-impact.ts';
import { readWorkflow } from '../kernel/definition/read-workflow.ts';
import { checkWorkflowSource } from './check-workflow-source.ts';

/**
 * Tells what a change of the core does to everything that may use it: to each of the versions given
 * (the newest of each workflow, and those that cases run), and to what the core itself holds.
 */
export function impactOfCore(
  before: CoreState,
  after: CoreState,
  versions: readonly ImpactVersion[],
): readonly ArtefactImpact[] {
  return judgeImpact(before, after, versions, checkEverything);
}

/** Carries out every check of a workflow, the making of its forms included. */
export const checkEverything: CheckSource = (source, core, isChecked) =>
  isChecked ? readWorkflow(source, core, { isChecked }) : checkWorkflowSource(source, core);
