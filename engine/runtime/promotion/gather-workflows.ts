import { TrellisError } from '../../kernel/errors.ts';
import type { PublishedWorkflow, Registry } from '../../ports/registry.ts';

/** A workflow that is asked for; without a version, the newest. */
export interface WantedWorkflow {
  readonly name: string;
  readonly version?: number;
}

/**
 * Finds published workflows with all that they run, except core processes, which come with the core;
 * what others run comes before them. Of a workflow that others run and nobody has asked for, it is the
 * version that they run; where they run several, the newest of those.
 *
 * @throws `TrellisError` with code `no-workflow`.
 */
export async function gatherWorkflows(
  registry: Pick<Registry, 'version' | 'newestVersions'>,
  wanted: readonly WantedWorkflow[],
): Promise<readonly PublishedWorkflow[]> {
  const newest = new Map(
    (await registry.newestVersions()).map(({ name, version }) => [name, version]),
  );
  const found = new Map<string, PublishedWorkflow>();
  const isAskedFor = (name: string): boolean => wanted.some((one) => one.name === name);
  const add = async (name: string, version: number): Promise<void> => {
    const known = found.get(name);
    if (known !== undefined && (isAskedFor(name) || known.version >= version)) return;
    const workflow = await registry.version(name, version);
    if (workflow === undefined) throw noVersion(name, version);
    found.set(name, workflow);
    for (const [run, pinned] of Object.entries(workflow.pins))
      if (!run.startsWith('core/') && !isAskedFor(run)) await add(run, pinned);
  };
  for (const { name, version } of wanted) {
    const last = newest.get(name);
    if (last === undefined || name.startsWith('core/')) throw noWorkflow(name, [...newest.keys()]);
    await add(name, version ?? last);
  }
  return inOrder(found);
}

/** What others run comes before them; a workflow never runs one that runs it. */
function inOrder(found: ReadonlyMap<string, PublishedWorkflow>): readonly PublishedWorkflow[] {
  const placed = new Set<PublishedWorkflow>();
  const passing = new Set<string>();
  const place = (name: string): void => {
    const workflow = found.get(name);
    if (workflow === undefined || passing.has(name)) return;
    passing.add(name);
    Object.keys(workflow.pins).sort().forEach(place);
    placed.add(workflow);
  };
  [...found.keys()].sort().forEach(place);
  return [...placed];
}

function noWorkflow(name: string, all: readonly string[]): TrellisError {
  const known = all.filter((one) => !one.startsWith('core/')).join(', ');
  return new TrellisError(
    'no-workflow',
    `There is no published workflow "${name}". There are: ${known || 'none'}.`,
  );
}

function noVersion(name: string, version: number): TrellisError {
  return new TrellisError('no-workflow', `There is no version ${version} of "${name}".`);
}
