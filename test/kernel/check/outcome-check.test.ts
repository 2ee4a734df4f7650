import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';

const TEXT = `
workflow: sample
title: Sample
team: operations
core: 1
reference: S-{number}
start: { go: { api: [] } }
forms:
  look: { title: Look, outcomes: { good: Good, bad: Bad } }
states:
  looking:
    parallel:
      left:
        task: { assign: { role: sales-rep }, form: look }
        on: { bad: ^refused }
      right: { task: { assign: { role: order-desk }, form: look } }
    done: over
    after: { 1 days: over }
  over: { final: completed }
  refused: { final: refused }
`;

describe('an outcome that nothing answers to', () => {
  it('is told by the name of its region, with a way to end that', () => {
    const { problems } = checkSource({ name: 'sample', text: TEXT, files: {} }, meridianCore);
    expect(problems.map(({ code, message }) => `${code} ${message}`)).to.deep.equal([
      'outcome-unhandled “Left” can end with the outcome "good", and nothing says what happens ' +
        'then. Add "good: …" under its "on". To end the region with it, give the region "states": ' +
        'this work, and a final state.',
    ]);
  });
});
