import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { StoredCase } from '../../engine/ports/step.ts';
import { ok } from './fake-connectors.ts';
import { expectFold } from './fold-history.ts';
import type { Workshop } from './with-workshop.ts';
import {
  CLERK,
  DAY,
  arrived,
  callsOf,
  complete,
  load,
  openTask,
  pass,
  startSample,
  withWorkshop,
} from './with-workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';

const WORK = {
  states: `
  taking:
    call: depot.take
    with: { what: email }
    save: { id: result.id }
    undo: { call: depot.give, with: { id: result.id } }
    done: checking
  checking:
    ${TASK}
    on: { done: waiting }
    after: { 2 days: late }
  waiting: { wait: { message: depot.arrived, match: reference }, done: packing }
  packing: { call: depot.pack, with: { what: email }, done: ended }
  late: { final: late }
  ended: { final: completed }`,
};

const HELPER = {
  name: 'helper',
  start: 'calling: { run: [email] }',
  states: `
  taking:
    call: depot.take
    with: { what: email }
    undo: { call: depot.give, with: { id: result.id } }
    done: checking
  checking: { ${TASK}, on: { done: good }, after: { 1 days: good } }
  good: { final: completed }`,
};

const HELPED = {
  states: `
  helping: { run: helper, with: { email: email }, done: ended, failed: broken }
  broken: { final: failed }
  ended: { final: completed }`,
};

const why = { reason: 'The customer asked.', actor: CLERK };

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof TrellisError ? error.code : String(error);
  }
  return 'nothing';
}

async function childOf({ store }: Workshop): Promise<Omit<StoredCase, 'snapshot'>> {
  const [child] = (await store.worklist.cases({ workflow: 'helper' }, undefined, 10)).rows;
  if (child === undefined) throw new Error('There is no child case.');
  return child;
}

describe('a case that is suspended', () => {
  it('takes nothing that people do and lets no time be up, until it is resumed', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const { engine, store, catalogue } = workshop;
      const { operations } = engine;
      const caseId = await startSample(workshop);
      const task = await openTask(workshop, caseId);
      await operations.suspend({ caseId, ...why });
      expect(await load(workshop, caseId)).to.include({ status: 'suspended' });
      const form = { data: {}, own: {} };
      const doing = { taskId: task.id, outcome: 'done', form, actor: CLERK };
      expect(await refusal(engine.completeTask(doing))).to.equal('suspended');
      await pass(workshop, 3 * DAY);
      expect(await load(workshop, caseId)).to.include({ status: 'suspended' });
      expect(await store.jobs.nextDue()).to.equal(undefined);
      expect(await refusal(operations.suspend({ caseId, ...why }))).to.equal('not-possible');

      await operations.resume({ caseId, ...why });
      await engine.idle();
      expect(await load(workshop, caseId)).to.include({ status: 'finished', outcome: 'late' });
      expect(await refusal(operations.resume({ caseId, ...why }))).to.equal('not-possible');
      expect(await refusal(operations.suspend({ caseId, ...why }))).to.equal('not-possible');
      const history = await store.cases.history(caseId);
      expect(history.map(({ kind }) => kind)).to.include.members(['suspend', 'resume']);
      expect(history.find(({ kind }) => kind === 'suspend')?.body).to.include({
        reason: 'The customer asked.',
      });
      await expectFold(store, catalogue, caseId);
    }));

  it('takes what others answer, and begins nothing of what that leads to', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const { engine, store, catalogue, clock } = workshop;
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      await engine.operations.suspend({ caseId, ...why });
      const { reference } = await load(workshop, caseId);
      await engine.receive(arrived(reference, 1, clock.now()));
      await pass(workshop, DAY);
      expect(await load(workshop, caseId)).to.deep.include({
        status: 'suspended',
        states: ['packing'],
      });
      expect(callsOf(workshop, 'depot.pack')).to.deep.equal([]);
      await engine.operations.resume({ caseId, ...why });
      await engine.idle();
      expect(await load(workshop, caseId)).to.include({ outcome: 'completed' });
      expect(callsOf(workshop, 'depot.pack')).to.have.length(1);
      await expectFold(store, catalogue, caseId);
    }));

  it('keeps a retry of its work back', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const { engine, connectors } = workshop;
      let suspending: Promise<void> | undefined;
      let caseId = '';
      connectors.answer('depot.take', async ({ idempotencyKey }) => {
        caseId = idempotencyKey.split('/')[0] ?? '';
        suspending ??= engine.operations.suspend({ caseId, ...why });
        await suspending;
        return { kind: 'retry', code: 'busy', message: 'Busy.', certainly: 'not tried' };
      });
      await startSample(workshop);
      await pass(workshop, DAY);
      expect(callsOf(workshop, 'depot.take')).to.have.length(1);
      connectors.answer('depot.take', ok({ id: 'X' }));
      await engine.operations.resume({ caseId, ...why });
      await pass(workshop, DAY / 24);
      expect((await load(workshop, caseId)).states).to.deep.equal(['checking']);
    }));

  it('lets the cases that it runs rest, and go on with it', () =>
    withWorkshop({ workflows: [HELPER, HELPED] }, async (workshop) => {
      const { engine, store, catalogue } = workshop;
      const caseId = await startSample(workshop);
      await engine.operations.suspend({ caseId, ...why });
      await engine.idle();
      expect(await childOf(workshop)).to.include({ status: 'suspended' });
      await pass(workshop, 2 * DAY);
      expect(await childOf(workshop)).to.include({ status: 'suspended' });
      await engine.operations.resume({ caseId, ...why });
      await engine.idle();
      expect(await childOf(workshop)).to.include({ status: 'finished' });
      expect(await load(workshop, caseId)).to.include({ outcome: 'completed' });
      await expectFold(store, catalogue, (await childOf(workshop)).id);
    }));

  it('stays suspended where it was suspended for itself', () =>
    withWorkshop({ workflows: [HELPER, HELPED] }, async (workshop) => {
      const { engine } = workshop;
      const caseId = await startSample(workshop);
      const child = await childOf(workshop);
      await engine.operations.suspend({ caseId: child.id, ...why });
      await engine.operations.suspend({ caseId, ...why });
      await engine.idle();
      await engine.operations.resume({ caseId, ...why });
      await engine.idle();
      expect(await childOf(workshop)).to.include({ status: 'suspended' });
      expect(await load(workshop, caseId)).to.include({ status: 'active' });
    }));

  it('needs a reason', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const caseId = await startSample(workshop);
      const { operations } = workshop.engine;
      for (const reason of ['', '  ', 'x'.repeat(501)]) {
        const asked = operations.suspend({ caseId, reason, actor: CLERK });
        expect(await refusal(asked)).to.equal('no-reason');
      }
    }));
});

