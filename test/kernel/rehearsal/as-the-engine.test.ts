import { expect } from 'chai';
import type { CompiledWorkflow } from '../../../engine/kernel/compile/compile-workflow.ts';
import { testWorkflow } from '../../../engine/kernel/rehearsal/test-workflow.ts';
import type { WrittenWorkflow } from '../fixtures/workshop.ts';
import { compiled, withHelpers, workshopCore } from '../fixtures/workshop.ts';
import { HELPER } from '../transition/sample-workflows.ts';

const START = 'start: { online: { email: a@ada.example } }';

/** What was otherwise than the only case of a file expects. */
function mismatches(
  text: string,
  workflow: CompiledWorkflow,
  helpers: readonly WrittenWorkflow[] = [],
): readonly string[] {
  const { view, validator } = workshopCore();
  const runnable = (name: string): CompiledWorkflow | undefined => {
    const found = helpers.find((helper) => helper.name === name);
    return found && compiled(found);
  };
  const core = withHelpers(view, helpers);
  const { problems, results } = testWorkflow(text, workflow, { core, validator, runnable });
  return [
    ...problems.map(({ message }) => message),
    ...results.flatMap((result) =>
      result.mismatches.map(
        ({ at, what, expected, found }) => `${at ?? ''} ${what}: ${expected} ≠ ${found}`,
      ),
    ),
  ];
}

const WAITING = `
  resting: { after: { 3 days: waiting } }
  waiting:
    wait: { message: depot.arrived, match: reference KEEP }
    save: { item.pieces: message.pieces }
    done: ended
    after: { 30 days: forgotten }
  ended: { final: completed }
  forgotten: { final: forgotten }`;

describe('what test cases say of early messages', () => {
  const early = (keep: string, expected: string): readonly string[] =>
    mismatches(
      `
- case: it comes early
  ${START}
  then:
    - { message: depot.arrived, with: { parcel: S-1, pieces: 3 } }
    - { wait: 3 days, expect: ${expected} }`,
      compiled({ states: WAITING.replace(' KEEP', keep) }),
    );

  it('is that they are kept for seven days, or as long as the wait says', () => {
    const taken = '{ state: ended, data: { item.pieces: 3 } }';
    expect(early('', taken)).to.deep.equal([]);
    expect(early(', keep: 3 days', taken)).to.deep.equal([]);
    expect(early(', keep: 2 days', '{ state: waiting }')).to.deep.equal([]);
  });

  it('is the same for those that are heard', () => {
    const states = `
  resting: { after: { DAYS days: hearing } }
  hearing: { on: { depot.arrived: { match: reference, to: ended } }, after: { 30 days: ended } }
  ended: { final: completed }`;
    const text = (days: number, state: string): string => `
- case: it comes early
  ${START}
  then:
    - { message: depot.arrived, with: { parcel: S-1, pieces: 3 } }
    - { wait: ${String(days)} days, expect: { state: ${state} } }`;
    for (const [days, state] of [
      [7, 'ended'],
      [8, 'hearing'],
    ] as const) {
      const workflow = compiled({ states: states.replace('DAYS', String(days)) });
      expect(mismatches(text(days, state), workflow)).to.deep.equal([]);
    }
  });
});

describe('what test cases say of taking work back', () => {
  const workflow = compiled({
    states: `
  taking:
    call: depot.take
    with: { what: email }
    undo: { call: depot.give, with: { id: result.id } }
    done: checking
  checking:
    task: { assign: { role: clerk }, form: work }
    on: { stop: { to: stopped, undo: all } }
  stopped: { final: stopped }`,
  });
  const stopping = (mocks: string, expected: string): readonly string[] =>
    mismatches(
      `
- case: it is taken back
  ${START}
  mocks: { depot.take: { id: '7' }${mocks} }
  then:
    - { do: stop, in: checking, by: { role: clerk }, expect: ${expected} }
    - { do: stop, in: checking, by: { role: clerk }, expect: { refused: stale } }`,
      workflow,
    );

  it('is that it needs no mock', () => {
    expect(stopping('', '{ state: stopped, called: [depot.give] }')).to.deep.equal([]);
    expect(stopping(", depot.give: { id: '7' }", '{ state: stopped }')).to.deep.equal([]);
  });

  it('is that a failure is an incident, and the case goes no further', () => {
    expect(
      stopping(', depot.give: { fail: BROKEN }', '{ incident: BROKEN, called: [depot.give] }'),
    ).to.deep.equal([]);
    expect(stopping(', depot.give: { id: 7 }', '{ incident: mock-unfit }')).to.deep.equal([]);
    expect(stopping(', depot.give: []', '{ incident: no-mock }')).to.deep.equal([]);
  });
});

describe('what test cases say was called', () => {
  it('are operations and workflows in their order, with what the child cases call', () => {
    const office: WrittenWorkflow = {
      states: `
  packing: { call: depot.pack, with: { what: email }, done: helping }
  helping: { run: helper, with: { email: email }, done: ended, failed: ended }
  ended: { final: completed }`,
    };
    const text = (called: string): string => `
- case: a helper helps
  ${START}
  mocks: { depot.pack: { id: '1' }, depot.take: { id: '2' } }
  expect: { called: ${called} }`;
    const workflow = compiled(office, [HELPER]);
    expect(mismatches(text('[depot.pack, helper, depot.take]'), workflow, [HELPER])).to.be.empty;
    expect(mismatches(text('[helper, depot.pack]'), workflow, [HELPER])).to.deep.equal([
      'start called: helper, depot.pack ≠ depot.pack, helper, depot.take',
    ]);
  });

  it('may be the workflow itself, which may have a mock', () => {
    const written: WrittenWorkflow = {
      start: `online: { form: request, audience: public }
  again: { run: [email] }`,
      states: `
  choosing:
    next: [{ when: 'count != null && count > 50', to: running }, ended]
  running: { run: self, with: { email: email }, done: ended }
  ended: { final: completed }`,
    };
    const text = `
- case: again
  start: { online: { email: a@ada.example, count: 60 } }
  mocks: { self: {} }
  expect: { state: ended, called: [self] }`;
    expect(mismatches(text, compiled(written))).to.deep.equal([]);
  });
});

describe('where test cases say that a case is', () => {
  it('is a region that is one piece of work, also when it is over', () => {
    const workflow = compiled({
      forms: `
  look: { title: Look, show: [email], outcomes: { done: Done } }`,
      states: `
  both:
    parallel:
      one: { task: { assign: { role: clerk }, form: look } }
      two: { states: { a: { task: { assign: { role: clerk }, form: look }, on: { done: b } }, b: { final: true } } }
    done: ended
  ended: { final: completed }`,
    });
    const text = `
- case: one is over
  ${START}
  then:
    - { do: done, in: both/one, by: { role: clerk }, expect: { state: [both/one, both/two/a] } }
    - { do: done, in: both/one, by: { role: clerk }, expect: { refused: stale, state: both/two/a } }
    - { do: done, in: both/two/a, by: { role: clerk }, expect: { state: ended } }`;
    expect(mismatches(text, workflow)).to.deep.equal([]);
  });
});
