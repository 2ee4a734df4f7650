import { expect } from 'chai';
import { expectFold } from './fold-history.ts';
import { CLERK, DAY, load, pass, startSample, withWorkshop } from './with-workshop.ts';

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
