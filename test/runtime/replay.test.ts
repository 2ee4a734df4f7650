import { expect } from 'chai';
import { publishAll } from '../../engine/runtime/publish.ts';
import type { ReplayDifference } from '../../engine/runtime/replay.ts';
import { replayHistory } from '../../engine/runtime/replay.ts';
import { sourceOf, workshopCore } from '../kernel/fixtures/workshop.ts';
import type { Workshop } from './with-workshop.ts';
import { NOW, complete, startSample, withWorkshop } from './with-workshop.ts';

const STATES = `
  taking: { call: depot.take, with: { what: email }, save: { id: result.id }, done: checking }
  checking: { task: { assign: { role: clerk }, form: work }, on: { done: deciding } }
  deciding: { next: [{ when: 'orElse(count, 0) > 10', to: large }, { to: ended }] }
  large: { task: { assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`;

/** What a second version with these states makes otherwise of a case with 12 pieces. */
async function differences(
  workshop: Workshop,
  states: string,
): Promise<readonly ReplayDifference[]> {
  const { store, catalogue } = workshop;
  const caseId = await startSample(workshop);
  await complete(workshop, caseId, 'done', { count: 12 });
  const source = sourceOf({ states });
  const { refused } = await publishAll(
    [{ name: 'sample', source }],
    workshopCore().view,
    store,
    NOW,
  );
  expect(refused).to.deep.equal([]);
  const history = await store.cases.history(caseId);
  const [own, other] = [await catalogue.version('sample', 1), await catalogue.version('sample', 2)];
  return replayHistory(history, own, other).differences;
}

describe('playing a history on another version', () => {
  it('finds nothing where both do the same', () =>
    withWorkshop({ workflows: [{ states: STATES }] }, async (workshop) => {
      const states = STATES.replace(
        'ended: { final: completed }',
        'ended: { title: End, final: completed }',
      );
      expect(await differences(workshop, states)).to.deep.equal([]);
    }));

  it('says which guard leads elsewhere, and the values that it names', () =>
    withWorkshop({ workflows: [{ states: STATES }] }, async (workshop) => {
      const [found, ...others] = await differences(workshop, STATES.replace('> 10', '> 15'));
      expect(others).to.deep.equal([]);
      expect(found).to.include({ kind: 'way', event: 'outcome' });
      expect(found?.message).to.contain('orElse(count, 0) > 10 holds');
      expect(found?.message).to.contain('orElse(count, 0) > 15 not holding');
      expect(found?.message).to.contain('count is 12').and.to.contain('is at large');
      expect(found?.message).to.contain('ends as completed');
    }));

  it('says what the case carries and asks for otherwise, and goes on', () =>
    withWorkshop({ workflows: [{ states: STATES }] }, async (workshop) => {
      const states = STATES.replace(
        'done: deciding',
        'done: { to: deciding, set: { note: \'"checked"\' } }',
      ).replace('{ what: email }', '{ what: \'"all"\' }');
      const found = await differences(workshop, states);
      expect(found.map(({ kind }) => kind)).to.deep.equal(['effects', 'effects', 'data']);
      expect(found[0]?.message).to.contain('No longer: call').and.to.contain('a@ada.example');
      expect(found[2]?.message).to.equal('note is "checked" instead of null');
    }));

  it('says where an event cannot happen there', () =>
    withWorkshop({ workflows: [{ states: STATES }] }, async (workshop) => {
      const states = STATES.replace('on: { done: deciding }', 'on: { ready: deciding }');
      const found = await differences(workshop, states);
      expect(found).to.have.length(1);
      expect(found[0]).to.include({ kind: 'refused', event: 'outcome' });
      expect(found[0]?.message).to.contain('Its outcomes are: ready.');
    }));
});
