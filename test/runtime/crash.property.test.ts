import { expect } from 'chai';
import fc from 'fast-check';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { CRASH_WORKFLOWS } from './crash-workflows.ts';
import type { World } from './crash-world.ts';
import { expectAllDone, runHost } from './crash-world.ts';
import type { Fault } from './failing-store.ts';
import { failingStore } from './failing-store.ts';
import { NOW, goodConnectors, publishWorkshop } from './with-workshop.ts';

const RUNS = process.env['TRELLIS_TEST_SIZE'] === 'full' ? 150 : 25;
/** More hosts than any plan of faults needs. */
const MOST_HOSTS = 60;

const FAULT = fc.constantFrom<Fault>(
  ...(['none', 'none', 'none', 'fails', 'saves and fails', 'dies', 'saves and dies'] as const),
);

/** Where a message could not begin its case at once, it was handed over, and then began none. */
const HANDED_OVER_FIRST: Fault[] = [
  ...([
    'saves and fails',
    'none',
    'saves and dies',
    'none',
    'none',
    'none',
    'none',
    'none',
  ] as const),
  ...(['fails', 'none', 'fails', 'none', 'saves and fails', 'fails'] as const),
];

describe('an engine whose commits fail, and that dies', () => {
  const publishing = (async () => {
    const store = createMemoryStore();
    return { catalogue: await publishWorkshop(store, CRASH_WORKFLOWS), registry: store.registry };
  })();

  async function freshWorld(): Promise<World> {
    const { catalogue, registry } = await publishing;
    const store = { ...createMemoryStore(), registry };
    return { store, catalogue, clock: createSimulatedClock(NOW), connectors: goodConnectors() };
  }

  it('has done everything in the end, each effect under one key', async () => {
    const property = fc.asyncProperty(
      fc.array(FAULT, { minLength: 5, maxLength: 60 }),
      async (faults) => {
        const world = await freshWorld();
        const plan = faults.values();
        for (let hosts = 0; hosts < MOST_HOSTS; hosts += 1) {
          if (await runHost(world, failingStore(world.store, plan))) break;
        }
        await expectAllDone(world);
      },
    );
    await fc.assert(property, { numRuns: RUNS, examples: [[HANDED_OVER_FIRST]] });
  }).timeout(120_000);

  it('does everything once where nothing fails', async () => {
    const world = await freshWorld();
    expect(await runHost(world, failingStore(world.store, [].values()))).to.equal(true);
    await expectAllDone(world);
    const keys = world.connectors.calls.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).to.equal(keys.length);
  });
});
