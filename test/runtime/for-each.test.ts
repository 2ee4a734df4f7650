import { expect } from 'chai';
import type { Task } from '../../engine/ports/step.ts';
import { buildForm } from '../../engine/forms/build-form.ts';
import { shownRows } from '../../engine/forms/summary.ts';
import { dataForWork, itemProgress, outcomesForWork } from '../../engine/runtime/work-forms.ts';
import { ok } from './fake-connectors.ts';
import type { Workshop } from './with-workshop.ts';
import { CLERK, load, startSample, withWorkshop } from './with-workshop.ts';

const START = 'online: { form: order, audience: public }';
const ORDER =
  '\n  order: { title: Order, fields: [{ field: email, required: true }, items, count, note] }';
const ITEMS = { items: ['A', 'B', 'C'].map((sku) => ({ sku, pieces: 1 })) };

const CALLS = (options: string, rules = 'done: ended') => ({
  start: START,
  forms: ORDER,
  states: `
  each:
    forEach: { item: i, in: items${options} }
    call: depot.take
    with: { what: i.sku }
    save: { i.label: result.id }
    undo: { call: depot.give, with: { id: result.id } }
    ${rules}
  ended: { final: completed }`,
});

const TASKS = {
  start: START,
  forms: `${ORDER}
  look: { title: Look, show: [i.sku], outcomes: { good: Good, bad: Bad }, fields: [i.label] }`,
  states: `
  each:
    forEach: { item: i, in: items, until: 'results.exists(r, r.outcome == "bad")' }
    task: { title: 'Look at {{i.sku}}', assign: { role: clerk }, form: look }
    done: ended
  ended: { final: completed }`,
};

const HELPER = {
  name: 'helper',
  start: 'calling: { run: [email] }',
  states: `
  checking:
    task: { assign: { role: clerk }, form: work }
    on: { good: good, fail: failed }
  good: { final: completed }
  failed: { final: failed }`,
};

const RUNS = {
  start: START,
  forms: ORDER,
  states: `
  each:
    forEach: { item: i, in: items, until: 'size(results) >= 2', onItemFailed: skip }
    run: helper
    with: { email: email }
    save: { i.label: '"helped"' }
    done: ended
  ended: { final: completed }`,
};

async function openTasks({ store }: Workshop, caseId: string): Promise<readonly Task[]> {
  const tasks = await store.worklist.tasksOfCase(caseId);
  return tasks.filter(({ status }) => status === 'open');
}

async function answer({ engine }: Workshop, task: Task, outcome: string): Promise<void> {
  const form = { data: {}, own: {} };
  await engine.completeTask({ taskId: task.id, outcome, form, actor: CLERK });
  await engine.idle();
}

describe('the form of an item', () => {
  it('shows the item, and asks for its fields', () =>
    withWorkshop({ workflows: [TASKS] }, async (workshop) => {
      const caseId = await startSample(workshop, 'sample', ITEMS);
      const [, second] = await openTasks(workshop, caseId);
      if (second === undefined) throw new Error('a second task is expected');
      const look = await workshop.engine.look(caseId);
      const { workflow } = look.definition.compiled;
      const form = workflow.forms.find(({ name }) => name === 'look');
      if (form === undefined) throw new Error('there is no form');
      const built = buildForm(form, workflow, look.definition.core.view, {
        audience: 'staff',
        mayRead: () => true,
      });
      if (!built.ok) throw new Error(built.problems[0]?.message ?? '');
      const data = dataForWork(look, second);
      expect(data['i']).to.deep.equal({ sku: 'B', pieces: 1 });
      const [row] = shownRows(built.model.shown, data, 'Europe/Dublin');
      expect(row?.label).to.equal('Article number');
      expect(JSON.stringify(row?.value)).to.contain('B');
      expect(built.model.pages[0]?.questions.map(({ label }) => label)).to.deep.equal(['Label']);
      expect(outcomesForWork(look, second)).to.deep.equal(['good', 'bad']);
      expect(itemProgress(look)).to.deep.equal([{ state: 'each', ended: 0, count: 3 }]);
      const { engine } = workshop;
      const given = { data: { i: { label: 'seen' } }, own: {} };
      await engine.completeTask({ taskId: second.id, outcome: 'good', form: given, actor: CLERK });
      expect((await engine.look(caseId)).data['items']).to.deep.include({
        sku: 'B',
        pieces: 1,
        label: 'seen',
      });
    }));
});

