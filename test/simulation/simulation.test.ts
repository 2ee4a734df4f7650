import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { Store } from '../../engine/ports/store.ts';
import { CRASH_WORKFLOWS } from '../runtime/crash-workflows.ts';
import { publishWorkshop } from '../runtime/with-workshop.ts';
import { brokenPromises } from './broken-promises.ts';
import { PLANTED } from './planted-faults.ts';
import type { Published, Records } from './simulate.ts';
import { simulate } from './simulate.ts';

const SEEDS = { full: 2_000, nightly: 100_000 }[process.env['TRELLIS_TEST_SIZE'] ?? ''] ?? 200;

/** Within so many seeds a store with a fault is found. */
const FEW = 40;

describe('a simulated world of several hosts', () => {
  const publish = async (begins: boolean): Promise<Published> => {
    const store = createMemoryStore();
    const workflows = CRASH_WORKFLOWS.filter(({ name }) => begins || name !== 'lonely');
    const catalogue = await publishWorkshop(store, workflows);
    return { begins, catalogue, registry: store.registry };
  };
  const publishing = Promise.all([publish(true), publish(false)]);

  /** Looks through a run of a seed; the message begins a case in every second. */
  const run = async (seed: number, wrap?: (store: Store) => Store): Promise<Records> => {
    const [beginning, waiting] = await publishing;
    const published = seed % 2 === 0 ? beginning : waiting;
    return simulate(published, { seed, ...(wrap === undefined ? {} : { wrap }) });
  };

  it('keeps every promise, whatever happens in whatever order', async function () {
    this.timeout(0);
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      expect(await brokenPromises(await run(seed)), `seed ${seed}`).to.deep.equal([]);
    }
  });

  it('is the same for the same seed, and another for another', async () => {
    const traceOf = async (seed: number): Promise<string> => {
      const { trace } = await run(seed);
      return createHash('sha256').update(trace.join('\n')).digest('hex');
    };
    expect(await traceOf(7)).to.equal(await traceOf(7));
    expect(await traceOf(7)).not.to.equal(await traceOf(8));
  });

  for (const [fault, wrap] of Object.entries(PLANTED)) {
    it(`finds a store that ${fault}`, async () => {
      const found: string[] = [];
      for (let seed = 1; seed <= FEW && found.length === 0; seed += 1) {
        found.push(...(await brokenPromises(await run(seed, wrap))));
      }
      expect(found).not.to.have.length(0);
    });
  }
});
