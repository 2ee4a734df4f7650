import { expect } from 'chai';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { StoredCase } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import type { FakeConnectors } from './fake-connectors.ts';
import { expectFold } from './fold-history.ts';
import { makeEngine } from './run-engine.ts';
import { CLERK, arrived } from './with-workshop.ts';

const CASES = 4;
/** Longer than a lease. */
const LATER = 31_000;

/** All that outlives the hosts. */
export interface World {
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

/** What a host works with: a store that may fail, and may have died with its host. */
interface HostStore {
  readonly store: Store;
  isDead(): boolean;
}

/** Runs one host until it dies or everything is done; tells which. */
export async function runHost(world: World, host: HostStore): Promise<boolean> {
  const { store, clock, catalogue, connectors } = world;
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

/** Expects that all cases have ended, that nothing was done twice, and that every history is whole. */
export async function expectAllDone(world: World): Promise<void> {
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
