import { expect } from 'chai';
import fc from 'fast-check';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { StoredCase } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import { CRASH_WORKFLOWS } from './crash-workflows.ts';
import type { Fault } from './failing-store.ts';
import { failingStore } from './failing-store.ts';
import type { FakeConnectors } from './fake-connectors.ts';
import { expectFold } from './fold-history.ts';
import { makeEngine } from './run-engine.ts';
import { CLERK, NOW, arrived, goodConnectors, publishWorkshop } from './with-workshop.ts';

const RUNS = process.env['TRELLIS_TEST_SIZE'] === 'full' ? 150 : 25;
const CASES = 4;
/** Longer than a lease. */
const LATER = 31_000;
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

/** All that outlives the hosts. */
interface World {
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly connectors: FakeConnectors;
  readonly catalogue: Catalogue;
}

/** The people and systems around: they do what there is to do, again until it was answered. */
async function act({ store, clock }: World, engine: Engine): Promise<void> {
  const form = { data: { email: 'a@ada.example' }, own: {} };
  for (let number = 1; number <= CASES; number += 1) {
    const submissionKey = `start-${number}`;
    await ignoring(
      engine.startCase({ workflow: 'sample', start: 'online', form, actor: CLERK, submissionKey }),
    );
    const lonely = `lonely-${number}`;
    await ignoring(engine.receive(arrived(lonely, number, clock.now(), lonely)));
  }
  for (const { id, reference } of await parents(store)) {
    await ignoring(engine.receive(arrived(reference, 1, clock.now(), reference)));
    const tasks = await store.worklist.tasksOfCase(id);
    for (const { id: taskId, status } of tasks) {
      if (status !== 'open') continue;
      const outcome = isStopped(reference) ? 'stop' : 'done';
      const given = { form: { data: {}, own: {} }, actor: CLERK, submissionKey: taskId };
      await ignoring(engine.completeTask({ taskId, outcome, ...given }));
    }
  }
}

/** What failed is done again later. */
async function ignoring(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work]);
}

async function parents(
  store: Store,
  workflow = 'sample',
): Promise<readonly Omit<StoredCase, 'snapshot'>[]> {
  return (await store.worklist.cases({ workflow }, undefined, 100)).rows;
}

/** Half of the cases are stopped, and undone. */
function isStopped(reference: string): boolean {
  return Number(reference.slice(2)) % 2 === 0;
}

/** Runs one host until it dies or everything is done; tells which. */
async function runHost(world: World, plan: Iterator<Fault>): Promise<boolean> {
  const { store, clock, catalogue, connectors } = world;
  const host = failingStore(store, plan);
  const engine = makeEngine({ store: host.store, clock, catalogue, connectors, lines: [] });
  engine.start();
  let isDone = false;
  for (let round = 0; round < 20 && !isDone && !host.isDead(); round += 1) {
    await act(world, engine);
    await engine.idle();
    clock.advance(LATER);
    await engine.idle();
    isDone = (await store.jobs.nextDue()) === undefined && (await allFinished(store));
  }
  await engine.stop();
  clock.advance(LATER);
  return isDone;
}

async function allFinished(store: Store): Promise<boolean> {
  const cases = await parents(store);
  const lonely = await parents(store, 'lonely');
  if (lonely.length !== 2 * CASES) return false;
  return cases.length === CASES && cases.every(({ status }) => status === 'finished');
}

/** The keys of the effects by which an operation was called, each once. */
function effects({ connectors }: World, name: string): ReadonlySet<string> {
  const calls = connectors.calls.filter(({ operation }) => operation === name);
  return new Set(calls.map(({ idempotencyKey }) => idempotencyKey));
}

async function expectAllDone(world: World): Promise<void> {
  const { store, catalogue } = world;
  const { rows } = await store.worklist.cases({}, undefined, 100);
  const stopped = (await parents(store)).filter(({ reference }) => isStopped(reference)).length;
  const leaflets = 2 * (CASES - stopped);
  expect(await parents(store, 'leaflet')).to.have.length(leaflets);
  // Each of the messages begins one, also those that another case waits for.
  expect(await parents(store, 'lonely')).to.have.length(2 * CASES);
  expect(rows).to.have.length(4 * CASES + leaflets);
  const calls = {
    'depot.take': 2 * CASES + leaflets,
    'depot.give': 2 * stopped,
    'depot.pack': CASES - stopped,
    'mail.send': CASES,
  };
  for (const [name, count] of Object.entries(calls)) {
    expect(effects(world, name), name).to.have.property('size', count);
  }
  for (const { id, outcome, parent, reference, workflow } of rows) {
    if (workflow === 'sample' && parent === undefined) {
      expect(outcome).to.equal(isStopped(reference) ? 'stopped' : 'completed');
    }
    await expectFold(store, catalogue, id);
    expect(await store.incidents.ofCase(id)).to.deep.equal([]);
  }
}

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
          if (await runHost(world, plan)) break;
        }
        await expectAllDone(world);
      },
    );
    await fc.assert(property, { numRuns: RUNS, examples: [[HANDED_OVER_FIRST]] });
  }).timeout(120_000);

  it('does everything once where nothing fails', async () => {
    const world = await freshWorld();
    expect(await runHost(world, [].values())).to.equal(true);
    await expectAllDone(world);
    const keys = world.connectors.calls.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).to.equal(keys.length);
  });
});
