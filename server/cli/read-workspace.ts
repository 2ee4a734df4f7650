import { TrellisError, loadCore, readCore } from '../../engine/index.ts';
import type { LoadedCore, Problem, WorkflowSource } from '../../engine/index.ts';
import { workspaceSetting } from '../config.ts';
import { readCoreFiles, readWorkflows } from '../host/workspace.ts';

/** A workspace as the commands read it: without a database. */
export interface ReadWorkspace {
  readonly folder: string;
  readonly core?: LoadedCore;
  readonly coreProblems: readonly Problem[];
  readonly workflows: readonly WorkflowSource[];
}

/** The release that workflows are checked against where none was made: the line's first. */
const UNRELEASED = 1;

/**
 * Reads the core and the named workflows of a workspace (Default: all of them).
 * @throws `TrellisError` with code `no-workflow` for a name that it does not have.
 */
export async function readWorkspace(
  folder: string | undefined,
  names: readonly string[],
): Promise<ReadWorkspace> {
  const workspace = workspaceSetting(folder);
  const { core, problems } = readCore(await readCoreFiles(workspace));
  const all = await readWorkflows(workspace);
  for (const name of names) {
    if (all.some((workflow) => workflow.name === name)) continue;
    const known = all.map((workflow) => workflow.name).join(', ');
    throw new TrellisError('no-workflow', `There is no workflow "${name}". There are: ${known}.`);
  }
  const workflows = all.filter(({ name }) => names.length === 0 || names.includes(name));
  if (core === undefined) return { folder: workspace, coreProblems: problems, workflows };
  const loaded = loadCore(core, `${core.settings.line}.${UNRELEASED}`);
  return { folder: workspace, core: loaded, coreProblems: problems, workflows };
}
