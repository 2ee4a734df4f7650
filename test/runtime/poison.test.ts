import { expect } from 'chai';
import type { Store } from '../../engine/ports/store.ts';
import { ok } from './fake-connectors.ts';
import type { LogLine } from './run-engine.ts';
import { makeEngine } from './run-engine.ts';
import type { Workshop } from './with-workshop.ts';
import { CLERK, DAY, callsOf, load, pass, startSample, withWorkshop } from './with-workshop.ts';

const TAKING = {
  states: `
  taking: { call: depot.take, with: { what: email }, done: waiting }
  waiting: { after: { 1 days: ended } }
  ended: { final: completed }`,
};

/** Longer than a lease: a job whose run came to nothing is claimed again. */
const LEASE = 31_000;

async function passLeases(
  workshop: Pick<Workshop, 'engine' | 'clock'>,
  count: number,
): Promise<void> {
  for (let lease = 0; lease < count; lease += 1) await pass(workshop, LEASE);
}

describe('a job that cannot be run', () => {
  it('is an incident after ten tries, while its neighbours go on', () =>
    withWorkshop({ workflows: [TAKING], mayFail: true }, async (workshop) => {
      const { connectors, store, engine, lines } = workshop;
      connectors.answer('depot.take', ({ input, idempotencyKey }) => {
        if (input['what'] === 'bad@ada.example') throw new Error('The program is wrong.');
        return ok({ id: idempotencyKey.slice(-3) });
      });
      const bad = await startSample(workshop, 'sample', { email: 'bad@ada.example' });
      await passLeases(workshop, 8);
      expect(await store.incidents.ofCase(bad)).to.deep.equal([]);
      const good = await startSample(workshop);
      expect((await load(workshop, good)).states).to.deep.equal(['waiting']);
      await passLeases(workshop, 1);
      const [incident] = await store.incidents.ofCase(bad);
      expect(incident).to.include({ code: 'cannot-run', state: 'taking' });
      expect(incident?.message).to.contain('The program is wrong.');
      expect(new Set(callsOf(workshop, 'depot.take').slice(0, 9)).size).to.equal(1);
      await passLeases(workshop, 3);
      expect(callsOf(workshop, 'depot.take')).to.have.length(11);
      expect(lines.filter(({ level }) => level === 'error')).to.have.length(10);

      connectors.answer('depot.take', ok({ id: 'X' }));
      await engine.retryIncident(incident?.id ?? '', CLERK);
      await engine.idle();
      expect((await load(workshop, bad)).states).to.deep.equal(['waiting']);
    }));

  it('is an incident also where its case cannot be read any more', () =>
    withWorkshop(
      { workflows: [TAKING] },
      async ({ engine, store, clock, catalogue, connectors }) => {
        const caseId = await startSample({ engine });
        await engine.stop();
        const lines: LogLine[] = [];
        const other = makeEngine({ store: unreadable(store), catalogue, clock, connectors, lines });
        other.start();
        await pass({ engine: other, clock }, DAY);
        for (let lease = 0; lease < 9; lease += 1) await pass({ engine: other, clock }, LEASE);
        await other.stop();
        expect((await store.incidents.ofCase(caseId))[0]).to.include({ code: 'cannot-run' });
        expect(await store.jobs.nextDue()).to.equal(undefined);
      },
    ));

  it('stays where it is while nothing can be saved, and goes on afterwards', () => {
    let isDown = false;
    const failing = (store: Store): Store => ({
      ...store,
      cases: {
        ...store.cases,
        commit: (steps) =>
          isDown ? Promise.reject(new Error('The disk is full.')) : store.cases.commit(steps),
      },
    });
    const settings = { workflows: [TAKING], wrap: failing, mayFail: true } as const;
    return withWorkshop(settings, async (workshop) => {
      const { store, connectors, lines } = workshop;
      connectors.answer('depot.take', () => {
        isDown = true;
        return ok({ id: 'X' });
      });
      const caseId = await startSample(workshop);
      await passLeases(workshop, 11);
      const failed = lines.filter(({ message }) => message === 'a job could not be given up');
      expect(failed.length).to.be.greaterThan(0);
      isDown = false;
      connectors.answer('depot.take', ok({ id: 'X' }));
      await passLeases(workshop, 1);
      expect((await load(workshop, caseId)).states).to.deep.equal(['waiting']);
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
    });
  });
});

/** A store whose cases were written by an engine of another time, and have lost their history. */
function unreadable(store: Store): Store {
  return {
    ...store,
    cases: {
      ...store.cases,
      load: async (id) => {
        const stored = await store.cases.load(id);
        return stored && { ...stored, snapshot: '{"format":99}' };
      },
      history: () => Promise.resolve([]),
    },
  };
}

describe('looking for jobs', () => {
  it('goes on after the store failed to answer', () => {
    let failures = 2;
    const failing = (store: Store): Store => ({
      ...store,
      jobs: {
        ...store.jobs,
        dueLanes: (now) => {
          failures -= 1;
          if (failures >= 0) return Promise.reject(new Error('The network is down.'));
          return store.jobs.dueLanes(now);
        },
      },
    });
    const settings = { workflows: [TAKING], wrap: failing, mayFail: true } as const;
    return withWorkshop(settings, async (workshop) => {
      const caseId = await startSample(workshop);
      await pass(workshop, 5_000);
      await pass(workshop, 5_000);
      expect((await load(workshop, caseId)).states).to.deep.equal(['waiting']);
      expect(workshop.lines.map(({ message }) => message)).to.include('claiming jobs failed');
    });
  });

  it('runs no more at once than it may, and leaves none', () => {
    let [running, most] = [0, 0];
    const settings = { workflows: [TAKING], dispatcher: { concurrency: 3 } };
    return withWorkshop(settings, async (workshop) => {
      const { connectors, engine } = workshop;
      connectors.answer('depot.take', async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
        return ok({ id: 'X' });
      });
      const cases = await Promise.all(Array.from({ length: 20 }, () => startSample(workshop)));
      await engine.idle();
      const states = await Promise.all(cases.map(async (id) => (await load(workshop, id)).states));
      expect(states).to.deep.equal(cases.map(() => ['waiting']));
      expect(most).to.equal(3);
    });
  });
});