describe('a case that does its work for each item of a list', () => {
  it('calls once for each, with a key of its own, and keeps each answer with its item', () =>
    withWorkshop({ workflows: [CALLS('')] }, async (workshop) => {
      const caseId = await startSample(workshop, 'sample', ITEMS);
      expect(await load(workshop, caseId)).to.include({ status: 'finished' });
      const calls = workshop.connectors.calls.filter(({ operation }) => operation === 'depot.take');
      expect(calls.map(({ input }) => input)).to.have.deep.members([
        { what: 'A' },
        { what: 'B' },
        { what: 'C' },
      ]);
      expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).to.equal(3);
      const { data } = await workshop.engine.look(caseId);
      expect(data['items']).to.deep.equal(
        ['A', 'B', 'C'].map((sku, index) => ({ sku, pieces: 1, label: `1/${index + 1}` })),
      );
    }));

  it('waits with an incident for the item that failed, and goes on when it is done again', () =>
    withWorkshop({ workflows: [CALLS('')] }, async (workshop) => {
      const { connectors, engine, store } = workshop;
      connectors.answer('depot.take', ({ input }) =>
        input['what'] === 'B'
          ? { kind: 'final', code: 'NO_STOCK', message: 'None.' }
          : ok({ id: 'n1' }),
      );
      const caseId = await startSample(workshop, 'sample', ITEMS);
      const [incident, ...others] = await store.incidents.ofCase(caseId);
      if (incident === undefined || others.length > 0) throw new Error('one incident is expected');
      expect(incident).to.include({ state: 'each', item: 1, code: 'NO_STOCK' });
      connectors.answer('depot.take', ok({ id: 'n2' }));
      await engine.retryIncident(incident.id, CLERK);
      await engine.idle();
      expect(await load(workshop, caseId)).to.include({ status: 'finished' });
    }));

  it('opens a task for each, and closes the others when until holds', () =>
    withWorkshop({ workflows: [TASKS] }, async (workshop) => {
      const caseId = await startSample(workshop, 'sample', ITEMS);
      const [first, second, third] = await openTasks(workshop, caseId);
      if (!first || !second || !third) throw new Error('three tasks are expected');
      expect([first.title, first.item]).to.deep.equal(['Look at A', 0]);
      await answer(workshop, second, 'good');
      expect((await workshop.engine.look(caseId)).items['each']?.results).to.have.length(1);
      await answer(workshop, first, 'bad');
      expect(await load(workshop, caseId)).to.include({ status: 'finished' });
      const tasks = await workshop.store.worklist.tasksOfCase(caseId);
      expect(tasks.map(({ item, status }) => [item, status])).to.have.deep.members([
        [0, 'done'],
        [1, 'done'],
        [2, 'called-off'],
      ]);
      const late = answer(workshop, third, 'good');
      expect(await late.catch((error: unknown) => (error as { code: string }).code)).to.equal(
        'task-over',
      );
    }));

  it('runs a child case for each, and calls those off that are not waited for', () =>
    withWorkshop({ workflows: [HELPER, RUNS] }, async (workshop) => {
      const { store } = workshop;
      const caseId = await startSample(workshop, 'sample', ITEMS);
      const { rows } = await store.worklist.cases({ workflow: 'helper' }, undefined, 10);
      expect(rows.map(({ parent }) => parent?.item)).to.have.members([0, 1, 2]);
      const child = (item: number): string =>
        rows.find(({ parent }) => parent?.item === item)?.id ?? '';
      const finish = async (item: number, outcome: string): Promise<void> => {
        const [task] = await openTasks(workshop, child(item));
        if (task !== undefined) await answer(workshop, task, outcome);
      };
      await finish(2, 'fail');
      await finish(0, 'good');
      expect(await load(workshop, caseId)).to.include({ status: 'finished' });
      expect((await load(workshop, child(1))).outcome).to.equal('called off');
      expect((await workshop.engine.look(caseId)).data['items']).to.deep.equal([
        { sku: 'A', pieces: 1, label: 'helped' },
        { sku: 'B', pieces: 1 },
        { sku: 'C', pieces: 1 },
      ]);
      expect(await store.jobs.nextDue()).to.equal(undefined);
    }));
});
