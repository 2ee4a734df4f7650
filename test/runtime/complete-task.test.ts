import { expect } from 'chai';
import fc from 'fast-check';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { Actor } from '../../engine/kernel/effects.ts';
import type { Task } from '../../engine/ports/step.ts';
import { readTaskId, taskId } from '../../engine/runtime/effect-writes.ts';
import type { CompleteTask } from '../../engine/runtime/engine.ts';
import type { Running } from './with-engine.ts';
import { withEngine } from './with-engine.ts';

const CUSTOMER: Actor = { kind: 'customer', id: 'customer', name: 'Ada Ltd' };

async function offeredTask({ engine, store }: Running): Promise<Task> {
  const { caseId } = await engine.startCase({
    workflow: 'online-quote',
    start: 'online',
    actor: { kind: 'public', id: 'public', name: 'Somebody' },
    form: {
      data: {
        customer: { legalName: 'Ada Ltd', contactEmail: 'a@ada.example' },
        lines: [{ sku: 'A1', qty: 2 }],
      },
      own: {},
    },
  });
  await engine.idle();
  const [task] = await store.worklist.tasksOfCase(caseId);
  if (task === undefined) throw new Error('The case has no task.');
  return task;
}

function accept({ id }: Pick<Task, 'id'>, poNumber = 'PO-7'): CompleteTask {
  return {
    taskId: id,
    outcome: 'accept',
    form: { data: { quote: { poNumber } }, own: {} },
    actor: CUSTOMER,
    submissionKey: 'k-accept',
  };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const end = await work.catch((error: unknown) => error);
  return end instanceof TrellisError ? end.code : `no TrellisError: ${JSON.stringify(end)}`;
}

describe('completing a task', () => {
  it('answers a repeated submission as the first, at once and later', () =>
    withEngine(async (running) => {
      const { engine, store } = running;
      const task = await offeredTask(running);
      const answers = await Promise.all([
        engine.completeTask(accept(task)),
        engine.completeTask(accept(task)),
      ]);
      await engine.idle();
      answers.push(await engine.completeTask(accept(task)));
      expect(answers).to.deep.equal(answers.map(() => ({ caseId: task.caseId })));
      const outcomes = (await store.cases.history(task.caseId)).filter(
        ({ kind, actor }) => kind === 'outcome' && actor.id === CUSTOMER.id,
      );
      expect(outcomes).to.have.length(1);
    }));

  it('refuses a submission key that was used with other values', () =>
    withEngine(async (running) => {
      const task = await offeredTask(running);
      await running.engine.completeTask(accept(task));
      const other = running.engine.completeTask(accept(task, 'PO-8'));
      expect(await codeOf(other)).to.equal('submission-reused');
    }));

  it('tells a task that is over from one that never was', () =>
    withEngine(async (running) => {
      const { engine } = running;
      const task = await offeredTask(running);
      await engine.completeTask(accept(task));
      const late = { ...accept(task), submissionKey: 'k-late' };
      expect(await codeOf(engine.completeTask(late))).to.equal('task-over');
      const strange = ['nothing', `${task.caseId}/offered/9`, `${task.caseId}/nowhere/1`];
      for (const taskId of strange) {
        expect(await codeOf(engine.completeTask({ ...late, taskId })), taskId).to.equal('no-task');
      }
      const nowhere = { ...late, taskId: 'no-case/offered/1' };
      expect(await codeOf(engine.completeTask(nowhere))).to.equal('no-case');
    }));
});

describe('the id of a task', () => {
  it('reads back as it was written', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/);
    const state = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
    const item = fc.oneof(
      fc.constant({}),
      fc.nat(499).map((number) => ({ item: number })),
    );
    fc.assert(
      fc.property(fc.uuid(), state, fc.integer({ min: 1 }), item, (caseId, path, visit, of) => {
        const place = { state: path, visit, ...of };
        expect(readTaskId(taskId(caseId, place))).to.deep.equal({ caseId, ...place });
      }),
    );
  });

  it('reads no other text', () => {
    for (const text of [
      '',
      'a',
      'a/b',
      'a/b/',
      '/b/1',
      'a//1',
      'a/b/0',
      'a/b/01',
      'a/b/1.05',
      'a/b/1.',
    ]) {
      expect(readTaskId(text), text).to.equal(undefined);
    }
  });
});

describe('a message that comes twice at once', () => {
  it('is handed over once, and nobody is told that it was not taken', () =>
    withEngine(async (running) => {
      const { engine, store, clock, log } = running;
      const task = await offeredTask(running);
      await engine.completeTask(accept(task));
      await engine.idle();
      const { reference } = (await engine.look(task.caseId)).stored;
      const message = {
        id: 'm1',
        name: 'oms.orderConfirmed',
        key: reference,
        body: { quoteNo: reference, promisedDate: '2027-04-01' },
        receivedAt: clock.now(),
        expiresAt: clock.now() + 60_000,
      };
      await Promise.all([engine.receive(message), engine.receive(message)]);
      await engine.idle();
      expect((await store.cases.load(task.caseId))?.outcome).to.equal('completed');
      expect(log).to.deep.equal([]);
    }));
});
