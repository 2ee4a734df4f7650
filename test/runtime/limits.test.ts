import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { Actor } from '../../engine/kernel/effects.ts';
import { expectFold } from './fold-history.ts';
import { makeEngine } from './run-engine.ts';
import type { Workshop } from './with-workshop.ts';
import {
  CLERK,
  DAY,
  complete,
  load,
  openTask,
  pass,
  startSample,
  withWorkshop,
} from './with-workshop.ts';

const LAB = {
  states: `
  testing:
    limit: { n: 2, name: lab }
    task: { assign: { role: clerk }, form: work }
    on: { done: ended, again: testing, stop: { by: { role: clerk }, to: ended } }
    after: { 3 days: ended }
  ended: { final: completed }`,
};

const why = { reason: 'Somebody asked.', actor: CLERK };
const MANAGER: Actor = { kind: 'staff', id: 'u2', name: 'Max Manager' };

/** Whether the cases are at work, wait for their turn or have ended. */
async function shown(workshop: Workshop, ids: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    ids.map(async (id) => {
      const tasks = await workshop.store.worklist.tasksOfCase(id);
      if ((await load(workshop, id)).status === 'finished') return 'ended';
      return tasks.some(({ status }) => status === 'open') ? 'at work' : 'waits';
    }),
  );
}

async function startFour(workshop: Workshop): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let count = 0; count < 4; count += 1) ids.push(await startSample(workshop));
  return ids;
}

