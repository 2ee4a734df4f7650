import { expect } from 'chai';
import type { BulkCase, BulkChange } from '../../engine/ports/bulk.ts';
import { addRelease } from '../../engine/runtime/add-release.ts';
import { publishAll } from '../../engine/runtime/publish.ts';
import { verifyCase } from '../../engine/runtime/verify.ts';
import { WORKSHOP_FILES, sourceOf, workshopCore } from '../kernel/fixtures/workshop.ts';
import { casesOf, prepare, start } from './with-bulk.ts';
import { expectFold } from './fold-history.ts';
import type { Workshop } from './with-workshop.ts';
import {
  CLERK,
  DAY,
  NOW,
  callsOf,
  complete,
  load,
  openTask,
  pass,
  startSample,
  withWorkshop,
} from './with-workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';

const STATES = `
  taking: { call: depot.take, with: { what: email }, save: { id: result.id }, done: checking }
  checking:
    ${TASK}
    on: { done: both }
    after: { 2 days: late }
  both:
    parallel:
      one: { ${TASK} }
      two: { wait: { message: depot.arrived, match: reference } }
    done: ended
  late: { final: late }
  ended: { final: completed }`;

const LABELLED = `
  filling: { ${TASK}, on: { done: { to: checking, set: { item.pieces: '3', item.label: '"Bolt"' } } } }
  checking: { ${TASK}, on: { done: { to: ended, set: { note: 'orElse(item.label, "")' } } } }
  ended: { final: completed }`;

const OTHERWISE = `done: [{ when: 'orElse(flag, false)', to: both }, { to: ended, set: { note: '"2"' } }]`;

const WORKFLOWS = [{ states: STATES }];

async function publish({ store, catalogue }: Workshop, states: string): Promise<void> {
  const sources = [{ name: 'sample', source: sourceOf({ states }) }];
  const { refused } = await publishAll(sources, workshopCore().view, store, NOW);
  expect(refused).to.deep.equal([]);
  await catalogue.refresh();
}

type Order = Partial<Extract<BulkChange, { kind: 'migrate' }>>;

/** What a migration of all cases would come to. */
async function plan(workshop: Workshop, order: Order = {}): Promise<readonly BulkCase[]> {
  return casesOf(workshop, await prepareAll(workshop, order));
}

async function migrate(workshop: Workshop, order: Order = {}): Promise<readonly BulkCase[]> {
  return start(workshop, await prepareAll(workshop, order));
}

function prepareAll(workshop: Workshop, order: Order): Promise<string> {
  const change = { kind: 'migrate', workflow: 'sample', to: 2, mapping: {}, ...order } as const;
  return prepare(workshop, { change, selection: { kind: 'filter', filter: {} } });
}

