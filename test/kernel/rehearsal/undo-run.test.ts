import { expect } from 'chai';
import { testWorkflow } from '../../../engine/kernel/rehearsal/test-workflow.ts';
import { compiled, withHelpers, workshopCore } from '../fixtures/workshop.ts';

const CLEANER = {
  name: 'cleaner',
  start: 'calling: { run: [email] }',
  states: `
  giving: { call: depot.give, with: { id: email }, done: good, failed: failed }
  good: { final: completed }
  failed: { final: failed }`,
};

const WRITTEN = {
  beside: 'undo: { call: depot.pack, with: { what: reference } }',
  states: `
  asking:
    task: { assign: { role: clerk }, form: work }
    undo: { run: cleaner, with: { email: email } }
    on: { done: checking }
  checking:
    task: { assign: { role: clerk }, form: work }
    on: { stop: { to: stopped, undo: all } }
  stopped: { final: stopped }`,
};

/** What was otherwise than expected once all of the case was taken back. */
function mismatches(mocks: string, expected: string): readonly string[] {
  const { view, validator } = workshopCore();
  const text = `
- case: c
  start: { online: { email: a@ada.example } }
  mocks: { ${mocks} }
  then:
    - { do: done, in: asking, by: { role: clerk } }
    - { do: stop, in: checking, by: { role: clerk }, expect: { ${expected} } }`;
  const runnable = (): ReturnType<typeof compiled> => compiled(CLEANER);
  const around = { core: withHelpers(view, [CLEANER]), validator, runnable };
  const { problems, results } = testWorkflow(text, compiled(WRITTEN, [CLEANER]), around);
  return [
    ...problems.map(({ message }) => message),
    ...results.flatMap((result) => result.mismatches.map(({ what, found }) => `${what}: ${found}`)),
  ];
}

describe('a workflow that takes work back in test cases', () => {
  it('is played like a child case', () => {
    expect(
      mismatches('depot.give: { id: G }', 'state: stopped, called: [depot.give, depot.pack]'),
    ).to.deep.equal([]);
  });

  it('is answered by its mock', () => {
    expect(mismatches('cleaner: {}', 'state: stopped, called: [depot.pack]')).to.deep.equal([]);
    expect(mismatches('cleaner: { fail: LOST }', 'incident: LOST')).to.deep.equal([]);
  });

  it('is an incident where it ends as failed', () => {
    expect(
      mismatches('depot.give: { fail: BROKEN }', 'incident: child-failed, notCalled: [depot.pack]'),
    ).to.deep.equal([]);
  });
});
