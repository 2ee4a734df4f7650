import { expect } from 'chai';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import { until } from '../until.ts';
import type { FakeConnectors } from './fake-connectors.ts';
import { ok } from './fake-connectors.ts';
import type { LogLine } from './run-engine.ts';
import { errorsIn, makeEngine } from './run-engine.ts';
import { DAY, NOW, CLERK, goodConnectors, publishWorkshop } from './with-workshop.ts';

const TAKING = {
  states: `
  taking: { call: depot.take, with: { what: email }, done: ended }
  ended: { final: completed }`,
};
const EVERY_MORNING = {
  name: 'morning',
  start: `daily: { schedule: '0 7 * * *', set: { id: 'text(today())' } }`,
  states: `
  ended: { final: completed }`,
};

interface Running {
  readonly engine: Engine;
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly connectors: FakeConnectors;
}

/** Two hosts, each with connections of its own, on one clock that moves only when a test says so. */
async function withHosts(
  url: string,
  test: (one: Running, other: Running, clock: SimulatedClock) => Promise<void>,
): Promise<void> {
  const clock = createSimulatedClock(NOW);
  const lines: LogLine[] = [];
  const hosts: Running[] = [];
  try {
    for (let host = 0; host < 2; host += 1) {
      const store = await openStore({ url });
      const catalogue = await publishWorkshop(store, [TAKING]);
      const connectors = goodConnectors();
      const dispatcher = { concurrency: 1 };
      const parts = { store, catalogue, connectors, clock, lines, dispatcher };
      const engine = makeEngine(parts);
      engine.start();
      hosts.push({ engine, store, catalogue, connectors });
    }
    const [one, other] = hosts as [Running, Running];
    await test(one, other, clock);
  } finally {
    for (const { engine } of hosts) await engine.stop();
    for (const { store } of hosts) await store.close();
  }
  expect(errorsIn(lines)).to.deep.equal([]);
}

describe('two hosts on one PostgreSQL', () => {
  const url = usePostgres();

  it('wake each other for jobs that one has no room for', () =>
    withHosts(url(), async (one, other) => {
      const form = { data: { email: 'a@ada.example' }, own: {} };
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      one.connectors.answer('depot.take', async () => {
        await held;
        return ok({ id: 'X' });
      });
      try {
        const start = { workflow: 'sample', start: 'online', form, actor: CLERK };
        const cases = [await one.engine.startCase(start), await one.engine.startCase(start)];
        // The clock stands still: only word from the first host can wake the second.
        await until('the second case to end', async () => {
          const stored = await Promise.all(cases.map(({ caseId }) => one.store.cases.load(caseId)));
          return stored.some((found) => found?.status === 'finished');
        });
        expect(other.connectors.calls).to.have.length(1);
        expect(one.connectors.calls).to.have.length(1);
      } finally {
        release();
      }
    })).timeout(30_000);

  it('begin a case of what one of them published, once each time its schedule comes', () =>
    withHosts(url(), async (one, other, clock) => {
      await publishWorkshop(one.store, [TAKING, EVERY_MORNING]);
      await one.catalogue.refresh();
      one.store.neighbours.tell('published');
      await until('the other host to know it', () =>
        other.catalogue.list().some(({ name }) => name === 'morning'),
      );
      for (let day = 1; day <= 5; day += 1) {
        clock.advance(DAY);
        await Promise.all([one.engine.idle(), other.engine.idle()]);
        const { rows } = await other.store.worklist.cases({ workflow: 'morning' }, undefined, 100);
        expect(rows).to.have.length(day);
      }
    })).timeout(30_000);
});
