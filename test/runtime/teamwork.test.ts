import { expect } from 'chai';
import type { User } from '../../engine/ports/accounts.ts';
import type { TrellisError } from '../../engine/kernel/errors.ts';
import type { WrittenWorkflow } from '../kernel/fixtures/workshop.ts';
import { expectFold } from './fold-history.ts';
import { CLERK, complete, openTask, startSample, withWorkshop } from './with-workshop.ts';
import type { Workshop } from './with-workshop.ts';

const TWO: WrittenWorkflow = {
  states: `
  first: { task: { assign: { role: clerk }, form: work }, on: { done: second } }
  second: { task: { assign: { role: clerk }, form: work, notBy: [first] }, on: { done: ended } }
  ended: { final: completed }`,
};
const NOBODY: WrittenWorkflow = {
  states: `
  first: { task: { assign: { person: 'orElse(note, "")' }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
};
const ANN = { kind: 'staff', id: 'ann', name: 'Ann' } as const;
const BOSS = { kind: 'staff', id: 'max', name: 'Max' } as const;

async function addPeople({ store }: Workshop): Promise<void> {
  const person = (id: string, more: Partial<User> = {}): User => ({
    ...{ id, name: `Name of ${id}`, email: `${id}@workshop.example`, roles: ['clerk'] },
    ...{ teams: ['office'], password: '', createdAt: 1 },
    ...more,
  });
  const people = [
    person('ann'),
    person('bob'),
    person('gone', { leftAt: 1 }),
    person('max', { roles: ['manager'] }),
    person('u1'),
  ];
  for (const one of people) await store.accounts.add(one);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error as TrellisError).code,
  );
}

describe('handing tasks on', () => {
  it('delegates with a note to somebody who may, and gets it back', () =>
    withWorkshop({ workflows: [TWO] }, async (workshop) => {
      await addPeople(workshop);
      const { engine, store } = workshop;
      const { teamwork } = engine;
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done');
      const task = await openTask(workshop, caseId);
      const hand = (to: string, reason = 'On holiday') =>
        codeOf(teamwork.handOn({ taskId: task.id, how: 'delegate', to, reason, actor: ANN }));
      expect(await hand('bob')).to.equal('task-over');
      expect(await codeOf(engine.assignTask(task.id, CLERK, CLERK))).to.equal('not-by');
      await engine.assignTask(task.id, ANN, ANN);
      const claimed = await openTask(workshop, caseId);
      expect((await teamwork.takers(claimed)).map(({ id }) => id)).to.deep.equal(['bob']);
      for (const to of ['u1', 'gone', 'max', 'ann', 'nobody']) {
        expect(await hand(to), to).to.equal('wrong-person');
      }
      expect(await hand('bob', '  ')).to.equal('no-reason');
      expect(await hand('bob')).to.equal('done');
      expect(await openTask(workshop, caseId)).to.include({ assignee: 'bob', delegatedBy: 'ann' });
      const bob = { ...ANN, id: 'bob', name: 'Bob' };
      await engine.assignTask(task.id, bob, bob);
      expect(await openTask(workshop, caseId)).to.include({ assignee: 'bob', delegatedBy: 'ann' });
      await engine.assignTask(task.id, null, bob);
      const back = await openTask(workshop, caseId);
      expect(back).to.include({ assignee: 'ann', status: 'open' });
      expect(back.delegatedBy).to.equal(undefined);
      const kinds = (await store.cases.history(caseId)).map(({ kind }) => kind);
      expect(kinds.slice(-4)).to.deep.equal(['claimed', 'delegated', 'claimed', 'returned']);
      await expectFold(store, workshop.catalogue, caseId);
    }));

  it('reassigns what nobody has, which ends the incident that says so', () =>
    withWorkshop({ workflows: [NOBODY] }, async (workshop) => {
      await addPeople(workshop);
      const { engine, store } = workshop;
      const caseId = await startSample(workshop, 'sample', { note: 'somebody' });
      expect(await store.incidents.ofCase(caseId)).to.have.length(1);
      const task = await openTask(workshop, caseId);
      const order = { taskId: task.id, how: 'reassign', to: 'bob', actor: BOSS } as const;
      await engine.teamwork.handOn({ ...order, reason: 'Nobody has it' });
      expect((await openTask(workshop, caseId)).assignee).to.equal('bob');
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
      await complete(workshop, caseId, 'done');
      expect(await codeOf(engine.teamwork.handOn({ ...order, reason: 'Late' }))).to.equal(
        'task-over',
      );
    }));
});

describe('comments', () => {
  it('stand in the history with who and when', () =>
    withWorkshop({ workflows: [TWO] }, async (workshop) => {
      const { engine, store, clock } = workshop;
      const caseId = await startSample(workshop);
      await engine.teamwork.comment(caseId, ' They called. ', ANN);
      expect(await codeOf(engine.teamwork.comment(caseId, ' ', ANN))).to.equal('no-reason');
      expect(await codeOf(engine.teamwork.comment(caseId, 'x'.repeat(2001), ANN))).to.equal(
        'no-reason',
      );
      const history = await store.cases.history(caseId);
      expect(history.at(-1)).to.deep.include({
        ...{ kind: 'comment', actor: ANN, at: clock.now(), body: { text: 'They called.' } },
      });
      await expectFold(store, workshop.catalogue, caseId);
    }));
});
