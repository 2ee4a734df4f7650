import type { PublishedWorkflow } from '../../ports/registry.ts';
import type { PassedChecks } from '../passed-checks.ts';

/** Gives published versions what was read of their texts when they passed, so that none is read again. */
export function withReadings<T extends Pick<PublishedWorkflow, 'source' | 'pins' | 'release'>>(
  versions: readonly T[],
  checks: Pick<PassedChecks, 'reading'>,
): Promise<readonly (T & { readonly reading?: string })[]> {
  return Promise.all(
    versions.map(async (version) => {
      const reading = await checks.reading(version);
      return reading === undefined ? version : { ...version, reading };
    }),
  );
}
