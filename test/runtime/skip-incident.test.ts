import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { Incident } from '../../engine/ports/step.ts';
import { expectFold } from './fold-history.ts';
import type { Workshop } from './with-workshop.ts';
import { CLERK, load, startSample, withWorkshop } from './with-workshop.ts';

const WORKFLOWS = [
  {
    states: `
  taking:
    call: depot.take
    with: { what: email }
    save: { id: result.id }
    undo: { call: depot.give, with: { id: result.id } }
    done: { to: checking, send: { message: news, to: email } }
  checking:
    task: { assign: { role: clerk }, form: work }
    on: { done: ended, stop: { to: stopped, undo: all } }
  stopped: { final: stopped }
  ended: { final: completed }`,
  },
];

const GONE = { kind: 'final', code: 'GONE', message: 'It is gone.' } as const;

async function incidentOf({ store }: Workshop, caseId: string): Promise<Incident> {
  const [incident] = await store.incidents.ofCase(caseId);
  if (incident === undefined) throw new Error('There is no incident.');
  return incident;
}

async function refusal(doing: Promise<unknown>): Promise<string> {
  const error: unknown = await doing.catch((thrown: unknown) => thrown);
  return error instanceof TrellisError ? error.code : String(error);
}

describe('going on without the work of an incident', () => {
  it('ends an undo that nobody can carry out', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine, store, catalogue, connectors } = workshop;
      connectors.answer('depot.give', GONE);
      const caseId = await startSample(workshop);
      await engine.operations.cancel({ caseId, undo: true, reason: 'No', actor: CLERK });
      await engine.idle();
      expect(await load(workshop, caseId)).to.include({ status: 'undoing' });
      const { id } = await incidentOf(workshop, caseId);
      expect(await refusal(engine.incidents.skip(id, ' ', CLERK))).to.equal('no-reason');
      await engine.incidents.skip(id, 'It was sold.', CLERK);
      expect(await load(workshop, caseId)).to.include({ status: 'finished' });
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
      const entry = (await store.cases.history(caseId)).find(({ kind }) => kind === 'undone');
      expect(entry).to.deep.include({ actor: CLERK });
      expect(entry?.body).to.include({ reason: 'It was sold.' });
      await expectFold(store, catalogue, caseId);
      expect(await refusal(engine.incidents.skip(id, 'Again', CLERK))).to.equal('no-incident');
    }));

  it('leaves a mail unsent', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine, store, connectors } = workshop;
      connectors.answer('mail.send', GONE);
      const caseId = await startSample(workshop);
      const { id } = await incidentOf(workshop, caseId);
      await engine.incidents.skip(id, 'They know.', CLERK);
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
      const [last] = (await store.cases.history(caseId)).slice(-1);
      expect(last).to.deep.include({ kind: 'skipped', body: { job: id, reason: 'They know.' } });
      expect(await load(workshop, caseId)).to.deep.include({ states: ['checking'] });
    }));

  it('is refused where the case waits for the work', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine, connectors } = workshop;
      connectors.answer('depot.take', GONE);
      const caseId = await startSample(workshop);
      const { id } = await incidentOf(workshop, caseId);
      expect(await refusal(engine.incidents.skip(id, 'x', CLERK))).to.equal('not-possible');
      expect((await incidentOf(workshop, caseId)).id).to.equal(id);
    }));
});
