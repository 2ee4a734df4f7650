import { buildCoreView } from '../governance/core/build-core-view.ts';
import { readCore } from '../governance/core/read-core.ts';
import type { CoreState } from '../governance/impact/changed-core.ts';
import type { ImpactVersion } from '../governance/impact/impact.ts';
import type { EarlierFiles, WorkflowJudge } from '../governance/proposals/judge.ts';
import { readyEdits } from '../governance/upgrade/ready-edit.ts';
import type { ReadyEdit } from '../governance/upgrade/ready-edit.ts';
import { checkEverything, impactOfCore } from './impact-of-core.ts';

/** What a ready edit is asked of; plain data. */
export interface ReadyQuestion {
  /** From the release that a workflow stands on to the one that it is brought to, with their files. */
  readonly releases: readonly EarlierFiles[];
  /** The newest version of each workflow. */
  readonly workflows: readonly ImpactVersion[];
  readonly workflow: string;
}

/** Judges workflows with every check that there is. */
export const WORKFLOW_JUDGE: WorkflowJudge = {
  impactOf: impactOfCore,
  readyOf: (before, after, versions, names) =>
    readyEdits({ releases: [before, after], versions, check: checkEverything }, names),
};

/** The edit that brings one workflow over releases; nothing where no name in it has to change. */
export function readyEditOf({
  releases,
  workflows,
  workflow,
}: ReadyQuestion): ReadyEdit | undefined {
  const states = releases.map(stateOf);
  const parts = { releases: states, versions: workflows, check: checkEverything };
  return readyEdits(parts, [workflow])[0];
}

function stateOf({ release, files }: EarlierFiles): CoreState {
  const { core } = readCore(new Map(Object.entries(files)), { isChecked: true });
  if (core === undefined) throw new Error(`Release ${release} cannot be read any more.`);
  return { core, view: buildCoreView(core, release) };
}
