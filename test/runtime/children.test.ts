import { expect } from 'chai';
import type { Workshop } from './with-workshop.ts';
import {
  CLERK,
  DAY,
  callsOf,
  complete,
  load,
  openTask,
  pass,
  startSample,
  withWorkshop,
} from './with-workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';

const HELPER = {
  name: 'helper',
  start: 'calling: { run: [email] }',
  states: `
  taking:
    call: depot.take
    with: { what: email }
    save: { id: result.id }
    undo: { call: depot.give, with: { id: result.id } }
    done: checking
  checking:
    ${TASK}
    on: { good: good, fail: { to: failed, undo: all } }
  good: { final: completed }
  failed: { final: failed }`,
};

const HELPED = (rules: string) => ({
  states: `
  helping:
    run: helper
    with: { email: email }
    save: { id: result.id }
    done: checking
    ${rules}
  checking:
    ${TASK}
    on: { stop: { to: stopped, undo: all }, done: ended }
  stopped: { final: stopped }
  ended: { final: completed }`,
});

/** The only child of the cases there are. */
async function childOf({ store }: Workshop, caseId: string): Promise<string> {
  const { rows } = await store.worklist.cases({ workflow: 'helper' }, undefined, 10);
  const [child, ...others] = rows.filter(({ parent }) => parent?.caseId === caseId);
  if (child === undefined || others.length > 0) throw new Error(`${rows.length} children`);
  return child.id;
}

describe('a case that runs another', () => {
  const workflows = [HELPER, HELPED('failed: ended\n    after: { 1 days: checking }')];

  it('goes on with what the other has at its end', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const caseId = await startSample(workshop);
      const child = await childOf(workshop, caseId);
      expect(await load(workshop, child)).to.include({ reference: 'S-1', status: 'active' });
      await complete(workshop, child, 'good');
      expect((await load(workshop, caseId)).states).to.deep.equal(['checking']);
      const parent = await workshop.engine.look(caseId);
      const id = (await workshop.engine.look(child)).data['id'];
      expect(parent.data['id']).to.equal(id);
    }));

  it('undoes the other with itself, and waits for it', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const { store } = workshop;
      const caseId = await startSample(workshop);
      const child = await childOf(workshop, caseId);
      await complete(workshop, child, 'good');
      await complete(workshop, caseId, 'stop');
      expect(await load(workshop, caseId)).to.include({ status: 'finished', outcome: 'stopped' });
      expect(await load(workshop, child)).to.include({ status: 'finished', outcome: 'completed' });
      expect(callsOf(workshop, 'depot.give')).to.have.length(1);
      expect(await store.jobs.nextDue()).to.equal(undefined);
    }));

  it('calls the other off when it leaves, which undoes itself', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const { store } = workshop;
      const caseId = await startSample(workshop);
      const child = await childOf(workshop, caseId);
      await pass(workshop, DAY);
      expect((await load(workshop, caseId)).states).to.deep.equal(['checking']);
      expect(await load(workshop, child)).to.include({ status: 'finished', outcome: 'called off' });
      expect((await load(workshop, child)).states).to.deep.equal([]);
      expect(callsOf(workshop, 'depot.give')).to.have.length(1);
      expect(await store.jobs.nextDue()).to.equal(undefined);
      await complete(workshop, caseId, 'stop');
      expect((await load(workshop, caseId)).outcome).to.equal('stopped');
    }));

  it('never begins the other where it leaves before', () =>
    withWorkshop({ workflows, dispatcher: { concurrency: 1 } }, async (workshop) => {
      const { engine, store, clock } = workshop;
      const form = { data: { email: 'a@ada.example' }, own: {} };
      await engine.stop();
      const { caseId } = await engine.startCase({
        workflow: 'sample',
        start: 'online',
        form,
        actor: CLERK,
      });
      clock.advance(DAY);
      engine.start();
      await engine.idle();
      await pass(workshop, 1);
      expect((await load(workshop, caseId)).states).to.deep.equal(['checking']);
      const { rows } = await store.worklist.cases({ workflow: 'helper' }, undefined, 10);
      const ends = rows.map(({ outcome }) => outcome);
      expect(ends.every((outcome) => outcome === 'called off')).to.equal(true);
      expect(await store.jobs.nextDue()).to.equal(undefined);
    }));

  it('goes on by `failed` when the other fails', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const caseId = await startSample(workshop);
      await complete(workshop, await childOf(workshop, caseId), 'fail');
      expect(await load(workshop, caseId)).to.include({ outcome: 'completed' });
      expect(callsOf(workshop, 'depot.give')).to.have.length(1);
    }));

  it('hears of the failure as an outcome where it asks for that', () =>
    withWorkshop({ workflows: [HELPER, HELPED('on: { failed: ended }')] }, async (workshop) => {
      const caseId = await startSample(workshop);
      await complete(workshop, await childOf(workshop, caseId), 'fail');
      expect((await load(workshop, caseId)).outcome).to.equal('completed');
    }));

  it('has an incident where it says nothing of a failure', () =>
    withWorkshop({ workflows: [HELPER, HELPED('')] }, async (workshop) => {
      const { store } = workshop;
      const caseId = await startSample(workshop);
      const child = await childOf(workshop, caseId);
      await complete(workshop, child, 'fail');
      expect((await load(workshop, caseId)).states).to.deep.equal(['helping']);
      const [incident] = await store.incidents.ofCase(child);
      expect(incident).to.include({ code: 'child-failed' });
      expect(incident?.message).to.contain('S-1');
    }));

  it('has no incident where the other fails after it has left', () =>
    withWorkshop(
      { workflows: [HELPER, HELPED('after: { 1 days: checking }')] },
      async (workshop) => {
        const { engine, store, clock } = workshop;
        const caseId = await startSample(workshop);
        const child = await childOf(workshop, caseId);
        const task = await openTask(workshop, child);
        await engine.completeTask({
          taskId: task.id,
          outcome: 'fail',
          form: { data: {}, own: {} },
          actor: CLERK,
        });
        clock.advance(DAY);
        await engine.idle();
        await pass(workshop, 1);
        expect((await load(workshop, caseId)).states).to.deep.equal(['checking']);
        expect(await store.incidents.ofCase(child)).to.deep.equal([]);
      },
    ));

  it('has an incident where the other cannot begin', () => {
    const narrow = { ...HELPER, start: 'calling: { run: [email], set: { count: 60 + 60 } }' };
    return withWorkshop({ workflows: [narrow, HELPED('')] }, async (workshop) => {
      const caseId = await startSample(workshop);
      const [incident] = await workshop.store.incidents.ofCase(caseId);
      expect(incident).to.include({ code: 'refused-data', state: 'helping' });
    });
  });
});
