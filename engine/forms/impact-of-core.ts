import type { CoreState } from '../governance/impact/changed-core.ts';
import type { ArtefactImpact, CheckSource, ImpactVersion } from '../governance/impact/impact.ts';
import { readCore } from '../governance/core/read-core.ts';
import { buildCoreView } from '../governance/core/build-core-view.ts';
import { judgeImpact } from '../governance/impact/judge-impact.ts';
import type { ImpactShare } from '../governance/impact/judge-impact.ts';
import type { EarlierFiles } from '../governance/proposals/judge.ts';
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

/** What a change of the core does to some of what uses it; plain data. */
export interface ImpactQuestion {
  /** As it was read, or its files. */
  readonly before: CoreState | EarlierFiles;
  readonly after: CoreState | EarlierFiles;
  /** The newest version of each workflow, and those that cases run. */
  readonly versions: readonly ImpactVersion[];
  /** Of which of them it is asked. (Default: of all) */
  readonly share?: ImpactShare;
}

/** Answers what {@link impactOfCore} tells, of a share of the versions; nothing of a core with errors. */
export function impactOfQuestion({
  before,
  after,
  versions,
  share,
}: ImpactQuestion): readonly ArtefactImpact[] {
  const [was, is] = [stateOf(before), stateOf(after)];
  if (was === undefined || is === undefined) return [];
  return judgeImpact(was, is, versions, checkEverything, share);
}

function stateOf(given: CoreState | EarlierFiles): CoreState | undefined {
  if ('core' in given) return given;
  const { core } = readCore(new Map(Object.entries(given.files)));
  return core && { core, view: buildCoreView(core, given.release) };
}

/** Carries out every check of a workflow, the making of its forms included. */
export const checkEverything: CheckSource = (source, core, isChecked) =>
  isChecked ? readWorkflow(source, core, { isChecked }) : checkWorkflowSource(source, core);