describe('a limit over cases', () => {
  it('lets so many in as it says, whoever came first, and no more', () =>
    withWorkshop({ workflows: [LAB] }, async (workshop) => {
      const ids = await startFour(workshop);
      const [one = '', two = '', three = ''] = ids;
      expect(await shown(workshop, ids)).to.deep.equal(['at work', 'at work', 'waits', 'waits']);
      await complete(workshop, two, 'done');
      expect(await shown(workshop, ids)).to.deep.equal(['at work', 'ended', 'at work', 'waits']);
      await complete(workshop, one, 'again');
      // It has given its place up, and stands behind the one that waited.
      expect(await shown(workshop, ids)).to.deep.equal(['waits', 'ended', 'at work', 'at work']);
      await complete(workshop, three, 'done');
      expect(await shown(workshop, ids)).to.deep.equal(['at work', 'ended', 'ended', 'at work']);
      for (const id of ids) await expectFold(workshop.store, workshop.catalogue, id);
    }));

  it('counts its times from when the turn of a case has come', () =>
    withWorkshop({ workflows: [LAB] }, async (workshop) => {
      const ids = await startFour(workshop);
      await pass(workshop, 3 * DAY);
      expect(await shown(workshop, ids)).to.deep.equal(['ended', 'ended', 'at work', 'at work']);
      await pass(workshop, 2 * DAY);
      expect(await shown(workshop, ids)).to.deep.equal(['ended', 'ended', 'at work', 'at work']);
      await pass(workshop, DAY);
      expect(await shown(workshop, ids)).to.deep.equal(['ended', 'ended', 'ended', 'ended']);
      expect(await workshop.store.queues.places('sample/lab', 9)).to.deep.equal([]);
    }));

  it('passes over a case that rests, which keeps its turn; one that is at work keeps its place', () =>
    withWorkshop({ workflows: [LAB] }, async (workshop) => {
      const { operations } = workshop.engine;
      const idle = (): Promise<void> => workshop.engine.idle();
      const ids = await startFour(workshop);
      const [one = '', two = '', three = '', four = ''] = ids;
      await operations.suspend({ caseId: three, ...why });
      await operations.suspend({ caseId: one, ...why });
      await complete(workshop, two, 'done');
      expect(await shown(workshop, [three, four])).to.deep.equal(['waits', 'at work']);
      const five = await startSample(workshop);
      await complete(workshop, four, 'done');
      expect(await shown(workshop, [three, five])).to.deep.equal(['waits', 'at work']);
      await operations.resume({ caseId: three, ...why });
      await idle();
      expect(await shown(workshop, [three])).to.deep.equal(['waits']);
      const six = await startSample(workshop);
      await complete(workshop, five, 'done');
      expect(await shown(workshop, [three, six])).to.deep.equal(['at work', 'waits']);
      await operations.cancel({ caseId: one, undo: true, ...why });
      await idle();
      expect(await shown(workshop, [six])).to.deep.equal(['at work']);
    }));

  it('goes on when one that waits or is at work is called off, or led elsewhere', () =>
    withWorkshop({ workflows: [LAB] }, async (workshop) => {
      const { engine } = workshop;
      const ids = await startFour(workshop);
      const [one = '', two = '', three = '', four = ''] = ids;
      await engine.operations.cancel({ caseId: three, undo: false, ...why });
      const five = await startSample(workshop);
      await engine.operations.cancel({ caseId: one, undo: true, ...why });
      await engine.idle();
      expect(await shown(workshop, [two, four, five])).to.deep.equal([
        'at work',
        'at work',
        'waits',
      ]);
      const set: never[] = [];
      await engine.operations.modify({
        ...{ caseId: two, ...why, set },
        work: { kind: 'move', from: 'testing', to: 'ended' },
      });
      await engine.idle();
      expect(await shown(workshop, [two, five])).to.deep.equal(['ended', 'at work']);
    }));

  it('holds over two hosts', () =>
    withWorkshop({ workflows: [LAB] }, async (one) => {
      const { store, catalogue, clock, connectors } = one;
      const lines: never[] = [];
      const engine = makeEngine({ store, catalogue, clock, connectors, lines });
      engine.start();
      const other = { ...one, engine };
      try {
        const ids = await Promise.all(
          Array.from({ length: 8 }, (_, index) => startSample(index % 2 === 0 ? one : other)),
        );
        for (let left = 8; left > 0; left -= 1) {
          await one.engine.idle();
          await other.engine.idle();
          const states = await shown(one, ids);
          const atWork = ids.filter((_id, index) => states[index] === 'at work');
          expect(atWork).to.have.length(Math.min(left, 2));
          const [next = ''] = atWork;
          const { id: taskId } = await openTask(one, next);
          const form = { data: {}, own: {} };
          const by = left % 2 === 0 ? one : other;
          await by.engine.completeTask({ taskId, outcome: 'done', form, actor: MANAGER });
        }
      } finally {
        await engine.stop();
      }
    }));

  it('makes an incident of a turn that cannot be taken, and lets it be tried again', () => {
    const states = LAB.states
      .replace('n: 2, name: lab', 'n: 1, name: lab')
      .replace('task:', "entry: { set: { count: '10 % (orElse(count, 0) - 5)' } }\n    task:");
    return withWorkshop({ workflows: [{ states }] }, async (workshop) => {
      const { engine, store } = workshop;
      const [one, two, three] = [
        await startSample(workshop),
        await startSample(workshop, 'sample', { count: 5 }),
        await startSample(workshop),
      ];
      expect(await shown(workshop, [one, two, three])).to.deep.equal(['at work', 'waits', 'waits']);
      await complete(workshop, one, 'done');
      const [incident] = await store.incidents.ofCase(two);
      expect(incident?.code).to.equal('refused-data');
      // It has its place all the while: nobody overtakes it.
      expect(await shown(workshop, [two, three])).to.deep.equal(['waits', 'waits']);
      await engine.operations.modify({
        ...{ caseId: two, ...why },
        set: [{ field: 'count', value: 6 }],
      });
      await engine.retryIncident(incident?.id ?? '', CLERK);
      await engine.idle();
      expect(await store.incidents.ofCase(two)).to.deep.equal([]);
      expect(await shown(workshop, [two, three])).to.deep.equal(['at work', 'waits']);
      await complete(workshop, two, 'done');
      expect(await shown(workshop, [two, three])).to.deep.equal(['ended', 'at work']);
    });
  });

  it('takes nobody for having done what has not begun', () =>
    withWorkshop({ workflows: [LAB] }, async (workshop) => {
      const [, , three = ''] = await startFour(workshop);
      const form = { data: {}, own: {} };
      const taskId = `${three}/testing/1`;
      const early = workshop.engine.completeTask({ taskId, outcome: 'done', form, actor: CLERK });
      const end = await early.then(
        () => 'taken',
        (error: unknown) => (error instanceof TrellisError ? error.code : String(error)),
      );
      expect(end).to.equal('no-task');
    }));
});

describe('a limit counted by a value', () => {
  it('has a queue for each of its values', () =>
    withWorkshop(
      {
        workflows: [
          {
            states: LAB.states.replace(
              'n: 2, name: lab',
              'n: 1, name: lab, by: "orElse(count, 0)"',
            ),
          },
        ],
      },
      async (workshop) => {
        const ids = [
          await startSample(workshop, 'sample', { count: 1 }),
          await startSample(workshop, 'sample', { count: 2 }),
          await startSample(workshop, 'sample', { count: 1 }),
        ];
        expect(await shown(workshop, ids)).to.deep.equal(['at work', 'at work', 'waits']);
      },
    ));
});
