import { expect } from 'chai';
import fc from 'fast-check';
import pg from 'pg';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { Store } from '../../engine/ports/store.ts';
import { emptyTables } from '../postgres/empty-tables.ts';
import type { Moment, Proxy } from '../postgres/proxy.ts';
import { withProxy } from '../postgres/proxy.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import { CRASH_WORKFLOWS } from './crash-workflows.ts';
import { expectAllDone, runHost } from './crash-world.ts';
import { NOW, goodConnectors, publishWorkshop } from './with-workshop.ts';

/** How often the database goes away in all, and in one run at most. */
const SIZES: Readonly<Record<string, number>> = { full: 20, nightly: 1_000 };
const TIMES = SIZES[process.env['TRELLIS_TEST_SIZE'] ?? ''] ?? 5;
const MOST_A_RUN = 20;
/** What the statement that saves steps is called by. */
const SAVE = 'trellis_save_';

type Disturbance = Moment | 'refused' | 'none';

/** A store from which the database goes away in the middle of commits, by a plan. */
function disturbed(
  store: Store,
  proxy: Proxy,
  plan: Iterator<Disturbance>,
  onDisturbed: () => void,
): Store {
  const commit: Store['cases']['commit'] = (steps) => {
    const { value = 'none' } = plan.next() as { readonly value?: Disturbance };
    if (value !== 'none') onDisturbed();
    if (value === 'refused') proxy.refuse(3);
    else if (value !== 'none') void proxy.cutAt(SAVE, value);
    return store.cases.commit(steps);
  };
  return { ...store, cases: { ...store.cases, commit } };
}

describe('an engine whose PostgreSQL goes away in the middle of transactions', () => {
  const url = usePostgres();
  let random: fc.Arbitrary<Disturbance[]>;
  before(() => {
    const kinds: Disturbance[] = ['before', 'during', 'after', 'refused', 'none', 'none'];
    random = fc.array(fc.constantFrom(...kinds), { minLength: 40, maxLength: 40 });
  });

  it('loses nothing and does nothing twice', async () => {
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    const published = createMemoryStore();
    const catalogue = await publishWorkshop(published, CRASH_WORKFLOWS);
    const { registry } = published;
    try {
      await withProxy(url(), async (proxy) => {
        const behind = await openStore({ url: proxy.url });
        const beside = { ...(await openStore({ url: url() })), registry };
        try {
          let times = 0;
          for (let run = 0; times < TIMES; run += 1) {
            await emptyTables(client);
            const [sampled = []] = fc.sample(random, { numRuns: 1, seed: run });
            const plan = planned(sampled, Math.min(MOST_A_RUN, TIMES - times));
            const clock = createSimulatedClock(NOW);
            const world = { store: beside, clock, connectors: goodConnectors(), catalogue };
            const onDisturbed = (): void => {
              times += 1;
            };
            const store = { ...disturbed(behind, proxy, plan.values(), onDisturbed), registry };
            const isDone = await runHost(world, { store, isDead: () => false });
            proxy.mend();
            expect(isDone, `run ${run}`).to.equal(true);
            await expectAllDone(world);
          }
        } finally {
          await behind.close();
          await beside.close();
        }
      });
    } finally {
      await client.end();
    }
  }).timeout(TIMES * 4_000 + 30_000);
});

/** A plan with no more than so many disturbances. */
function planned(plan: readonly Disturbance[], most: number): readonly Disturbance[] {
  let times = 0;
  return plan.map((one) => {
    if (one === 'none' || times === most) return 'none';
    times += 1;
    return one;
  });
}
