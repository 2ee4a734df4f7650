import type { PublishedWorkflow } from '../../engine/ports/registry.ts';
import type { Store } from '../../engine/ports/store.ts';
import { THE_HOST } from '../../engine/runtime/add-release.ts';
import { govern } from '../../engine/runtime/govern.ts';

/** Puts versions into a store as they are, unchecked, in one governance step. */
export async function publishVersions(
  { governance }: Pick<Store, 'governance'>,
  ...versions: readonly [PublishedWorkflow, ...PublishedWorkflow[]]
): Promise<void> {
  const [{ publishedAt }] = versions;
  await govern({ governance, clock: { now: () => publishedAt } }, () =>
    Promise.resolve({
      draft: { acts: [{ kind: 'published', actor: THE_HOST, body: {} }], versions },
      answer: undefined,
    }),
  );
}