describe('a case that is called off by a person', () => {
  it('takes back what it did and ends', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const { engine, store, catalogue } = workshop;
      const caseId = await startSample(workshop);
      await engine.operations.suspend({ caseId, ...why });
      const preview = await engine.operations.preview(caseId, { kind: 'cancel' });
      expect(preview).to.deep.include({ status: 'undoing', states: [] });
      expect(preview.ledger).to.have.length(1);
      expect(preview.effects.map(({ kind }) => kind)).to.include.members(['stop', 'undo']);
      await engine.operations.cancel({ caseId, ...why, undo: true });
      await engine.idle();
      expect(await load(workshop, caseId)).to.include({ outcome: 'called off' });
      expect(callsOf(workshop, 'depot.give')).to.have.length(1);
      expect((await store.worklist.tasksOfCase(caseId))[0]?.status).to.equal('called-off');
      expect(await store.jobs.nextDue()).to.equal(undefined);
      await expectFold(store, catalogue, caseId);
      const again = engine.operations.cancel({ caseId, ...why, undo: true });
      expect(await refusal(again)).to.equal('not-possible');
    }));

  it('ends as things are where nothing is to be taken back, with the cases that it runs', () =>
    withWorkshop({ workflows: [HELPER, HELPED] }, async (workshop) => {
      const { engine, store, catalogue } = workshop;
      const caseId = await startSample(workshop);
      await engine.operations.cancel({ caseId, ...why, undo: false });
      await engine.idle();
      expect(await load(workshop, caseId)).to.include({ outcome: 'called off' });
      expect(await childOf(workshop)).to.include({ outcome: 'called off', status: 'finished' });
      expect(callsOf(workshop, 'depot.give')).to.deep.equal([]);
      expect(await store.jobs.nextDue()).to.equal(undefined);
      await expectFold(store, catalogue, caseId);
    }));

  it('is a failure for the case that runs it', () =>
    withWorkshop({ workflows: [HELPER, HELPED] }, async (workshop) => {
      const { engine } = workshop;
      const caseId = await startSample(workshop);
      const child = await childOf(workshop);
      await engine.operations.cancel({ caseId: child.id, ...why, undo: true });
      await engine.idle();
      expect(await load(workshop, caseId)).to.include({ outcome: 'failed' });
    }));
});

describe('suspending a case that runs one for each item', () => {
  const EACH = {
    states: `
  helping:
    forEach: { item: n, in: 'range(3)', atMost: 2, onItemFailed: skip }
    run: helper
    with: { email: email }
    done: ended
  ended: { final: completed }`,
  };

  /** How the cases of the items stand, by their numbers. */
  const items = async ({ store }: Workshop): Promise<readonly string[]> => {
    const { rows } = await store.worklist.cases({ workflow: 'helper' }, undefined, 10);
    const known = rows.map(({ parent, status }) => `${String(parent?.item)} ${status}`);
    return known.sort();
  };

  it('lets those rest that run, and holds back the next', () =>
    withWorkshop({ workflows: [HELPER, EACH] }, async (workshop) => {
      const { operations } = workshop.engine;
      const caseId = await startSample(workshop);
      expect(await items(workshop)).to.deep.equal(['0 active', '1 active']);
      await operations.suspend({ caseId, ...why });
      await pass(workshop, 0);
      expect(await items(workshop)).to.deep.equal(['0 suspended', '1 suspended']);
      const { rows } = await workshop.store.worklist.cases({ workflow: 'helper' }, undefined, 10);
      const first = rows.find(({ parent }) => parent?.item === 0)?.id ?? '';
      await operations.cancel({ caseId: first, ...why, undo: false });
      await pass(workshop, 0);
      expect(await items(workshop)).to.deep.equal(['0 finished', '1 suspended']);
      await operations.resume({ caseId, ...why });
      await pass(workshop, 0);
      expect(await items(workshop)).to.deep.equal(['0 finished', '1 active', '2 active']);
      await expectFold(workshop.store, workshop.catalogue, caseId);
    }));
});
