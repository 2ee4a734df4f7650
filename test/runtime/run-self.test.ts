import { expect } from 'chai';
import { expectFold } from './fold-history.ts';
import { load, startSample, withWorkshop } from './with-workshop.ts';

/** Runs itself as often as it is told to. */
const counting = (rules: string) => ({
  start: `online: { form: request, audience: public }
  again: { run: [count] }`,
  states: `
  looking:
    next: [{ when: 'orElse(count, 0) > 0', to: again }, { to: least, set: { note: '"."' } }]
  again:
    run: self
    with: { count: 'orElse(count, 0) - 1' }
    save: { note: 'result.note + "+"' }
    on: { least: ended, ended: ended }
    ${rules}
  least: { final: true }
  ended: { final: true }`,
});

describe('a workflow that runs itself', () => {
  it('does so until it need not, and has what the innermost case had', () =>
    withWorkshop({ workflows: [counting('')] }, async (workshop) => {
      const { store, engine, catalogue } = workshop;
      const caseId = await startSample(workshop, 'sample', { count: 20 });
      expect(await load(workshop, caseId)).to.include({ status: 'finished', outcome: 'ended' });
      expect((await engine.look(caseId)).data['note']).to.equal(`.${'+'.repeat(20)}`);
      const { rows } = await store.worklist.cases({ workflow: 'sample' }, undefined, 50);
      expect(rows).to.have.length(21);
      expect(new Set(rows.map(({ workflowVersion }) => workflowVersion)).size).to.equal(1);
      for (const { id } of rows) await expectFold(store, catalogue, id);
    }));

  it('goes 20 deep and no deeper: then it is an incident', () =>
    withWorkshop({ workflows: [counting('')] }, async (workshop) => {
      const { store } = workshop;
      await startSample(workshop, 'sample', { count: 21 });
      const { rows } = await store.worklist.cases({ workflow: 'sample' }, undefined, 50);
      expect(rows).to.have.length(21);
      const incidents = await store.incidents.list(undefined, 10);
      expect(incidents.map(({ code }) => code)).to.deep.equal(['run-too-deep']);
    }));

  it('may say what happens then', () =>
    withWorkshop(
      { workflows: [counting(`failed: { to: least, set: { note: '"!"' } }`)] },
      async (workshop) => {
        const { engine, store } = workshop;
        const caseId = await startSample(workshop, 'sample', { count: 30 });
        expect((await engine.look(caseId)).data['note']).to.equal(`!${'+'.repeat(20)}`);
        expect(await store.incidents.list(undefined, 10)).to.deep.equal([]);
      },
    ));
});