describe('taking cases to another version', () => {
  it('goes on with the same work and its timers where the states are the same', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { store, catalogue } = workshop;
      const caseId = await startSample(workshop);
      const task = await openTask(workshop, caseId);
      await pass(workshop, DAY);
      await publish(workshop, STATES.replace('done: both', OTHERWISE));
      const results = await migrate(workshop);
      expect(results.map((one) => [one.reference, one.result])).to.deep.equal([['S-1', 'done']]);
      expect(await load(workshop, caseId)).to.deep.include({
        workflowVersion: 2,
        states: ['checking'],
      });
      expect((await openTask(workshop, caseId)).id).to.equal(task.id);
      await expectFold(store, catalogue, caseId);
      await complete(workshop, caseId, 'done');
      expect(await load(workshop, caseId)).to.include({ outcome: 'completed' });
      expect((await workshop.engine.look(caseId)).data['note']).to.equal('2');
      await expectFold(store, catalogue, caseId);
    }));

  it('takes values over to the types of a later release', () =>
    withWorkshop({ workflows: [{ states: LABELLED }] }, async (workshop) => {
      const { store, catalogue, engine } = workshop;
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      expect((await engine.look(caseId)).data['item']).to.deep.equal({ pieces: 3, label: 'Bolt' });
      const renamed = (WORKSHOP_FILES.get('types/Item.yaml') ?? '')
        .replace('version: 1', 'version: 2')
        .replace('label: {', 'tag: { x-alias: label,');
      const files = { ...Object.fromEntries(WORKSHOP_FILES), 'types/Item.yaml': renamed };
      const release = { release: '1.2', digest: '1'.repeat(64), files, createdAt: NOW };
      await addRelease({ ...store, clock: { now: () => NOW } }, release);
      const { view } = await catalogue.core('1.2');
      const states = LABELLED.replaceAll('item.label', 'item.tag');
      const sources = [{ name: 'sample', source: sourceOf({ states }) }];
      expect((await publishAll(sources, view, store, NOW)).refused).to.deep.equal([]);
      await catalogue.refresh();
      const results = await migrate(workshop);
      expect(results.map((one) => one.result)).to.deep.equal(['done']);
      expect((await engine.look(caseId)).data['item']).to.deep.equal({ pieces: 3, tag: 'Bolt' });
      await expectFold(store, catalogue, caseId);
      expect(await verifyCase({ store, catalogue }, caseId)).to.equal(undefined);
      await complete(workshop, caseId, 'done');
      expect((await engine.look(caseId)).data['note']).to.equal('Bolt');
    }));

  it('fires a timer that runs on', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const caseId = await startSample(workshop);
      await publish(workshop, STATES.replace('late: { final: late }', 'late: { final: too-late }'));
      await migrate(workshop);
      await pass(workshop, 2 * DAY);
      expect(await load(workshop, caseId)).to.include({ outcome: 'too-late' });
    }));

  it('asks where a state leads that is not the same, and begins anew there', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { store, catalogue } = workshop;
      const caseId = await startSample(workshop);
      const changed = STATES.replaceAll('checking', 'looking').replace('2 days', '3 days');
      await publish(workshop, changed);
      const [asked] = await plan(workshop);
      expect(asked?.message).to.contain('"checking" is not there');
      expect((await migrate(workshop))[0]?.message).to.contain('Say which state');
      expect(await load(workshop, caseId)).to.include({ workflowVersion: 1 });
      const [wrong] = await plan(workshop, { mapping: { checking: 'nowhere' } });
      expect(wrong?.message).to.contain('no state "nowhere"');
      const mapping = { checking: 'looking' };
      const [planned] = await plan(workshop, { mapping });
      expect(planned?.outlook).to.deep.include({ states: ['looking'], calledOff: 1, to: 2 });
      await migrate(workshop, { mapping });
      expect((await load(workshop, caseId)).states).to.deep.equal(['looking']);
      const tasks = await store.worklist.tasksOfCase(caseId);
      expect(tasks.map(({ status }) => status)).to.have.members(['called-off', 'open']);
      await pass(workshop, 2 * DAY);
      expect((await load(workshop, caseId)).states).to.deep.equal(['looking']);
      await expectFold(store, catalogue, caseId);
      expect(callsOf(workshop, 'depot.take')).to.have.length(1);
    }));

  it('maps several regions by the state around them, and goes back again', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { store, catalogue } = workshop;
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      await publish(
        workshop,
        STATES.replace(
          'two: { wait: { message: depot.arrived, match: reference } }',
          'two: { call: depot.pack, with: { what: email } }',
        ),
      );
      const [part] = await plan(workshop, { mapping: { 'both/two/work': 'checking' } });
      expect(part?.message).to.contain('Map the one state around them.');
      await migrate(workshop, { mapping: { both: 'both' } });
      expect(callsOf(workshop, 'depot.pack')).to.have.length(1);
      await migrate(workshop, { to: 1, mapping: { both: 'checking' } });
      expect(await load(workshop, caseId)).to.deep.include({
        workflowVersion: 1,
        states: ['checking'],
      });
      await expectFold(store, catalogue, caseId);
    }));

  it('refuses a case that lacks what the other version counts on there, until it is filled', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine } = workshop;
      const caseId = await startSample(workshop);
      const filling = STATES.replace(
        'save: { id: result.id }',
        'save: { id: result.id, note: result.id }',
      );
      await publish(workshop, filling.replace('final: late', 'final: too-late'));
      const [refused] = await migrate(workshop);
      expect(refused?.message).to.equal(
        '"note" is empty, and the other version counts on it in "checking". Fill it first.',
      );
      const set = [{ field: 'note', value: 'Filled' }];
      await engine.operations.modify({ caseId, set, reason: 'To migrate', actor: CLERK });
      expect((await migrate(workshop))[0]).to.include({ result: 'done' });
      expect(await load(workshop, caseId)).to.include({ workflowVersion: 2 });
    }));

  it('leaves cases where they are that have ended, or would become something else by now', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const ended = await startSample(workshop);
      await pass(workshop, 2 * DAY);
      const [caseId, other] = [await startSample(workshop), await startSample(workshop)];
      await publish(workshop, STATES.replace('final: late', 'final: too-late'));
      const id = await prepareAll(workshop, {});
      const prepared = await casesOf(workshop, id);
      expect(prepared.map((one) => one.caseId)).to.have.members([caseId, other]);
      await complete(workshop, caseId, 'done');
      const results = await start(workshop, id);
      expect(results.find((one) => one.caseId === caseId)).to.include({ result: 'refused' });
      expect(results.find((one) => one.caseId === other)).to.include({ result: 'done' });
      expect(await load(workshop, caseId)).to.include({ workflowVersion: 1 });
      expect(await load(workshop, other)).to.include({ workflowVersion: 2 });
      expect(await load(workshop, ended)).to.include({ workflowVersion: 1 });
    }));
});
