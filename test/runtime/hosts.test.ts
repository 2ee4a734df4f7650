import { expect } from 'chai';
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
import type { LogLine } from './run-engine.ts';
import { errorsIn, makeEngine } from './run-engine.ts';
import type { Actor } from '../../engine/kernel/effects.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const MANAGER: Actor = { kind: 'staff', id: 'u2', name: 'Max Manager' };

const ROUND = {
  states: `
  first: { ${TASK}, on: { done: taking } }
  taking: { call: depot.take, with: { what: email }, done: waiting }
  waiting:
    wait: { message: depot.arrived, match: reference }
    done: second
    after: { 1 days: second }
  second: { ${TASK}, on: { again: first, done: ended } }
  ended: { final: completed }`,
};

/** Runs a second engine on the same store, as another host does. */
async function withOther(
  workshop: Workshop,
  test: (other: Workshop) => Promise<void>,
): Promise<void> {
  const lines: LogLine[] = [];
  const { store, catalogue, clock, connectors } = workshop;
  const engine = makeEngine({ store, catalogue, clock, connectors, lines });
  engine.start();
  try {
    await test({ ...workshop, engine, lines });
  } finally {
    await engine.stop();
  }
  expect(errorsIn(lines)).to.deep.equal([]);
}

describe('two hosts on one store', () => {
  it('take a case further in turns, each after what the other did', () =>
    withWorkshop({ workflows: [ROUND] }, async (one) => {
      const caseId = await startSample(one);
      await withOther(one, async (other) => {
        // Both remember the case as it was before the other took it further.
        for (let round = 0; round < 3; round += 1) {
          await other.engine.look(caseId);
          await complete(round % 2 === 0 ? one : other, caseId, 'done');
          await one.engine.idle();
          await other.engine.idle();
          expect((await one.engine.look(caseId)).stored.states).to.deep.equal(['waiting']);
          await pass(other, DAY);
          await one.engine.idle();
          expect((await other.engine.look(caseId)).stored.states).to.deep.equal(['second']);
          await complete(round % 2 === 0 ? other : one, caseId, 'again');
        }
        const keys = callsOf(one, 'depot.take');
        expect(keys).to.have.length(3);
        expect(new Set(keys).size).to.equal(3);
      });
    }));

  it('lose no message that one takes for a case that it remembers otherwise', () =>
    withWorkshop({ workflows: [ROUND] }, async (one) => {
      const caseId = await startSample(one);
      await withOther(one, async (other) => {
        await other.engine.look(caseId);
        await complete(one, caseId, 'done');
        await other.engine.receive(arrived('S-1', 1, one.clock.now()));
        expect((await load(one, caseId)).states).to.deep.equal(['second']);
      });
    }));

  it('let one of two complete a task', () =>
    withWorkshop({ workflows: [ROUND] }, async (one) => {
      const caseId = await startSample(one);
      await withOther(one, async (other) => {
        await other.engine.look(caseId);
        const { id: taskId } = await openTask(one, caseId);
        const command = { taskId, outcome: 'done', form: { data: {}, own: {} }, actor: CLERK };
        const ends = await Promise.allSettled([
          one.engine.completeTask(command),
          other.engine.completeTask(command),
        ]);
        expect(ends.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
        await one.engine.idle();
        await other.engine.idle();
        expect(callsOf(one, 'depot.take')).to.have.length(1);
      });
    }));
});

describe('claiming a task', () => {
  const claim = (workshop: Workshop, taskId: string, who: Actor) =>
    workshop.engine.assignTask(taskId, who, who);

  it('gives it to the first of two, also on two hosts', () =>
    withWorkshop({ workflows: [ROUND] }, async (one) => {
      const caseId = await startSample(one);
      await withOther(one, async (other) => {
        const { id } = await openTask(one, caseId);
        const ends = await Promise.allSettled([claim(one, id, CLERK), claim(other, id, MANAGER)]);
        const rejected = ends.filter((end) => end.status === 'rejected');
        expect(rejected.map(({ reason }: { reason: unknown }) => reason)).to.have.nested.property(
          '[0].code',
          'task-over',
        );
        const { assignee, status } = await openTask(one, caseId);
        expect(status).to.equal('claimed');
        expect(['u1', 'u2']).to.include(assignee);
      });
    }));

  it('can be taken back, and given to somebody else', () =>
    withWorkshop({ workflows: [ROUND] }, async (workshop) => {
      const caseId = await startSample(workshop);
      const { id } = await openTask(workshop, caseId);
      await claim(workshop, id, CLERK);
      await claim(workshop, id, CLERK);
      await workshop.engine.assignTask(id, null, CLERK);
      expect(await openTask(workshop, caseId)).not.to.have.property('assignee');
      await claim(workshop, id, CLERK);
      await workshop.engine.assignTask(id, CLERK, MANAGER);
      expect(await openTask(workshop, caseId)).to.include({ assignee: 'u1', status: 'claimed' });
      const kinds = (await workshop.store.cases.history(caseId)).map(({ kind }) => kind);
      expect(kinds).to.deep.equal([
        'started',
        ...['claimed', 'claimed', 'released', 'claimed', 'claimed'],
      ]);
    }));

  it('does not open a task again that is over', () =>
    withWorkshop({ workflows: [ROUND] }, async (workshop) => {
      const caseId = await startSample(workshop);
      const { id } = await openTask(workshop, caseId);
      const both = await Promise.allSettled([
        complete(workshop, caseId, 'done'),
        claim(workshop, id, MANAGER),
      ]);
      const done = await workshop.store.worklist.task(id);
      expect(done?.status).to.equal('done');
      expect(both[0].status).to.equal('fulfilled');
      const late = await claim(workshop, id, MANAGER).catch((error: unknown) => error);
      expect(late).to.include({ code: 'task-over' });
      const none = await claim(workshop, 'x/first/1', CLERK).catch((error: unknown) => error);
      expect(none).to.include({ code: 'no-task' });
    }));
});
