import { archiveAfter } from '../governance/core/retention.ts';
import type { Retention } from '../governance/core/retention.ts';
import type { Registry } from '../ports/registry.ts';
import type { Store } from '../ports/store.ts';
import type { Catalogue } from './catalogue.ts';

export interface ArchiveParts {
  readonly store: Pick<Store, 'archive' | 'registry'>;
  readonly catalogue: Pick<Catalogue, 'core'>;
}

/** How many cases move together: few, because steps wait while they do. */
const TOGETHER = 25;

/**
 * Moves to the archive what the newest release of the core says is due now. Each time that something
 * was written, it says how many cases have moved with it, so that others may have their turn.
 *
 * @param now in epoch milliseconds
 */
export async function* archiveRound(
  { store, catalogue }: ArchiveParts,
  now: number,
): AsyncGenerator<number> {
  const { archive, registry } = store;
  for (const { workflow, after: age } of await archiveRules({ registry, catalogue })) {
    const since = { workflow, until: now - age };
    let after: string | undefined;
    do {
      const { rows, next } = await archive.due(since, after, TOGETHER);
      if (rows.length > 0) {
        await archive.copy(rows, now);
        yield 0;
        yield await archive.remove(rows);
      }
      after = next;
    } while (after !== undefined);
  }
}

/** Of which workflows finished cases move to the archive, and after how long (milliseconds). */
export async function archiveRules({
  registry,
  catalogue,
}: {
  readonly registry: Pick<Registry, 'newestRelease' | 'newestVersions'>;
  readonly catalogue: Pick<Catalogue, 'core'>;
}): Promise<readonly { readonly workflow: string; readonly after: number }[]> {
  const retention = await newestRetention(registry, catalogue);
  if (retention.length === 0) return [];
  const workflows = await registry.newestVersions();
  return workflows.flatMap(({ name: workflow }) => {
    const after = archiveAfter(retention, workflow);
    return after === undefined ? [] : [{ workflow, after }];
  });
}

async function newestRetention(
  registry: Pick<Registry, 'newestRelease'>,
  catalogue: Pick<Catalogue, 'core'>,
): Promise<Retention> {
  const release = await registry.newestRelease();
  if (release === undefined) return [];
  const { core } = await catalogue.core(release.release);
  return core.policies.retention ?? [];
}
