import { expect } from 'chai';
import { testWorkflow } from '../../../engine/kernel/rehearsal/test-workflow.ts';
import type { WrittenWorkflow } from '../fixtures/workshop.ts';
import { compiled, workshopCore } from '../fixtures/workshop.ts';

const WRITTEN: WrittenWorkflow = {
  beside: 'on: { withdraw: { by: customer, to: withdrawn } }',
  states: `
  working:
    task: { assign: { role: clerk }, form: work }
    on:
      done: ended
      note: { by: { role: manager }, form: work }
      depot.arrived: { match: reference, set: { other: message.pieces } }
  ended: { final: completed }
  withdrawn: { final: withdrawn }`,
};

/** How the steps of one case went: nothing, or what was otherwise than expected. */
function mismatches(steps: string): readonly string[] {
  const { view, validator } = workshopCore();
  const text = `- case: c\n  start: { online: { email: a@ada.example } }\n  then:\n${steps}`;
  const around = { core: view, validator, runnable: () => undefined };
  const { problems, results } = testWorkflow(text, compiled(WRITTEN), around);
  return [
    ...problems.map(({ message }) => message),
    ...results.flatMap((result) => result.mismatches.map(({ what, found }) => `${what}: ${found}`)),
  ];
}

describe('events from outside in test cases', () => {
  it('press buttons by whoever they are for, with their form', () => {
    expect(
      mismatches(`
    - { press: note, by: { role: clerk }, expect: { refused: notBy } }
    - { press: note, by: { role: manager }, form: { count: 300 }, expect: { refused: form } }
    - { press: note, by: { role: manager }, form: { count: 3 }, expect: { state: working, data: { count: 3 } } }
    - { press: withdraw, expect: { state: withdrawn } }
    - { press: withdraw, expect: { refused: stale } }`),
    ).to.deep.equal([]);
  });

  it('press buttons by formulas, by whoever did a task, and refuse everybody else', () => {
    const written: WrittenWorkflow = {
      start: `online: { form: request, audience: { roles: '["clerk", "manager"]' } }
  boss: { form: request, audience: { person: '"boss@office.example"' } }`,
      states: `
  working:
    task: { assign: { role: clerk }, form: work }
    on: { done: resting }
  resting:
    on:
      again: { by: { sameAs: working }, to: working }
      ask: { by: { person: email } }
      stop: { by: { roles: 'count == 2 ? ["clerk"] : ["manager"]' }, to: ended }
  ended: { final: completed }`,
    };
    const { view, validator } = workshopCore();
    const around = { core: view, validator, runnable: () => undefined };
    const text = `
- case: from the office
  start: { online: { email: a@ada.example } }
  by: { role: clerk }
  expect: { state: working }
  then:
    - { do: done, in: working, by: { role: clerk, id: u1 }, form: { count: 3 }, expect: { state: resting } }
    - { press: again, by: { role: clerk, id: u2 }, expect: { refused: notBy } }
    - { press: ask, by: { role: clerk, id: u1 }, expect: { refused: notBy } }
    - { press: ask, by: { id: a@ada.example }, expect: { state: resting } }
    - { press: again, by: { role: clerk, id: u1 }, expect: { state: working } }
    - { do: done, in: working, by: { role: clerk, id: u1 }, form: { count: 2 }, expect: { state: resting } }
    - { press: stop, by: { role: manager }, expect: { refused: notBy } }
    - { press: stop, by: { role: clerk }, expect: { state: ended } }
- case: from outside
  start: { online: { email: a@ada.example } }
  expect: { refused: notBy }
- case: by the boss
  start: { boss: { email: a@ada.example } }
  by: { id: Boss@office.example }
  expect: { state: working }
- case: by another
  start: { boss: { email: a@ada.example } }
  by: { role: manager, id: u9 }
  expect: { refused: notBy }`;
    const { problems, results } = testWorkflow(text, compiled(written), around);
    expect(problems).to.deep.equal([]);
    expect(results.map(({ mismatches: found }) => found)).to.deep.equal([[], [], [], []]);
  });

  it('hear several messages, one after the other', () => {
    expect(
      mismatches(`
    - { message: depot.arrived, with: { parcel: S-1, pieces: 3 }, expect: { data: { other: 3 } } }
    - { message: depot.arrived, with: { parcel: S-2, pieces: 5 }, expect: { data: { other: 3 } } }
    - { message: depot.arrived, with: { parcel: S-1, pieces: 4 }, expect: { state: working, data: { other: 4 } } }`),
    ).to.deep.equal([]);
  });

  it('begin a case as the clock would', () => {
    const { view, validator } = workshopCore();
    const start = `nightly: { schedule: '0 7 * * *', set: { note: 'text(today())' } }`;
    const around = { core: view, validator, runnable: () => undefined };
    const play = (values: string) => {
      const text = `
- case: in the night
  now: '2027-03-02T07:00Z'
  start: { nightly: ${values} }
  expect: { state: working, data: { note: '2027-03-02' } }`;
      return testWorkflow(text, compiled({ ...WRITTEN, start }), around);
    };
    expect(play('{}').problems).to.deep.equal([]);
    expect(play('{}').results.flatMap((one) => one.mismatches)).to.deep.equal([]);
    expect(play('{ note: x }').problems.map(({ code }) => code)).to.deep.equal(['case-name']);
  });

  it('begin a case as a program would', () => {
    const { view, validator } = workshopCore();
    const written = { ...WRITTEN, start: 'shop: { api: [email, count], set: { other: count } }' };
    const around = { core: view, validator, runnable: () => undefined };
    const text = `
- case: all that is needed
  start: { shop: { email: a@ada.example, count: 4 } }
  expect: { state: working, data: { other: 4 } }
- case: too little
  start: { shop: { email: a@ada.example } }
  expect: { refused: form }`;
    const { problems, results } = testWorkflow(text, compiled(written), around);
    expect(problems).to.deep.equal([]);
    expect(results.map((result) => result.mismatches)).to.deep.equal([[], []]);
  });

  it('know the buttons by name', () => {
    expect(mismatches('    - { press: notes }')).to.deep.equal([
      'There is no button "notes". Did you mean "note"?',
    ]);
  });

  it('begin a case by a message', () => {
    const { view, validator } = workshopCore();
    const start =
      'came: { message: depot.arrived, save: { id: message.parcel, other: message.pieces }, set: { count: other + 1 }, once: id }';
    const around = { core: view, validator, runnable: () => undefined };
    const text = `
- case: a small one
  start: { came: { parcel: P-1, pieces: 3 } }
  expect: { state: working, data: { id: P-1, other: 3, count: 4 } }
- case: too many for the field
  start: { came: { parcel: P-2, pieces: 300 } }
  expect: { refused: form }
- case: nothing to tell it by
  start: { came: { pieces: 3 } }
  expect: { refused: form }`;
    const { problems, results } = testWorkflow(text, compiled({ ...WRITTEN, start }), around);
    expect(problems).to.deep.equal([]);
    expect(results.flatMap(({ mismatches: found }) => found)).to.deep.equal([]);
  });
});
