import { expect } from 'chai';
import { complete, load, startSample, withWorkshop } from './with-workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';

const HELPER = {
  name: 'helper',
  start: 'calling: { run: [note] }',
  states: `
  checking: { ${TASK}, on: { good: good } }
  good: { final: completed }`,
};

const STARTING = {
  states: `
  starting: { start: { workflow: helper, with: { note: text(n) }, each: n, in: range(3) }, next: checking }
  checking: { ${TASK}, on: { done: ended, stop: { to: ended, undo: all } } }
  ended: { final: completed }`,
};

describe('a state that starts cases', () => {
  it('begins one for each item, which go on whatever becomes of the case', () =>
    withWorkshop({ workflows: [HELPER, STARTING] }, async (workshop) => {
      const { engine, store } = workshop;
      const caseId = await startSample(workshop);
      expect((await load(workshop, caseId)).states).to.deep.equal(['checking']);
      const begun = async () =>
        (await store.worklist.cases({ workflow: 'helper' }, undefined, 10)).rows;
      const notes = await Promise.all(
        (await begun()).map(async ({ id }) => (await engine.look(id)).data['note']),
      );
      expect(notes).to.have.members(['0', '1', '2']);
      await complete(workshop, caseId, 'stop');
      expect((await load(workshop, caseId)).status).to.equal('finished');
      const rows = await begun();
      expect(rows.map(({ status }) => status)).to.deep.equal(['active', 'active', 'active']);
      expect(rows.map(({ parent }) => parent)).to.deep.equal([undefined, undefined, undefined]);
      const starter = (await load(workshop, caseId)).starter;
      expect(rows.map((row) => row.starter)).to.deep.equal([starter, starter, starter]);
    }));

  it('begins none where the list is empty, and none for which there is one already', () => {
    const once = { ...HELPER, start: 'calling: { run: [note], once: note }' };
    const workflows = [
      once,
      { ...STARTING, states: STARTING.states.replace('range(3)', "'range(orElse(count, 0))'") },
    ];
    return withWorkshop({ workflows }, async (workshop) => {
      const { store } = workshop;
      const begun = async () =>
        (await store.worklist.cases({ workflow: 'helper' }, undefined, 10)).rows.length;
      await startSample(workshop, 'sample', { count: 0 });
      expect(await begun()).to.equal(0);
      await startSample(workshop, 'sample', { count: 2 });
      const caseId = await startSample(workshop, 'sample', { count: 3 });
      expect(await begun()).to.equal(3);
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
      expect(await store.jobs.nextDue()).to.equal(undefined);
    });
  });
});
