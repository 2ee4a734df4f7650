import type { ArtefactImpact, ImpactVersion } from '../../governance/impact/impact.ts';
import type { WorkflowVersion } from '../../ports/cases.ts';
import type { PublishedWorkflow, Registry } from '../../ports/registry.ts';
import type { Store } from '../../ports/store.ts';
import type { Catalogue } from '../catalogue.ts';
import { NO_PASSED_CHECKS } from '../passed-checks.ts';
import type { PassedChecks } from '../passed-checks.ts';
import type { Proposed } from '../evolution.ts';
import { impactOnCases } from './impact-on-cases.ts';
import { impactOnRecords } from './impact-on-records.ts';
import type { RecordsImpact } from './impact-on-records.ts';
import { withReadings } from './with-readings.ts';
import type { CasesImpact, CasesImpactOptions } from './impact-on-cases.ts';

/** What a change of the core would do to all that a database holds. */
export interface StoreImpact {
  readonly artefacts: readonly ArtefactImpact[];
  /** Of the versions that are broken or affected, and of those with a changed type. */
  readonly cases: readonly CasesImpact[];
  /** Of the types that change. */
  readonly records: readonly RecordsImpact[];
}

interface Parts {
  readonly store: Pick<Store, 'registry' | 'cases' | 'records'>;
  readonly catalogue: Pick<Catalogue, 'version' | 'core'>;
  /** What the change does to the versions that it is given. */
  readonly impactOf: (versions: readonly ImpactVersion[]) => Promise<readonly ArtefactImpact[]>;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Knows what was read of versions before. (Default: all are read anew) */
  readonly checks?: Pick<PassedChecks, 'reading'>;
}

/**
 * Tells what a change of the release in force would do to published versions and running cases. Cases
 * with a changed type are looked through while the versions are.
 */
export async function impactOnStore(
  { store, catalogue, impactOf, now, checks = NO_PASSED_CHECKS }: Parts,
  { before, after }: Proposed,
  options: Pick<CasesImpactOptions, 'onProgress' | 'signal'> = {},
): Promise<StoreImpact> {
  const { registry, cases } = store;
  const standing = await versionsToLookAt(registry, await cases.versionsInUse());
  const versions = await withReadings(standing, checks);
  const parts = { cases, catalogue, now };
  const [artefacts, changed] = await Promise.all([
    impactOf(versions),
    impactOnCases(parts, { before, after }, options),
  ]);
  const alsoOf = artefacts.flatMap(({ name: workflow, version, verdict }) =>
    version === undefined || verdict === 'safe' ? [] : [{ workflow, version }],
  );
  const others = await impactOnCases(
    parts,
    { before, after },
    { ...options, alsoOf, notOf: changed },
  );
  const records = await impactOnRecords(
    { records: store.records, catalogue, now },
    { before, after },
    options,
  );
  return { artefacts, cases: [...changed, ...others], records };
}

/** The newest version of each workflow, and those that cases run; core processes are the core's. */
async function versionsToLookAt(
  registry: Registry,
  inUse: readonly WorkflowVersion[],
): Promise<readonly PublishedWorkflow[]> {
  const newest = await registry.published();
  const standing = new Set(newest.map(({ name, version }) => `${name}@${version}`));
  const older = inUse.filter(({ workflow, version }) => !standing.has(`${workflow}@${version}`));
  const found = await Promise.all(
    older.map(({ workflow, version }) => registry.version(workflow, version)),
  );
  return [...newest, ...found]
    .filter((one) => one !== undefined)
    .filter(({ name }) => !name.startsWith('core/'));
}
