import { expect } from 'chai';
import type { Absence, User } from '../../engine/ports/accounts.ts';
import type { Task } from '../../engine/ports/step.ts';
import type { WrittenWorkflow } from '../kernel/fixtures/workshop.ts';
import { expectFold } from './fold-history.ts';
import {
  CLERK,
  DAY,
  complete,
  openTask,
  pass,
  startSample,
  withWorkshop,
} from './with-workshop.ts';
import type { Workshop } from './with-workshop.ts';

const ENDED = 'ended: { final: completed }';

function taskFor(assign: string): WrittenWorkflow {
  return {
    states: `
  working:
    task: { assign: ${assign}, form: work }
    on: { done: ended }
  ${ENDED}`,
  };
}

interface Person {
  readonly roles?: readonly string[];
  readonly away?: Absence;
  readonly leftAt?: number;
}

async function addPeople(
  { store, clock }: Workshop,
  people: Readonly<Record<string, Person>>,
): Promise<void> {
  for (const [id, { roles = ['clerk'], ...rest }] of Object.entries(people)) {
    const email = `${id}@workshop.example`;
    const user: User = {
      ...{ id, name: `Name of ${id}`, email, roles, teams: ['office'], password: '' },
      createdAt: clock.now(),
      ...rest,
    };
    await store.accounts.add(user);
  }
}

/** Starts a case with a note and answers its open task. */
async function taskOf(workshop: Workshop, note = 'note'): Promise<Task> {
  return openTask(workshop, await startSample(workshop, 'sample', { note }));
}

async function incidentOf({ store }: Workshop, { caseId }: Task): Promise<string> {
  const incidents = await store.incidents.ofCase(caseId);
  return incidents.map(({ code, message }) => `${code}: ${message}`).join('\n');
}

const AWAY = { from: '2027-02-27', until: '2027-03-01' };
const PERSON = taskFor(`{ person: 'orElse(note, "")' }`);

