import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import type { FakeConnectors } from '../runtime/fake-connectors.ts';
import type { LogLine } from '../runtime/run-engine.ts';
import { makeEngine } from '../runtime/run-engine.ts';
import type { Ask } from './ask.ts';
import type { Random } from './random.ts';
import { seededIds } from './seeded-ids.ts';
import type { Scheduler } from './scheduler.ts';
import { wiredConnectors } from './wired-connectors.ts';
import { wiredStore } from './wired-store.ts';
import type { Faults } from './wire.ts';
import { overTheWire } from './wire.ts';

/** What the hosts share, and what outlives them. */
export interface Ground {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly connectors: FakeConnectors;
  /** The true time. */
  readonly clock: SimulatedClock;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: () => Faults;
}

/** Seldom, in milliseconds: where a clock was wrong for a while, hours pass. */
const POLL = 10 * 60 * 1000;

/** One host among several on one database. */
export interface Host {
  readonly name: string;
  readonly engine: Engine;
  readonly lines: LogLine[];
  /** Sets its clock, by so many milliseconds from what it shows. */
  shift(ms: number): void;
  /** Waits for something that the host does, and fails where the host dies meanwhile. */
  whileAlive<Answer>(work: Promise<Answer>): Promise<Answer>;
  /** Ends it in the middle of whatever it does. */
  kill(): void;
}

/** Starts a host; its clock is off the true time by `skew` milliseconds. */
export function startHost(name: string, ground: Ground, skew: number): Host {
  const { scheduler, random, faults, store, catalogue, connectors } = ground;
  const ask: Ask = (what, asked) =>
    overTheWire({ scheduler, random, owner: name, faults }, what, asked);
  let off = skew;
  const wakers = new Set<() => void>();
  const clock: SimulatedClock = {
    ...ground.clock,
    now: () => ground.clock.now() + off,
    at: (at, wake) => wakeAt(ground, name, at - off, wake, wakers),
  };
  const lines: LogLine[] = [];
  const engine = makeEngine({
    store: wiredStore(store, ask),
    catalogue,
    connectors: wiredConnectors(connectors, ask),
    clock,
    lines,
    ids: seededIds(random, clock),
    dispatcher: { poll: POLL },
  });
  const waiting = new Set<() => void>();
  engine.start();
  return {
    ...{ name, engine, lines },
    whileAlive: (work) =>
      new Promise((resolve, reject) => {
        const fail = (): void => {
          reject(new Error(`${name} died.`));
        };
        waiting.add(fail);
        void work.then(resolve, reject).finally(() => waiting.delete(fail));
      }),
    shift: (ms) => {
      off += ms;
    },
    kill: () => {
      for (const cancel of wakers) cancel();
      scheduler.drop(name);
      for (const fail of waiting) fail();
    },
  };
}

/** A timer of a process does not follow its clock: it counts the time that passes. */
function wakeAt(
  { clock, scheduler }: Ground,
  name: string,
  at: number,
  wake: () => void,
  wakers: Set<() => void>,
): () => void {
  let isCancelled = false;
  const cancelWaker = clock.at(at, () => {
    wakers.delete(cancel);
    scheduler.add(name, 'wakes', () => {
      if (!isCancelled) wake();
    });
  });
  const cancel = (): void => {
    isCancelled = true;
    wakers.delete(cancel);
    cancelWaker();
  };
  wakers.add(cancel);
  return cancel;
}
