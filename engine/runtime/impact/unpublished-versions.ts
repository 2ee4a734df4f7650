import type { ImpactVersion } from '../../governance/impact/impact.ts';
import type { CheckedTogether } from '../../forms/check-together.ts';
import { runsOf } from '../pins.ts';

/** The workflows of a workspace as a change of the core reaches them, without a database. */
export function unpublishedVersions({
  passed,
}: Pick<CheckedTogether, 'passed'>): readonly ImpactVersion[] {
  return passed.map(({ name, source, workflow }) => ({
    name,
    source,
    pins: Object.fromEntries(runsOf(workflow).map((run) => [run, 0])),
  }));
}
