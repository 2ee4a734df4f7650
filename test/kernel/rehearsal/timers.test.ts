import { expect } from 'chai';
import { testWorkflow } from '../../../engine/kernel/rehearsal/test-workflow.ts';
import { compiled, workshopCore } from '../fixtures/workshop.ts';
import type { WrittenWorkflow } from '../fixtures/workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';

const VISIT: WrittenWorkflow = {
  data: `
  day: { kind: date }`,
  start: 'online: { form: visit, audience: public }',
  forms: `
  visit: { title: Visit, fields: [{ field: email, required: true }, { field: day, required: true }] }
  move: { title: Move, fields: [{ field: day, required: true }] }`,
  states: `
  planned:
    states:
      waiting:
        task: { assign: { role: clerk }, form: move }
        on: { moved: waiting, held: held }
      held: { ${TASK}, on: { done: waiting } }
    after:
      - { at: 'addDays(day, -1)', send: { message: news, to: email } }
      - { at: day, to: visited }
      - { in: 30 days, pauseWhile: [held], to: forgotten }
      - { every: 1 weeks, atMost: 2, set: { other: other + 1 } }
  visited: { final: visited }
  forgotten: { final: forgotten }`,
};

function mismatches(steps: string): readonly string[] {
  const { view, validator } = workshopCore();
  const text = `- case: a visit
  start: { online: { email: a@ada.example, day: '2027-03-20' } }
  then:
${steps}`;
  const around = { core: view, validator, runnable: () => undefined };
  const { problems, results } = testWorkflow(text, compiled(VISIT), around);
  expect(problems).to.deep.equal([]);
  return results.flatMap((result) =>
    result.mismatches.map(
      ({ at, what, expected, found }) => `${at ?? ''} ${what}: ${expected} ≠ ${found}`,
    ),
  );
}

describe('timers in test cases', () => {
  it('fire as time passes, and repeat', () => {
    const steps = `
    - { wait: 17 days, expect: { state: planned/waiting, notSent: [news], data: { other: 9 } } }
    - { wait: 1 days, expect: { sent: [news] } }
    - { until: '2027-03-20T00:00Z', expect: { state: visited } }`;
    expect(mismatches(steps)).to.deep.equal([]);
  });

  it('follow what a later step changes, and fire at once in the past', () => {
    const steps = `
    - { do: moved, in: planned/waiting, by: { role: clerk }, form: { day: '2027-03-25' } }
    - { wait: 22 days, expect: { state: planned/waiting } }
    - { do: moved, in: planned/waiting, by: { role: clerk }, form: { day: '2027-03-02' }, expect: { state: visited, sent: [news] } }`;
    expect(mismatches(steps)).to.deep.equal([]);
  });

  it('stand still', () => {
    const steps = `
    - { do: moved, in: planned/waiting, by: { role: clerk }, form: { day: '2028-03-25' } }
    - { wait: 20 days }
    - { do: held, in: planned/waiting, by: { role: clerk } , form: { day: '2028-03-25' } }
    - { wait: 3 months, expect: { state: planned/held } }
    - { do: done, in: planned/held, by: { role: clerk } }
    - { wait: 9 days, expect: { state: planned/waiting } }
    - { wait: 2 days, expect: { state: forgotten } }`;
    expect(mismatches(steps)).to.deep.equal([]);
  });
});
