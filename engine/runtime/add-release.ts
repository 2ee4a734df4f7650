import type { Actor } from '../kernel/effects.ts';
import type { Clock } from '../ports/clock.ts';
import type { CoreRelease } from '../ports/registry.ts';
import type { Store } from '../ports/store.ts';
import { govern } from './govern.ts';

/** The host itself, where it takes what lies in its workspace. */
export const THE_HOST: Actor = { kind: 'system', id: 'host', name: 'The host' };

/** Where a release goes, and who lets it in. */
export interface ReleaseParts extends Pick<Store, 'registry' | 'governance'> {
  readonly clock: Pick<Clock, 'now'>;
}

/** Adds a release that comes from a lock; answers false when its number is there already. */
export async function addRelease(parts: ReleaseParts, release: CoreRelease): Promise<boolean> {
  return govern(parts, async () => {
    if ((await parts.registry.release(release.release)) !== undefined)
      return { draft: { acts: [] }, answer: false };
    const body = { release: release.release, digest: release.digest };
    return {
      draft: { acts: [{ kind: 'released', actor: THE_HOST, body }], release },
      answer: true,
    };
  });
}
