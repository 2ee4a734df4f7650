import { expect } from 'chai';
import { testWorkflow } from '../../../engine/kernel/rehearsal/test-workflow.ts';
import { compiled, workshopCore } from '../fixtures/workshop.ts';

const WORKFLOW = compiled({
  states: `
  working:
    task: { assign: { role: clerk }, form: work }
    on: { done: { to: ended, send: { message: news, to: { role: manager } } } }
  ended: { final: completed }`,
});

function mismatches(expected: string): readonly string[] {
  const { view, validator } = workshopCore();
  const around = { core: view, validator, runnable: () => undefined };
  const text = `
- case: c
  start: { online: { email: a@ada.example } }
  expect: { notSent: [news] }
  then:
    - { do: done, in: working, by: { role: clerk }, expect: ${expected} }
`;
  const { problems, results } = testWorkflow(text, WORKFLOW, around);
  return [
    ...problems.map(({ message }) => message),
    ...results.flatMap((result) => result.mismatches.map(({ what }) => what)),
  ];
}

describe('a mail to a role in test cases', () => {
  it('is sent as one to an address is', () => {
    expect(mismatches('{ state: ended, sent: [news] }')).to.deep.equal([]);
    expect(mismatches('{ state: ended, notSent: [news] }')).to.deep.equal(['notSent']);
  });
});
