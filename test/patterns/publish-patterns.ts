import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { LoadedCore } from '../../engine/index.ts';
import { addRelease } from '../../engine/runtime/add-release.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';
import { publishAll } from '../../engine/runtime/publish.ts';
import { readCoreFiles } from '../../server/host/workspace.ts';
import type { Published } from '../runtime/play-case.ts';
import { PATTERNS } from './pattern.ts';
import type { Pattern } from './pattern.ts';

/** Publishes the patterns that the checker accepts, with the core processes that they run. */
export async function publishPatterns(
  patterns: readonly Pattern[],
  core: LoadedCore,
): Promise<Published> {
  const store = createMemoryStore();
  const files = Object.fromEntries(await readCoreFiles(PATTERNS));
  await addRelease(
    { ...store, clock: { now: () => 0 } },
    {
      release: '1.1',
      digest: '0'.repeat(64),
      files,
      createdAt: 0,
    },
  );
  const sources = [
    ...[...core.core.processes].map(([name, source]) => ({ name, source })),
    ...patterns.map(({ source }) => ({ name: source.name, source })),
  ];
  const { refused } = await publishAll(sources, core.view, store, 0);
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  const catalogue = new Catalogue(store.registry);
  await catalogue.refresh();
  return { core, store, catalogue };
}