describe('assigning a task', () => {
  it('to a person, by the address or the id of the account', () =>
    withWorkshop({ workflows: [PERSON] }, async (workshop) => {
      await addPeople(workshop, { ann: {}, bob: {} });
      const byEmail = await taskOf(workshop, ' Ann@workshop.EXAMPLE');
      expect(byEmail).to.deep.include({ roles: [], assignee: 'ann', status: 'open' });
      expect((await taskOf(workshop, 'bob')).assignee).to.equal('bob');
      const history = await workshop.store.cases.history(byEmail.caseId);
      expect(history.at(-1)).to.deep.include({
        kind: 'assigned',
        body: { task: byEmail.id, assignee: { id: 'ann', name: 'Name of ann' } },
      });
      await complete(workshop, byEmail.caseId, 'done');
      await expectFold(workshop.store, workshop.catalogue, byEmail.caseId);
    }));

  it('that finds nobody is an incident, and goes on once somebody is there', () =>
    withWorkshop({ workflows: [PERSON] }, async (workshop) => {
      await addPeople(workshop, { gone: { leftAt: 1 } });
      const { engine, store } = workshop;
      expect(await incidentOf(workshop, await taskOf(workshop, 'gone'))).to.contain('person-left');
      const task = await taskOf(workshop, 'new@workshop.example');
      expect(await incidentOf(workshop, task)).to.contain('"new@workshop.example"');
      await addPeople(workshop, { new: {} });
      const [incident] = await store.incidents.ofCase(task.caseId);
      await engine.retryIncident(incident?.id ?? '', CLERK);
      await engine.idle();
      expect((await openTask(workshop, task.caseId)).assignee).to.equal('new');
      expect(await store.incidents.ofCase(task.caseId)).to.deep.equal([]);
    }));

  it('gives each of a role their turn, past those who are away or excluded', () => {
    const workflow: WrittenWorkflow = {
      states: `
  first: { task: { assign: { role: clerk }, form: work }, on: { done: working } }
  working:
    task: { assign: { role: clerk, pick: roundRobin }, form: work, notBy: [first] }
    on: { done: ended }
  ${ENDED}`,
    };
    return withWorkshop({ workflows: [workflow] }, async (workshop) => {
      await addPeople(workshop, {
        ann: {},
        bob: { away: AWAY },
        cy: {},
        max: { roles: ['manager'] },
        u1: {},
      });
      const picked: (string | undefined)[] = [];
      const next = async (): Promise<void> => {
        const caseId = await startSample(workshop);
        await complete(workshop, caseId, 'done');
        picked.push((await openTask(workshop, caseId)).assignee);
      };
      for (let round = 0; round < 4; round += 1) await next();
      // The clerk u1 did the first task of each; bob is back the next day.
      expect(picked).to.deep.equal(['ann', 'cy', 'cy', 'ann']);
      await pass(workshop, DAY);
      await next();
      await next();
      expect(picked.slice(4)).to.deep.equal(['ann', 'bob']);
    });
  });

  it('gives it to whoever has least to do', () =>
    withWorkshop(
      { workflows: [taskFor('{ roles: \'["clerk", "manager"]\', pick: leastLoaded }')] },
      async (workshop) => {
        await addPeople(workshop, { ann: {}, max: { roles: ['manager'] }, zoe: { roles: [] } });
        const first = await taskOf(workshop);
        const second = await taskOf(workshop);
        expect([first.assignee, second.assignee]).to.deep.equal(['ann', 'max']);
        await complete(workshop, second.caseId, 'done');
        expect((await taskOf(workshop)).assignee).to.equal('max');
      },
    ));

  it('leaves it to those of its roles, and says where a role does not exist', () => {
    const workflow: WrittenWorkflow = {
      ...taskFor(`{ roles: 'items.map(i, orElse(i.label, ""))' }`),
      start: 'online: { form: list, audience: public }',
      forms: `
  list: { title: List, fields: [{ field: email, required: true }, { field: items, columns: [sku, pieces, label] }] }`,
    };
    return withWorkshop({ workflows: [workflow] }, async (workshop) => {
      const given = async (...labels: string[]): Promise<Task> => {
        const items = labels.map((label) => ({ sku: 'A1', pieces: 1, label }));
        return openTask(workshop, await startWithItems(workshop, items));
      };
      const both = await given('clerk', 'manager', 'clerk');
      expect(both).to.deep.include({ roles: ['clerk', 'manager'] });
      expect(await incidentOf(workshop, both)).to.equal('');
      expect(await incidentOf(workshop, await given('admiral'))).to.contain('no-role');
      expect(await incidentOf(workshop, await given())).to.contain('empty');
    });
  });

  it('follows whoever is away to their substitute, but never to somebody excluded', () => {
    const workflow: WrittenWorkflow = {
      states: `
  first: { task: { assign: { role: clerk }, form: work }, on: { done: working } }
  working:
    task: { assign: { person: 'orElse(note, "")' }, form: work, notBy: [first] }
    on: { done: ended }
  ${ENDED}`,
    };
    return withWorkshop({ workflows: [workflow] }, async (workshop) => {
      await addPeople(workshop, {
        ann: { away: { ...AWAY, substitute: 'bob' } },
        bob: { away: { ...AWAY, substitute: 'cy' } },
        cy: {},
        dan: { away: { ...AWAY, substitute: 'u1' } },
        eve: { away: { ...AWAY, substitute: 'fay' } },
        fay: { away: { ...AWAY, substitute: 'eve' } },
        u1: {},
      });
      const forPerson = async (note: string): Promise<Task> => {
        const caseId = await startSample(workshop, 'sample', { note });
        await complete(workshop, caseId, 'done', { note });
        return openTask(workshop, caseId);
      };
      expect(await forPerson('ann')).to.include({ assignee: 'cy', delegatedBy: 'ann' });
      // u1 did the first task, so nobody stands in for dan; eve and fay wait for each other.
      expect((await forPerson('dan')).assignee).to.equal('dan');
      expect((await forPerson('eve')).assignee).to.equal('eve');
      const excluded = await forPerson('u1');
      expect(await incidentOf(workshop, excluded)).to.contain('person-excluded');
    });
  });

  it('gives it back to whoever did another task, and escalates to a person', () => {
    const workflow: WrittenWorkflow = {
      states: `
  first: { task: { assign: { role: clerk }, form: work }, on: { done: working } }
  working:
    task:
      assign: { sameAs: first }
      form: work
      escalate: [{ after: 1 days, assign: { person: 'orElse(note, "")' } }, { after: 2 days, assign: { role: manager } }]
    on: { done: ended }
  ${ENDED}`,
    };
    return withWorkshop({ workflows: [workflow] }, async (workshop) => {
      await addPeople(workshop, { u1: {}, max: { roles: ['manager'] } });
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'done', { note: 'max' });
      expect((await openTask(workshop, caseId)).assignee).to.equal('u1');
      await pass(workshop, DAY);
      expect(await openTask(workshop, caseId)).to.deep.include({ assignee: 'max', roles: [] });
      await pass(workshop, DAY);
      const escalated = await openTask(workshop, caseId);
      expect(escalated).to.deep.include({ roles: ['manager'], status: 'open' });
      expect(escalated.assignee).to.equal(undefined);
      await expectFold(workshop.store, workshop.catalogue, caseId);
    });
  });

  it('is called off with the task', () =>
    withWorkshop(
      {
        workflows: [
          { states: PERSON.states.replace('on: {', 'after: { 1 days: ended }\n    on: {') },
        ],
      },
      async (workshop) => {
        const task = await taskOf(workshop, 'nobody');
        expect(await incidentOf(workshop, task)).to.contain('no-person');
        await pass(workshop, DAY);
        expect(await incidentOf(workshop, task)).to.equal('');
        expect((await workshop.store.cases.load(task.caseId))?.outcome).to.equal('completed');
      },
    ));
});

async function startWithItems(
  workshop: Workshop,
  items: readonly { readonly sku: string; readonly pieces: number; readonly label: string }[],
): Promise<string> {
  const { engine } = workshop;
  const form = { data: { email: 'a@ada.example', items }, own: {} };
  const actor = { kind: 'public', id: 'public', name: 'Somebody' } as const;
  const { caseId } = await engine.startCase({ workflow: 'sample', start: 'online', form, actor });
  await engine.idle();
  return caseId;
}
