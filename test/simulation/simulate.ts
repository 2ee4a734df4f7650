import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { Registry } from '../../engine/ports/registry.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { FakeConnectors } from '../runtime/fake-connectors.ts';
import { NOW, goodConnectors } from '../runtime/with-workshop.ts';
import type { Ground } from './host.ts';
import { Nemesis } from './nemesis.ts';
import type { Acknowledgement } from './people.ts';
import { People } from './people.ts';
import { createRandom } from './random.ts';
import { Scheduler } from './scheduler.ts';
import { NO_FAULTS } from './wire.ts';

/** The workflows that the simulated hosts run, published once for all runs. */
export interface Published {
  /** Whether the message that cases wait for begins another one too. */
  readonly begins: boolean;
  readonly catalogue: Catalogue;
  readonly registry: Registry;
}

/** What is left of a run, to be looked through. */
export interface Records {
  /** How many cases people wanted. */
  readonly wishes: number;
  /** Whether the message that cases wait for begins another one too. */
  readonly begins: boolean;
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly connectors: FakeConnectors;
  readonly acknowledged: readonly Acknowledgement[];
  /** What people were refused that they should have been given. */
  readonly refusals: readonly string[];
  /** All that has happened, in its order. */
  readonly trace: readonly string[];
  /** It came to rest by itself. */
  readonly isDone: boolean;
}

export interface Plan {
  readonly seed: number;
  /** What the hosts are given in place of the store. (Default: the store) */
  readonly wrap?: (store: Store) => Store;
}

const WISHES = 2;
/** For how many turns things go wrong. */
const ROUGH = 600;
/** After so many turns it will not come to rest any more. */
const MOST = 20_000;
/** How often time passes though something else could happen. */
const TIME_PASSES = 0.02;

/**
 * Lets hosts that share a store work on cases while requests and answers overtake each other and get
 * lost, hosts die and freeze, and their clocks are wrong; then leaves them alone until they have come
 * to rest. The same seed gives the same run.
 */
export async function simulate(published: Published, { seed, wrap }: Plan): Promise<Records> {
  const random = createRandom(seed);
  const rough = { requestLost: random.next() * 0.1, answerLost: random.next() * 0.1 };
  const strikes = random.next() * 0.05;
  let turns = 0;
  const store = { ...createMemoryStore(), registry: published.registry };
  const ground: Ground = {
    catalogue: published.catalogue,
    store: wrap?.(store) ?? store,
    connectors: goodConnectors(),
    clock: createSimulatedClock(NOW),
    scheduler: new Scheduler(random),
    random,
    faults: () => (turns < ROUGH ? rough : NO_FAULTS),
  };
  const nemesis = new Nemesis(ground);
  const people = new People({ ground, someHost: () => nemesis.someHost() });
  for (let number = 1; number <= WISHES; number += 1) people.begin(number);
  people.beginToLookAfter();
  let isDone = false;
  for (; turns < MOST && !isDone && people.refusals.length === 0; turns += 1) {
    if (turns < ROUGH && random.chance(strikes)) nemesis.strike();
    if (turns === ROUGH) nemesis.relent();
    isDone = !(await passTurn(ground)) && turns > ROUGH && (await isAtRest(ground, people));
  }
  nemesis.end();
  const { acknowledged, refusals } = people;
  const { trace } = ground.scheduler;
  return {
    ...ground,
    wishes: WISHES,
    begins: published.begins,
    store,
    acknowledged,
    refusals,
    trace,
    isDone,
  };
}

/** Lets one thing happen, or else time pass until something can; answers whether one could. */
async function passTurn({ scheduler, clock, random }: Ground): Promise<boolean> {
  const happened = await scheduler.step();
  if (happened && !random.chance(TIME_PASSES)) return true;
  clock.advance(Math.max(0, (clock.nextWake() ?? clock.now()) - clock.now()));
  return happened;
}

async function isAtRest({ store }: Ground, people: People): Promise<boolean> {
  if (!people.areContent || (await store.jobs.nextDue()) !== undefined) return false;
  return (await store.incidents.list(undefined, 1)).length === 0;
}
