import { expect } from 'chai';
import type { Store } from '../../engine/ports/store.ts';
import {
  CLERK,
  DAY,
  arrived,
  complete,
  load,
  pass,
  startSample,
  withWorkshop,
} from './with-workshop.ts';

const WAITING = {
  states: `
  waiting:
    wait: { message: depot.arrived, match: reference, keep: 2 hours }
    save: { item.pieces: message.pieces }
    done: ended
    after: { 10 days: ended }
  ended: { final: completed }`,
};
const HOUR = 60 * 60 * 1000;
const SWEEP = 30_000;

describe('a message', () => {
  it('that a case waits for is stored by the step that takes it, and known from then on', async () => {
    const stored: string[] = [];
    const wrap = (store: Store): Store => ({
      ...store,
      messages: {
        ...store.messages,
        receive: (message) => {
          stored.push(message.id);
          return store.messages.receive(message);
        },
      },
    });
    const twice = {
      states: `
  waiting: { wait: { message: depot.arrived, match: reference, keep: 2 hours }, done: again }
  again: { wait: { message: depot.arrived, match: reference, keep: 2 hours }, done: ended }
  ended: { final: completed }`,
    };
    await withWorkshop({ workflows: [twice], wrap }, async (workshop) => {
      const { engine, store, clock } = workshop;
      const early = arrived('S-1', 1, clock.now(), 'early');
      await engine.receive(early);
      expect(stored).to.deep.equal(['early']);
      const caseId = await startSample(workshop);
      expect((await load(workshop, caseId)).states).to.deep.equal(['again']);
      const message = arrived('S-1', 1, clock.now(), 'late');
      await engine.receive(early);
      expect((await load(workshop, caseId)).states).to.deep.equal(['again']);
      await engine.receive(message);
      expect((await load(workshop, caseId)).outcome).to.equal('completed');
      expect(stored).to.deep.equal(['early', 'early']);
      expect(await store.messages.receive(message)).to.equal(false);
      expect(await store.cases.history(caseId)).to.have.length(3);
    });
  });

  it('that the case cannot take is an incident, and the case waits on', () =>
    withWorkshop({ workflows: [WAITING] }, async (workshop) => {
      const { engine, store, clock, lines } = workshop;
      const caseId = await startSample(workshop);
      await engine.receive(arrived('S-1', 101, clock.now()));
      await engine.idle();
      const [incident] = await store.incidents.ofCase(caseId);
      expect(incident).to.include({ code: 'refused-data', state: 'waiting', visit: 1 });
      expect(incident?.message).to.contain('pieces');
      // It is not offered again by itself.
      const logged = lines.length;
      await pass(workshop, SWEEP);
      await pass(workshop, SWEEP);
      expect(lines.length).to.equal(logged);
      await engine.retryIncident(incident?.id ?? '', CLERK);
      await engine.idle();
      expect((await store.incidents.ofCase(caseId))[0]).to.include({ code: 'refused-data' });

      await engine.receive(arrived('S-1', 5, clock.now()));
      await engine.idle();
      expect((await load(workshop, caseId)).outcome).to.equal('completed');
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
    }));

  it('is taken when its incident is tried again where the case can take it then', () => {
    const adding = {
      states: `
  first: { task: { assign: { role: clerk }, form: work }, on: { done: waiting } }
  waiting:
    wait: { message: depot.arrived, match: reference }
    save: { count: 'message.pieces + (date(now) >= date("2027-03-02") ? 0 : 7)' }
    done: ended
  ended: { final: completed }`,
    };
    return withWorkshop({ workflows: [adding] }, async (workshop) => {
      const { engine, store, clock } = workshop;
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      await engine.receive(arrived('S-1', 97, clock.now()));
      await engine.idle();
      const [incident] = await store.incidents.ofCase(caseId);
      expect(incident?.job).to.include({ kind: 'message' });
      await pass(workshop, DAY);
      await engine.retryIncident(incident?.id ?? '', CLERK);
      await engine.idle();
      expect((await load(workshop, caseId)).outcome).to.equal('completed');
      expect((await engine.look(caseId)).data['count']).to.equal(97);
    });
  });

  it('that is heard is the last one while the case stays where it waited', () => {
    const staying = {
      states: `
  waiting:
    wait: { message: depot.arrived, match: reference }
    done: [{ when: 'message.pieces > 3', to: ended }]
    after: { 1 days: ended }
  ended: { final: completed }`,
    };
    return withWorkshop({ workflows: [staying] }, async (workshop) => {
      const { engine, store, clock, lines } = workshop;
      const caseId = await startSample(workshop);
      await engine.receive(arrived('S-1', 1, clock.now()));
      await engine.receive(arrived('S-1', 5, clock.now()));
      await engine.idle();
      expect((await load(workshop, caseId)).states).to.deep.equal(['waiting']);
      expect(await store.messages.unmatched(clock.now(), 10)).to.deep.equal([]);
      expect(lines).to.deep.equal([]);
      await pass(workshop, DAY);
      expect((await load(workshop, caseId)).outcome).to.equal('completed');
    });
  });

  it('that came too long before the case waited for it is not taken', () => {
    const later = {
      states: `
  first: { task: { assign: { role: clerk }, form: work }, on: { done: waiting } }${WAITING.states}`,
    };
    return withWorkshop({ workflows: [later] }, async (workshop) => {
      const { engine, clock } = workshop;
      const caseId = await startSample(workshop);
      await engine.receive(arrived('S-1', 1, clock.now()));
      await pass(workshop, 3 * HOUR);
      await engine.receive(arrived('S-1', 2, clock.now()));
      await pass(workshop, HOUR);
      await complete(workshop, caseId, 'done');
      expect((await engine.look(caseId)).data['item']).to.deep.equal({ pieces: 2 });
    });
  });

  it('that a stop left lying is found by the next sweep, whatever fails beside it', () => {
    let isFailing = false;
    const settings = {
      workflows: [WAITING],
      mayFail: true,
      wrap: (store) => ({
        ...store,
        messages: {
          ...store.messages,
          kept: (name, key, now) =>
            isFailing && key === 'S-1'
              ? Promise.reject(new Error('The network is down.'))
              : store.messages.kept(name, key, now),
        },
      }),
    } satisfies Parameters<typeof withWorkshop>[0];
    return withWorkshop(settings, async (workshop) => {
      const { store, clock, lines } = workshop;
      const cases = [await startSample(workshop), await startSample(workshop)];
      isFailing = true;
      for (const reference of ['S-1', 'S-2']) {
        await store.messages.receive(arrived(reference, 1, clock.now(), reference));
      }
      await pass(workshop, SWEEP);
      const states = await Promise.all(cases.map(async (id) => (await load(workshop, id)).status));
      expect(states).to.deep.equal(['active', 'finished']);
      expect(lines.map(({ message }) => message)).to.include('a message could not be handed over');
      isFailing = false;
      await pass(workshop, SWEEP);
      expect((await load(workshop, cases[0] ?? '')).status).to.equal('finished');
    });
  });
});
