import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import { publishAll } from '../../engine/runtime/publish.ts';
import type { MigrationOrder, MigrationResult } from '../../engine/runtime/migrations.ts';
import { sourceOf, workshopCore } from '../kernel/fixtures/workshop.ts';
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

const OTHERWISE = `done: [{ when: 'orElse(flag, false)', to: both }, { to: ended, set: { note: '"2"' } }]`;

const WORKFLOWS = [{ states: STATES }];

async function publish({ store, catalogue }: Workshop, states: string): Promise<void> {
  const sources = [{ name: 'sample', source: sourceOf({ states }) }];
  const { refused } = await publishAll(sources, workshopCore().view, store.registry, NOW);
  expect(refused).to.deep.equal([]);
  await catalogue.refresh();
}

async function migrate(
  { engine }: Workshop,
  order: Partial<MigrationOrder> = {},
): Promise<readonly MigrationResult[]> {
  const whole = { workflow: 'sample', to: 2, mapping: {}, ...order };
  const { token } = await engine.migrations.plan(whole);
  const results = [];
  const cause = { reason: 'A better version.', actor: CLERK };
  for await (const one of engine.migrations.carryOut(whole, token, cause)) results.push(one);
  await engine.idle();
  return results;
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
      expect(results).to.deep.equal([{ caseId, reference: 'S-1' }]);
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
      const { engine, store, catalogue } = workshop;
      const caseId = await startSample(workshop);
      const changed = STATES.replaceAll('checking', 'looking').replace('2 days', '3 days');
      await publish(workshop, changed);
      const order = { workflow: 'sample', to: 2, mapping: {} };
      const [asked] = (await engine.migrations.plan(order)).cases;
      expect(asked?.refused).to.contain('"checking" is not there');
      expect((await migrate(workshop))[0]?.refused).to.contain('Say which state');
      expect(await load(workshop, caseId)).to.include({ workflowVersion: 1 });
      const wrong = await engine.migrations.plan({ ...order, mapping: { checking: 'nowhere' } });
      expect(wrong.cases[0]?.refused).to.contain('no state "nowhere"');
      const mapping = { checking: 'looking' };
      const [planned] = (await engine.migrations.plan({ ...order, mapping })).cases;
      expect(planned).to.deep.include({ becomes: ['looking'], anew: true });
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
      const { store, catalogue, engine } = workshop;
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      await publish(
        workshop,
        STATES.replace(
          'two: { wait: { message: depot.arrived, match: reference } }',
          'two: { call: depot.pack, with: { what: email } }',
        ),
      );
      const order = { workflow: 'sample', to: 2, mapping: { 'both/two/work': 'checking' } };
      const [part] = (await engine.migrations.plan(order)).cases;
      expect(part?.refused).to.contain('Map the one state around them.');
      await migrate(workshop, { mapping: { both: 'both' } });
      expect(callsOf(workshop, 'depot.pack')).to.have.length(1);
      await migrate(workshop, { to: 1, mapping: { both: 'checking' } });
      expect(await load(workshop, caseId)).to.deep.include({
        workflowVersion: 1,
        states: ['checking'],
      });
      await expectFold(store, catalogue, caseId);
    }));

  it('leaves cases where they are that have ended, and refuses a plan that is stale', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine } = workshop;
      const ended = await startSample(workshop);
      await pass(workshop, 2 * DAY);
      const caseId = await startSample(workshop);
      await publish(workshop, STATES.replace('final: late', 'final: too-late'));
      const order = { workflow: 'sample', to: 2, mapping: {} };
      const { token, cases } = await engine.migrations.plan(order);
      expect(cases.map((one) => one.caseId)).to.deep.equal([caseId]);
      await complete(workshop, caseId, 'done');
      const running = engine.migrations.carryOut(order, token, { reason: 'x', actor: CLERK });
      const error: unknown = await running.next().catch((thrown: unknown) => thrown);
      expect(error instanceof TrellisError && error.code).to.equal('plan-stale');
      expect(await load(workshop, ended)).to.include({ workflowVersion: 1 });
    }));
});
