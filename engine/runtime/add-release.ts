import type { Actor } from '../kernel/effects.ts';
import { emailKey } from '../kernel/values/email-key.ts';
import type { ApprovalKey } from '../ports/approval-keys.ts';
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

/**
 * Adds a release that comes from a lock, and pins the keys of those who have signed it; answers false when
 * its number is there already.
 */
export async function addRelease(parts: ReleaseParts, release: CoreRelease): Promise<boolean> {
  return govern(parts, async () => {
    if ((await parts.registry.release(release.release)) !== undefined)
      return { draft: { acts: [] }, answer: false };
    const body = { release: release.release, digest: release.digest };
    const keys = pinnedKeys(release);
    return {
      draft: {
        acts: [
          { kind: 'released', actor: THE_HOST, body },
          ...keys.map(({ key, email }) => ({
            ...{ kind: 'added-key' as const, actor: THE_HOST, body: { key, email } },
          })),
        ],
        release,
        keys,
      },
      answer: true,
    };
  });
}

/** The keys of those who stand behind a release; their owners keep the private halves. */
function pinnedKeys({ signed, createdAt }: CoreRelease): readonly ApprovalKey[] {
  if (signed === undefined) return [];
  return [signed.author, ...signed.approvals].map(({ key, email }) => ({
    ...{ key, email: emailKey(email), createdAt },
  }));
}
