import { openStore } from '../../engine/adapters/sql/store.ts';
import type { StoreSettings } from '../../engine/adapters/sql/store.ts';
import { createSystemClock } from '../../engine/adapters/system/clock.ts';
import { createIds } from '../../engine/adapters/system/ids.ts';
import { createLog } from '../../engine/adapters/system/log.ts';
import { createSigner } from '../../engine/adapters/system/signer.ts';
import type { AccessActor, Decision } from '../../engine/governance/access/words.ts';
import type { WorkflowSource } from '../../engine/kernel/definition/workflow.ts';
import type { Actor } from '../../engine/kernel/effects.ts';
import type { Clock, Ids } from '../../engine/ports/clock.ts';
import type { Connectors } from '../../engine/ports/connector.ts';
import type { Signer } from '../../engine/ports/signer.ts';
import type { Store } from '../../engine/ports/store.ts';
import { addRelease } from '../../engine/runtime/add-release.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';
import { Engine } from '../../engine/runtime/engine.ts';
import { createPassedChecks } from '../../engine/runtime/passed-checks.ts';
import { publishAll } from '../../engine/runtime/publish.ts';
import { CORE_FILES, WORKFLOWS } from './company.ts';
import { watchSteps } from './watch-steps.ts';
import type { StepWatch } from './watch-steps.ts';

/** The bench's company, running on a real database with its connectors in process. */
export interface Depot {
  readonly engine: Engine;
  readonly store: Store;
  readonly watch: StepWatch;
  readonly clock: Clock;
  readonly ids: Ids;
}

const RELEASE = '1.1';

/** Who does all the work of the bench: for the history, and for `authorize`. */
export const SORTER: Actor = { kind: 'staff', id: 'u-1', name: 'Sam Sorter' };
/** The same person as `authorize` knows them. */
export const SORTER_ACCESS: AccessActor = {
  kind: 'staff',
  id: SORTER.id,
  roles: ['sorter'],
  teams: ['depot'],
};

/** The carrier, in process: it answers at once, and always well. */
const CARRIER: Connectors = {
  call: ({ operation, idempotencyKey }) =>
    Promise.resolve({
      kind: 'ok',
      output: operation === 'carrier.book' ? { rideNo: idempotencyKey } : { billNo: 'B-1' },
    }),
  retryPolicy: () => ({ attempts: 3, first: 1_000, backoff: 'exponential' }),
  timeout: () => 10_000,
  longestTimeout: () => 10_000,
  close: () => Promise.resolve(),
};

/** What one bench has other than the parcel service. */
export interface Company {
  readonly files: ReadonlyMap<string, string>;
  readonly workflows: readonly WorkflowSource[];
  readonly call: Connectors['call'];
}

const PARCEL_SERVICE: Company = { files: CORE_FILES, workflows: WORKFLOWS, call: CARRIER.call };

/** Runs a company (Default: the parcel service) on a database, and stops it afterwards. */
export async function withDepot<T>(
  settings: StoreSettings,
  work: (depot: Depot) => Promise<T>,
  company = PARCEL_SERVICE,
): Promise<T> {
  const opened = await openStore(settings);
  try {
    const watch = watchSteps(opened, 'url' in settings);
    const { store } = watch;
    const clock = createSystemClock();
    const ids = createIds(clock);
    const signer = createSigner(new Uint8Array(48).fill(7));
    const engine = new Engine({
      store,
      catalogue: await publish({ store, clock, signer }, company),
      connectors: { ...CARRIER, call: company.call },
      clock,
      ids,
      log: createLog({ sink: process.stderr, clock, level: 'warn' }),
      signer,
      frameMail: ({ body }) => body,
      linkUrl: (token) => `https://parcels.example/l/${token}`,
    });
    engine.start();
    try {
      return await work({ engine, store, watch, clock, ids });
    } finally {
      watch.stop();
      await engine.stop();
    }
  } finally {
    await opened.close();
  }
}

/** What passed its check in an earlier process is not checked again, as in a host. */
async function publish(
  { store, clock, signer }: { store: Store; clock: Clock; signer: Signer },
  company: Company,
): Promise<Catalogue> {
  const { registry, vault } = store;
  const checks = createPassedChecks({ vault, signer, clock, checker: 'bench' });
  const catalogue = new Catalogue(registry, checks);
  const release = {
    release: RELEASE,
    digest: '0'.repeat(64),
    files: Object.fromEntries(company.files),
    createdAt: clock.now(),
  };
  const { view } = await catalogue.adopt(release);
  await addRelease({ ...store, clock }, release);
  const sources = company.workflows.map((source) => ({ name: source.name, source }));
  const { refused } = await publishAll(sources, view, store, clock.now(), checks);
  const problems = refused.flatMap((one) => one.problems.map(({ message }) => message));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  await catalogue.refresh();
  return catalogue;
}

/** Holds a decision of `authorize` as every route does. */
export function assertAllowed(decision: Decision): void {
  if (!decision.allowed) throw new Error(`Refused: ${decision.reason}`);
}
