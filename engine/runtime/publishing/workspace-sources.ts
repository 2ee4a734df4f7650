import { isDeepStrictEqual } from 'node:util';
import type { NamedSource } from '../../forms/check-together.ts';
import type { PublishedWorkflow } from '../../ports/registry.ts';
import type { Store } from '../../ports/store.ts';

/** What a host publishes at its start, and what it leaves to a review. */
export interface WorkspaceSources {
  readonly sources: readonly NamedSource[];
  /** The workflows whose files are not what stands, and are not published. */
  readonly left: readonly string[];
}

/** The most published drafts of a workflow that are looked through. */
const MOST = 1_000;

/**
 * Holds the files of a workspace against what stands. A workflow that does not stand yet is published
 * as it is. Of one that stands, the version that was published last stays, unless the files have
 * changed since a host published them: in demo mode the files are published then, elsewhere they wait
 * for a review.
 */
export async function sourcesInForce(
  files: readonly NamedSource[],
  { registry, drafts }: Pick<Store, 'registry' | 'drafts'>,
  { demo }: { readonly demo: boolean },
): Promise<WorkspaceSources> {
  const standing = new Map((await registry.published()).map((one) => [one.name, one]));
  const left: string[] = [];
  const sources: NamedSource[] = [];
  for (const file of files) {
    const stands = standing.get(file.name);
    if (stands === undefined || isOfCore(file) || isDeepStrictEqual(stands.source, file.source)) {
      sources.push(file);
      continue;
    }
    const byHost = await newestByHost(stands, { registry, drafts });
    const isChanged = byHost === undefined || !isDeepStrictEqual(byHost.source, file.source);
    if (isChanged && !demo) left.push(file.name);
    sources.push(isChanged && demo ? file : { name: file.name, source: stands.source });
  }
  return { sources, left };
}

/** Core processes are released with the core. */
function isOfCore({ name }: NamedSource): boolean {
  return name.startsWith('core/');
}

/** The newest version that came of files, not of a draft. */
async function newestByHost(
  { name, version }: PublishedWorkflow,
  { registry, drafts }: Pick<Store, 'registry' | 'drafts'>,
): Promise<PublishedWorkflow | undefined> {
  const published = await drafts.list({ workflow: name, statuses: ['published'] }, MOST);
  const reviewed = new Set(published.map((draft) => draft.version));
  for (let number = version; number > 0; number -= 1) {
    if (!reviewed.has(number)) return registry.version(name, number);
  }
  return undefined;
}
