import { TrellisError, loadCore, readCore } from '../../engine/index.ts';
import type { LoadedCore, NamedSource, Problem } from '../../engine/index.ts';
import { workspaceSetting } from '../config.ts';
import { readCoreFiles, readWorkflows } from '../host/workspace.ts';

/** A workspace as the commands read it: without a database. */
export interface ReadWorkspace {
  readonly folder: string;
  readonly core?: LoadedCore;
  readonly coreProblems: readonly Problem[];
  /** All of them, under their names. */
  readonly workflows: readonly NamedSource[];
  /** The names of those that are asked for, in the order of the workspace. */
  readonly named: readonly string[];
}

/** The release that workflows are checked against where none was made: the line's first. */
const UNRELEASED = 1;

/**
 * Reads the core and the workflows of a workspace; `names` says which are asked for (Default: all).
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
  const found = {
    folder: workspace,
    coreProblems: problems,
    workflows: all.map((source) => ({ name: source.name, source })),
    named: all.map(({ name }) => name).filter((name) => names.length === 0 || names.includes(name)),
  };
  if (core === undefined) return found;
  return { ...found, core: loadCore(core, `${core.settings.line}.${UNRELEASED}`) };
}
