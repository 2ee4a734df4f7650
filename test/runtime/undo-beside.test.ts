import { expect } from 'chai';
import { expectFold } from './fold-history.ts';
import type { Workshop } from './with-workshop.ts';
import {
  CLERK,
  DAY,
  callsOf,
  complete,
  load,
  pass,
  startSample,
  withWorkshop,
} from './with-workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';

const CLEANER = {
  name: 'cleaner',
  start: 'calling: { run: [email] }',
  states: `
  giving: { call: depot.give, with: { id: email }, done: looking }
  looking: { ${TASK}, on: { good: good, fail: failed } }
  good: { final: completed }
  failed: { final: failed }`,
};

const SAMPLE = {
  beside: `undo: { call: depot.pack, with: { what: '"all"' } }
after: { 3 days: { to: stopped, undo: all } }`,
  states: `
  asking: { ${TASK}, undo: { run: cleaner, with: { email: email } }, on: { done: checking } }
  checking: { ${TASK}, on: { stop: { to: stopped, undo: all }, done: ended } }
  stopped: { final: stopped }
  ended: { final: completed }`,
};

/** The case that takes work of another back. */
async function cleanerOf(
  { store }: Workshop,
  caseId: string,
  but: ReadonlySet<string> = new Set(),
): Promise<string> {
  const { rows } = await store.worklist.cases({ workflow: 'cleaner' }, undefined, 10);
  const [cleaner, ...others] = rows.filter(({ id, parent }) => {
    return parent?.caseId === caseId && !but.has(id);
  });
  if (cleaner === undefined || others.length > 0) throw new Error(`${rows.length} cleaners`);
  return cleaner.id;
}

describe('undo beside any state', () => {
  const workflows = [CLEANER, SAMPLE];

  it('runs a case that takes the work back, and waits for its end', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      await complete(workshop, caseId, 'stop');
      expect(await load(workshop, caseId)).to.include({ status: 'undoing' });
      expect(callsOf(workshop, 'depot.give')).to.have.length(1);
      await complete(workshop, await cleanerOf(workshop, caseId), 'good');
      expect(callsOf(workshop, 'depot.pack')).to.have.length(1);
      expect(await load(workshop, caseId)).to.include({ status: 'finished', outcome: 'stopped' });
    }));

  it('is an incident where that case fails', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      await complete(workshop, caseId, 'stop');
      await complete(workshop, await cleanerOf(workshop, caseId), 'fail');
      expect(await load(workshop, caseId)).to.include({ status: 'undoing' });
      const incidents = await workshop.store.incidents.list(undefined, 10);
      expect(incidents.map(({ code }) => code)).to.deep.equal(['child-failed']);
    }));

  it('that has failed is run again by another case, as often as it takes', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const { engine, store } = workshop;
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      await complete(workshop, caseId, 'stop');
      const tried = new Set<string>();
      for (const outcome of ['fail', 'fail', 'good']) {
        const cleaner = await cleanerOf(workshop, caseId, tried);
        tried.add(cleaner);
        await complete(workshop, cleaner, outcome);
        const [incident] = await store.incidents.list(undefined, 10);
        expect(incident?.code).to.equal(outcome === 'fail' ? 'child-failed' : undefined);
        if (incident === undefined) break;
        await engine.retryIncident(incident.id, CLERK);
        await engine.idle();
        expect(await store.incidents.list(undefined, 10)).to.deep.equal([]);
        await expectFold(store, workshop.catalogue, cleaner);
      }
      expect(tried.size).to.equal(3);
      expect(await load(workshop, caseId)).to.include({ status: 'finished', outcome: 'stopped' });
      await expectFold(store, workshop.catalogue, caseId);
    }));

  it('comes by a timer of the workflow itself, in whatever state the case is', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      await pass(workshop, 3 * DAY);
      expect(await load(workshop, caseId)).to.include({ status: 'undoing' });
      await complete(workshop, await cleanerOf(workshop, caseId), 'good');
      expect(await load(workshop, caseId)).to.include({ status: 'finished', outcome: 'stopped' });
    }));

  it('lets that case rest with the one whose work it takes back', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const { operations } = workshop.engine;
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      await complete(workshop, caseId, 'stop');
      const cleaner = await cleanerOf(workshop, caseId);
      await operations.suspend({ caseId, reason: 'Wait.', actor: CLERK });
      await pass(workshop, 0);
      expect(await load(workshop, cleaner)).to.include({ status: 'suspended' });
      await operations.resume({ caseId, reason: 'Go on.', actor: CLERK });
      await pass(workshop, 0);
      expect(await load(workshop, cleaner)).to.include({ status: 'active' });
      await complete(workshop, cleaner, 'good');
      expect(await load(workshop, caseId)).to.include({ status: 'finished', outcome: 'stopped' });
    }));
});
