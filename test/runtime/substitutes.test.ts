import { expect } from 'chai';
import type { TrellisError } from '../../engine/kernel/errors.ts';
import type { User } from '../../engine/ports/accounts.ts';
import type { WrittenWorkflow } from '../kernel/fixtures/workshop.ts';
import { expectFold } from './fold-history.ts';
import { complete, openTask, startSample, withWorkshop } from './with-workshop.ts';
import type { Workshop } from './with-workshop.ts';

const TWO: WrittenWorkflow = {
  states: `
  first: { task: { assign: { role: clerk }, form: work }, on: { done: second } }
  second: { task: { assign: { role: clerk }, form: work, notBy: [first] }, on: { done: ended } }
  ended: { final: completed }`,
};
const ALONE: WrittenWorkflow = {
  states: `
  first: { task: { assign: { person: '"ann@workshop.example"' }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
};
const AWAY = { from: '2027-02-20', until: '2027-03-10' };
const actor = (id: string) => ({ kind: 'staff', id, name: `Name of ${id}` }) as const;

async function addPeople(
  { store }: Workshop,
  people: Readonly<Record<string, Partial<User>>>,
): Promise<void> {
  for (const [id, more] of Object.entries(people)) {
    const email = `${id}@workshop.example`;
    const base = { id, name: `Name of ${id}`, email, roles: ['clerk'], teams: ['office'] };
    await store.accounts.add({ ...base, password: '', createdAt: 1, ...more });
  }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error as TrellisError).code,
  );
}

describe('whoever stands in', () => {
  it('sees what the absent one has already, takes it, and can give it back', () =>
    withWorkshop({ workflows: [TWO] }, async (workshop) => {
      await addPeople(workshop, { ann: {}, bob: { roles: [] }, u1: {} });
      const { engine, store, catalogue } = workshop;
      const caseId = await startSample(workshop);
      const task = await openTask(workshop, caseId);
      await engine.assignTask(task.id, actor('ann'), actor('ann'));
      const take = () => codeOf(engine.assignTask(task.id, actor('bob'), actor('bob')));
      expect(await take()).to.equal('task-over');

      await store.accounts.change('ann', { away: { ...AWAY, substitute: 'bob' } });
      const absent = await engine.substitutes.absentees('bob', 'Europe/Dublin');
      expect(absent.map(({ id }) => id)).to.deep.equal(['ann']);
      expect(await engine.substitutes.absentees('u1', 'Europe/Dublin')).to.deep.equal([]);
      const claimed = await openTask(workshop, caseId);
      expect((await engine.substitutes.standIn(claimed))?.person.id).to.equal('bob');
      expect(await take()).to.equal('done');
      expect(await openTask(workshop, caseId)).to.include({ assignee: 'bob', delegatedBy: 'ann' });
      const history = await store.cases.history(caseId);
      expect(history.at(-1)?.body).to.deep.include({
        insteadOf: { id: 'ann', name: 'Name of ann' },
      });
      await engine.assignTask(task.id, null, actor('bob'));
      expect((await openTask(workshop, caseId)).assignee).to.equal('ann');
      await expectFold(store, catalogue, caseId);
    }));

  it('is nobody who may not do it, and nobody for one who could not either', () =>
    withWorkshop({ workflows: [TWO] }, async (workshop) => {
      const away = { ...AWAY, substitute: 'u1' };
      await addPeople(workshop, { ann: { away }, old: { away, roles: [] }, u1: {} });
      const { engine } = workshop;
      const { substitutes } = engine;
      const caseId = await startSample(workshop);
      const first = await openTask(workshop, caseId);
      expect(await substitutes.standIn({ ...first, assignee: 'ann' })).not.to.equal(undefined);
      expect(await substitutes.standIn({ ...first, assignee: 'old' })).to.equal(undefined);
      expect(await substitutes.standIn({ ...first, assignee: 'nobody' })).to.equal(undefined);
      await complete(workshop, caseId, 'done');
      const second = await openTask(workshop, caseId);
      expect(await substitutes.standIn({ ...second, assignee: 'ann' })).to.equal(undefined);
    }));
});

describe('somebody who leaves', () => {
  it('gives back what their roles can do, and what was lent to them', () =>
    withWorkshop({ workflows: [TWO] }, async (workshop) => {
      await addPeople(workshop, { ann: {}, bob: {} });
      const { engine, store, catalogue } = workshop;
      const caseId = await startSample(workshop);
      const other = await startSample(workshop);
      const [own, lent] = [await openTask(workshop, caseId), await openTask(workshop, other)];
      await engine.assignTask(own.id, actor('ann'), actor('ann'));
      await engine.assignTask(lent.id, actor('bob'), actor('bob'));
      const hand = { taskId: lent.id, how: 'delegate', to: 'ann', reason: 'Please' } as const;
      await engine.teamwork.handOn({ ...hand, actor: actor('bob') });

      const leaving = { person: 'ann', actor: actor('max') };
      expect(await codeOf(engine.leaving.leave({ ...leaving, reason: ' ' }))).to.equal('no-reason');
      const nobody = { ...leaving, reason: 'Left', person: 'nobody' };
      expect(await codeOf(engine.leaving.leave(nobody))).to.equal('no-person');
      const result = await engine.leaving.leave({ ...leaving, reason: 'Left' });
      expect(result).to.deep.equal({ returned: 2, handedOn: 0, left: [] });
      expect((await store.accounts.byId('ann'))?.leftAt).to.equal(workshop.clock.now());
      expect(await openTask(workshop, caseId)).not.to.have.property('assignee');
      expect((await openTask(workshop, other)).assignee).to.equal('bob');
      await engine.leaving.comeBack('ann', leaving.actor);
      expect(await store.accounts.byId('ann')).not.to.have.property('leftAt');
      await expectFold(store, catalogue, caseId);
    }));

  it('leaves what was for them alone to a successor, or to be reassigned', () =>
    withWorkshop({ workflows: [ALONE] }, async (workshop) => {
      await addPeople(workshop, { ann: {}, bob: {} });
      const { engine } = workshop;
      const caseId = await startSample(workshop);
      await engine.idle();
      const leave = { person: 'ann', reason: 'Left', actor: actor('max') };
      expect(await codeOf(engine.leaving.leave({ ...leave, to: 'ann' }))).to.equal('wrong-person');
      const { left } = await engine.leaving.leave(leave);
      expect(left.map((task) => task.caseId)).to.deep.equal([caseId]);
      const again = await engine.leaving.leave({ ...leave, to: 'bob' });
      expect(again).to.include({ handedOn: 1 });
      expect((await openTask(workshop, caseId)).assignee).to.equal('bob');
    }));
});
