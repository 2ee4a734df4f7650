import { expect } from 'chai';
import type { WorkChange } from '../../engine/kernel/event.ts';
import { expectFold } from './fold-history.ts';
import { CLERK, DAY, load, pass, startSample, withWorkshop } from './with-workshop.ts';
import type { Workshop } from './with-workshop.ts';

const PATIENT = {
  states: `
  waiting: { after: { 2 days: late } }
  late: { final: late }`,
};

const why = { reason: 'The customer asked for more time.', actor: CLERK };

describe('a timer that staff move', () => {
  for (const suspended of [false, true]) {
    it(`fires once, when it was moved to${suspended ? ', also while the case rests' : ''}`, () =>
      withWorkshop({ workflows: [PATIENT] }, async (workshop) => {
        const { engine, store, catalogue, clock } = workshop;
        const { operations } = engine;
        const caseId = await startSample(workshop);
        const [timer] = await operations.timers(caseId);
        expect(timer).to.include({ state: 'waiting', visit: 1, timer: '0' });
        const at = clock.now() + 5 * DAY;
        if (suspended) await operations.suspend({ caseId, ...why });
        await operations.modify({
          ...{ caseId, ...why, set: [] },
          work: { kind: 'timer', state: 'waiting', visit: 1, timer: '0', at },
        });
        if (suspended) await operations.resume({ caseId, ...why });
        expect((await operations.timers(caseId)).map((one) => one.at)).to.deep.equal([at]);
        await pass(workshop, 4 * DAY);
        expect(await load(workshop, caseId)).to.include({ status: 'active' });
        await pass(workshop, DAY);
        expect(await load(workshop, caseId)).to.include({ status: 'finished', outcome: 'late' });
        const history = await store.cases.history(caseId);
        const moved = history.find(({ kind }) => kind === 'modify');
        expect(moved?.actor.id).to.equal(CLERK.id);
        expect(moved?.body).to.include({ reason: why.reason });
        expect(history.filter(({ kind }) => kind === 'timer')).to.have.length(1);
        await expectFold(store, catalogue, caseId);
      }));
  }

  it('needs a reason, and a time that is still to come', () =>
    withWorkshop({ workflows: [PATIENT] }, async (workshop) => {
      const { operations } = workshop.engine;
      const caseId = await startSample(workshop);
      const to = (at: number) =>
        ({ kind: 'timer', state: 'waiting', visit: 1, timer: '0', at }) as const;
      const now = workshop.clock.now();
      const code = (reason: string, at: number): Promise<string> =>
        operations.modify({ caseId, ...why, reason, set: [], work: to(at) }).then(
          () => 'done',
          (error: unknown) => (error as { readonly code: string }).code,
        );
      expect(await code(' ', now + DAY)).to.equal('no-reason');
      expect(await code('Because.', now)).to.equal('not-possible');
      expect(await code('Because.', now + DAY)).to.equal('done');
    }));
});

const EACH = {
  data: '\n  names: { kind: list, of: { kind: text }, title: Names, default: [A, B] }',
  states: `
  asking:
    forEach: { item: one, in: names }
    task:
      assign: { role: clerk }
      form: work
      escalate: [{ after: 2 days, assign: { role: manager } }]
    done: ended
  ended: { final: completed }`,
};

describe('the escalation of one item', () => {
  const rolesIn = async (workshop: Workshop, caseId: string): Promise<readonly string[]> => {
    const tasks = await workshop.store.worklist.tasksOfCase(caseId);
    return [...tasks]
      .sort((a, b) => (a.item ?? 0) - (b.item ?? 0))
      .map(({ item, roles }) => `${String(item)} ${roles.join()}`);
  };

  it('hands over the task of this item alone, and is moved by staff', () =>
    withWorkshop({ workflows: [EACH] }, async (workshop) => {
      const { engine, store, catalogue, clock } = workshop;
      const { operations } = engine;
      const caseId = await startSample(workshop);
      const due = clock.now() + 2 * DAY;
      const shared = { state: 'asking', visit: 1, timer: 'escalate-0', standsStill: false };
      expect(await operations.timers(caseId)).to.deep.equal([
        { ...shared, item: 0, at: due },
        { ...shared, item: 1, at: due },
      ]);
      const at = clock.now() + 4 * DAY;
      await operations.modify({
        ...{ caseId, ...why, set: [] },
        work: { kind: 'timer', state: 'asking', visit: 1, item: 1, timer: 'escalate-0', at },
      });
      await pass(workshop, 2 * DAY);
      expect(await rolesIn(workshop, caseId)).to.deep.equal(['0 manager', '1 clerk']);
      expect(await operations.timers(caseId)).to.deep.equal([{ ...shared, item: 1, at }]);
      await pass(workshop, 2 * DAY);
      expect(await rolesIn(workshop, caseId)).to.deep.equal(['0 manager', '1 manager']);
      const history = await store.cases.history(caseId);
      expect(history.filter(({ kind }) => kind === 'timer')).to.have.length(2);
      await expectFold(store, catalogue, caseId);
    }));

  it('is over with its item', () =>
    withWorkshop({ workflows: [EACH] }, async (workshop) => {
      const { engine } = workshop;
      const caseId = await startSample(workshop);
      const [first] = await workshop.store.worklist.tasksOfCase(caseId);
      await engine.completeTask({
        ...{ taskId: first?.id ?? '', outcome: 'done', form: { data: {}, own: {} } },
        ...{ actor: CLERK, submissionKey: 'k' },
      });
      const timers = await engine.operations.timers(caseId);
      expect(timers.map(({ item }) => item)).to.deep.equal([first?.item === 0 ? 1 : 0]);
      const gone = { state: 'asking', visit: 1, item: first?.item ?? 0, timer: 'escalate-0' };
      const work = { kind: 'timer', ...gone, at: workshop.clock.now() + DAY } as const;
      const code = await operationsCode(workshop, caseId, work);
      expect(code).to.equal('not-possible');
    }));
});

function operationsCode({ engine }: Workshop, caseId: string, work: WorkChange): Promise<string> {
  return engine.operations.modify({ caseId, ...why, set: [], work }).then(
    () => 'done',
    (error: unknown) => (error as { readonly code: string }).code,
  );
}
