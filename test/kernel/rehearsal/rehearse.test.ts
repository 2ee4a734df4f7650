import { expect } from 'chai';
import type { CompiledWorkflow } from '../../../engine/kernel/compile/compile-workflow.ts';
import type { TestReport } from '../../../engine/kernel/rehearsal/test-workflow.ts';
import { testWorkflow } from '../../../engine/kernel/rehearsal/test-workflow.ts';
import type { WrittenWorkflow } from '../fixtures/workshop.ts';
import { compiled, compiledUnchecked, workshopCore } from '../fixtures/workshop.ts';
import { HELPER, OFFICE } from '../transition/sample-workflows.ts';

const START = `start: { online: { email: a@ada.example } }`;

const SHOP: WrittenWorkflow = {
  start: `online: { form: request, audience: public }
  by-phone: { form: request, audience: { role: clerk } }`,
  states: `
  taking:
    call: depot.take
    with: { what: email }
    save: { id: result.id }
    undo: { call: depot.give, with: { id: result.id } }
    done: asking
    failed: checking
  checking:
    task: { assign: { role: clerk }, form: work, notBy: [starter], escalate: [{ after: 1 days, assign: { role: manager } }] }
    on: { done: asking, again: taking, stop: { to: stopped, undo: all } }
  asking:
    ask: { form: answer, to: email, message: question }
    on: { accept: waiting, refuse: { to: stopped, undo: all } }
    after:
      1 days: { send: { message: news, to: email } }
      3 days: stopped
  waiting:
    wait: { message: depot.arrived, match: reference }
    save: { item.pieces: message.pieces }
    done: ended
  stopped: { final: stopped }
  ended: { final: completed }`,
};

function around(helpers: ReadonlyMap<string, CompiledWorkflow> = new Map()) {
  const { view, validator } = workshopCore();
  return { core: view, validator, runnable: (name: string) => helpers.get(name) };
}

function report(text: string, written = SHOP): TestReport {
  return testWorkflow(text, compiled(written), around());
}

/** The mismatches of the only case of a file, shortly: `then 1 state: expected … found …`. */
function mismatches(text: string, written = SHOP): readonly string[] {
  const { problems, results } = report(text, written);
  expect(problems).to.deep.equal([]);
  return results.flatMap((result) =>
    result.mismatches.map(
      ({ at, what, expected, found }) => `${at ?? ''} ${what}: ${expected} ≠ ${found}`,
    ),
  );
}

const REGIONS: WrittenWorkflow = {
  forms: `
  vote: { title: Vote, show: [email], outcomes: { agree: Yes, refuse: No } }`,
  states: `
  asking:
    parallel:
      one: { task: { assign: { role: clerk }, form: vote } }
      two: { task: { assign: { role: clerk }, form: vote } }
    join: 1
    on: { refuse: refused }
    done: [{ when: outcomes.two == "agree", to: ended }, asking]
  refused: { final: refused }
  ended: { final: completed }`,
};

describe('test cases of a workflow', () => {
  it('name a region that is one task as the task itself, and cover it as a whole', () => {
    const text = `
- case: the second agrees
  ${START}
  expect: { state: [asking/one, asking/two] }
  then:
    - { do: agree, in: asking/one, by: { role: manager }, expect: { refused: notBy } }
    - { do: agree, in: asking/one, by: { role: clerk }, expect: { state: [asking/one, asking/two] } }
    - { do: agree, in: asking/two, by: { role: clerk }, expect: { state: ended } }`;
    expect(mismatches(text, REGIONS)).to.deep.equal([]);
    const { coverage } = report(text, REGIONS);
    expect(coverage.states).to.deep.equal({ all: 5, missed: ['refused'] });
    expect(coverage.transitions).to.deep.equal({ all: 3, missed: ['states.asking.on.refuse'] });
  });

  it('name fields inside others at once or one by one', () => {
    const written: WrittenWorkflow = {
      forms: `
  whole: { title: Whole, fields: [{ field: item.sku, required: true }, { field: item.pieces, required: true }, { field: why, kind: text }] }`,
      start: 'online: { form: whole, audience: public }',
      states: `
  asking: { task: { assign: { role: clerk }, form: whole }, on: { done: ended } }
  ended: { final: completed }`,
    };
    const steps = (start: string, form: string): string => `
- case: one
  start: { online: ${start} }
  expect: { data: { item.sku: A, item.pieces: 2 } }
  then:
    - { do: done, in: asking, by: { role: clerk }, form: ${form}, expect: { state: ended, data: { item.sku: B, item.pieces: 3 } } }`;
    const [whole, single] = ['{ item: { sku: A, pieces: 2 } }', '{ item.sku: A, item.pieces: 2 }'];
    const again = '{ item: { sku: B }, item.pieces: 3, why: Because }';
    expect(mismatches(steps(whole, again), written)).to.deep.equal([]);
    expect(mismatches(steps(single, again), written)).to.deep.equal([]);
    const unknown = steps(single, '{ item.sku: B, item.pieces: 3, item.colour: red }');
    expect(mismatches(unknown, written)[0]).to.include('item.colour');
  });

  it('pass where everything is as they expect', () => {
    const text = `
- case: all goes well
  now: '2027-03-01T09:00Z'
  ${START}
  mocks: { depot.take: { id: '7' } }
  expect: { state: asking, sent: [question], notSent: [news], called: [depot.take], notCalled: [depot.give], data: { id: '7', note: null } }
  then:
    - { wait: 1 day, expect: { state: asking, sent: [news] } }
    - { do: accept, in: asking, form: { note: Good }, expect: { state: waiting, data: { note: Good } } }
    - { message: depot.arrived, with: { parcel: S-1, pieces: 3 }, expect: { state: ended, data: { item.pieces: 3 } } }
- case: a time may be named
  ${START}
  mocks: { depot.take: { id: '7' } }
  then:
    - { until: '2027-03-04T08:59Z', expect: { state: asking } }
    - { until: '2027-03-04T09:00Z', expect: { state: stopped } }`;
    const { problems, results, coverage } = report(text);
    expect(problems).to.deep.equal([]);
    expect(results.map(({ mismatches: found }) => found)).to.deep.equal([[], []]);
    expect(coverage.states).to.deep.equal({ all: 6, missed: ['checking'] });
    expect(coverage.transitions.all).to.equal(10);
    expect(coverage.transitions.missed).to.include('states.taking.failed');
    expect(coverage.transitions.missed).not.to.include('states.taking.done');
  });

  it('tell each thing that is otherwise', () => {
    const text = `
- case: much is wrong
  ${START}
  mocks: { depot.take: { id: '7' } }
  expect:
    { state: [checking, waiting], sent: [news], notSent: [question], called: [depot.take, depot.give], notCalled: [depot.take], refused: form, incident: NO, data: { id: '8', item.pieces: 2, note: null } }`;
    expect(mismatches(text)).to.deep.equal([
      'start refused: form ≠ accepted',
      'start incident: NO ≠ none',
      'start state: checking, waiting ≠ asking',
      'start id: "8" ≠ "7"',
      'start item.pieces: 2 ≠ empty',
      'start sent: news ≠ question',
      'start notSent: none of question ≠ question',
      'start called: depot.take, depot.give ≠ depot.take',
      'start notCalled: none of depot.take ≠ depot.take',
    ]);
  });

  it('say that what is not expected may not go wrong', () => {
    const text = `
- case: nobody answers for the depot
  ${START}
- case: the form is wrong
  start: { online: { email: a@ada.example, count: 1000 } }
- case: the wrong person
  ${START}
  by: { id: u1 }
  mocks: { depot.take: { fail: EMPTY } }
  then:
    - { do: done, in: checking, by: { role: manager, id: u2 } }
    - { do: done, in: checking, by: { role: clerk, id: u1 } }
    - { do: nothing, in: checking, by: { role: clerk, id: u2 } }
    - { do: accept, in: asking }`;
    const [first, second, third] = report(text).results.map((result) => result.mismatches);
    expect(first).to.have.length(1);
    expect(first?.[0]?.found).to.contain('no-mock');
    expect(second?.[0]?.found).to.contain('form: ');
    const codes = third?.map(({ at, found }) => `${at ?? ''} ${found.split(':')[0] ?? ''}`);
    expect(codes).to.deep.equal([
      'then 1 notBy',
      'then 2 notBy',
      'then 3 unknownOutcome',
      'then 4 stale',
    ]);
  });

  it('give each call its own mock, and find that there are too few', () => {
    const text = `
- case: twice
  ${START}
  mocks: { depot.take: [{ fail: EMPTY }, { id: '2' }] }
  expect: { state: checking }
  then:
    - { do: again, in: checking, by: { role: clerk }, expect: { state: asking, data: { id: '2' } } }
- case: once too often
  ${START}
  mocks: { depot.take: [{ fail: EMPTY }] }
  then: [{ do: again, in: checking, by: { role: clerk }, expect: { incident: no-mock } }]
- case: always the same
  ${START}
  mocks: { depot.take: { fail: EMPTY } }
  then: [{ do: again, in: checking, by: { role: clerk }, expect: { state: checking } }]
- case: not what the depot may answer
  ${START}
  mocks: { depot.take: { id: 7 } }
  expect: { state: taking, incident: mock-unfit }
- case: nor this
  ${START}
  mocks: { depot.take: seven }
  expect: { incident: mock-unfit }`;
    expect(mismatches(text)).to.deep.equal([]);
  });

  it('undo what was done, and keep who may act', () => {
    const text = `
- case: the customer refuses
  start: { by-phone: { email: a@ada.example } }
  by: { role: clerk, id: u1 }
  mocks: { depot.take: { id: '7' } }
  then:
    - { do: refuse, in: asking, expect: { state: stopped, called: [depot.give] } }
- case: a customer may not begin by phone
  start: { by-phone: { email: a@ada.example } }
  expect: { refused: notBy }
- case: the task was handed to the manager
  ${START}
  mocks: { depot.take: [{ fail: EMPTY }, { id: '1' }] }
  then:
    - { wait: 2 days }
    - { do: done, in: checking, by: { role: clerk, id: u1 }, expect: { refused: notBy } }
    - { do: done, in: checking, by: { role: manager, id: u1 }, expect: { state: asking } }`;
    expect(mismatches(text)).to.deep.equal([]);
  });

  it('honour whom a task is for', () => {
    const states = `
  first: { task: { assign: { role: clerk, pick: roundRobin }, form: work }, on: { done: second } }
  second: { task: { assign: { sameAs: first }, form: work }, on: { done: third } }
  third: { task: { assign: { starter: true }, form: work }, on: { done: fourth } }
  fourth:
    task:
      assign: { roles: '["clerk", "manager"]' }
      form: work
      escalate: [{ after: 1 days, assign: { person: 'orElse(note, "")' } }]
    on: { done: ended }
  ended: { final: completed }`;
    const text = `
- case: people
  start: { by-phone: { email: a@ada.example, note: u9 } }
  by: { role: clerk, id: u0 }
  then:
    - { do: done, in: first, by: { role: manager, id: u1 }, expect: { refused: notBy } }
    - { do: done, in: first, by: { role: clerk, id: u1 } }
    - { do: done, in: second, by: { role: clerk, id: u2 }, expect: { refused: notBy } }
    - { do: done, in: second, by: { role: clerk }, expect: { refused: notBy } }
    - { do: done, in: second, by: { role: clerk, id: u1 } }
    - { do: done, in: third, by: { id: u1 }, expect: { refused: notBy } }
    - { do: done, in: third, by: { id: u0 } }
    - { wait: 1 day }
    - { do: done, in: fourth, by: { role: manager, id: u8 }, expect: { refused: notBy } }
    - { do: done, in: fourth, by: { id: u9 }, expect: { state: ended } }`;
    const start = 'by-phone: { form: request, audience: { role: clerk } }';
    expect(mismatches(text, { start, states })).to.deep.equal([]);
  });

  it('find that a task is for nobody', () => {
    const states = `
  first:
    task: { assign: { roles: 'note == null ? [] : [orElse(note, "")]' }, form: work }
    on: { done: ended }
  ended: { final: completed }`;
    const cases = (fields: string, code: string) =>
      `- { case: one, start: { online: { email: a@ada.example${fields} } }, expect: { incident: ${code} } }`;
    expect(mismatches(cases('', 'no-role'), { states })).to.deep.equal([]);
    expect(mismatches(cases(', note: admiral', 'no-role'), { states })).to.deep.equal([]);
  });

  it('keep a message that comes before the case waits for it', () => {
    const text = `
- case: the parcel is early
  ${START}
  mocks: { depot.take: { id: '7' } }
  then:
    - { message: depot.arrived, with: { parcel: other, pieces: 9 }, expect: { state: asking } }
    - { message: depot.arrived, with: { parcel: S-1, pieces: 3 }, expect: { state: asking } }
    - { do: accept, in: asking, expect: { state: ended, data: { item.pieces: 3 } } }
- case: the parcel is wrong
  ${START}
  mocks: { depot.take: { id: '7' } }
  then:
    - { do: accept, in: asking }
    - { message: depot.arrived, with: { parcel: S-1, pieces: 999 }, expect: { state: waiting, incident: refused-data } }`;
    expect(mismatches(text)).to.deep.equal([]);
  });

  it('give the messages that came too early one by one to those who wait', () => {
    const inTurn = {
      states: `
  resting: { after: { 1 days: both } }
  both:
    parallel:
      one: { wait: { message: depot.arrived, match: reference }, save: { item.pieces: message.pieces } }
      two: { wait: { message: depot.arrived, match: reference } }
    done: third
  third:
    wait: { message: depot.arrived, match: reference }
    done: ended
  ended: { final: completed }`,
    };
    const text = `
- case: one message for each
  ${START}
  then:
    - { message: depot.arrived, with: { parcel: S-1, pieces: 999 } }
    - { message: depot.arrived, with: { parcel: S-1, pieces: 3 } }
    - { wait: 1 day, expect: { state: both, incident: refused-data } }
    - { message: depot.arrived, with: { parcel: S-1, pieces: 4 }, expect: { state: third } }
    - { message: depot.arrived, with: { parcel: S-1, pieces: 5 }, expect: { state: ended } }`;
    expect(mismatches(text, inTurn)).to.deep.equal([]);
  });

  it('hear one message where a wait stays', () => {
    const staying = {
      states: `
  waiting:
    wait: { message: depot.arrived, match: reference }
    done: [{ when: 'message.pieces > 3', to: ended }]
    after: { 1 days: ended }
  ended: { final: completed }`,
    };
    const text = `
- case: twice
  ${START}
  then:
    - { message: depot.arrived, with: { parcel: S-1, pieces: 1 }, expect: { state: waiting } }
    - { message: depot.arrived, with: { parcel: S-1, pieces: 5 }, expect: { state: waiting } }
    - { wait: 1 day, expect: { state: ended } }`;
    expect(mismatches(text, staying)).to.deep.equal([]);
  });

  it('begin a workflow that others run, with what it is given', () => {
    const text = `
- case: run
  start: { calling: { email: a@ada.example } }
  mocks: { depot.take: { id: '7' } }
  expect: { state: checking }
  then: [{ do: back, in: checking, expect: { called: [depot.give, depot.take], state: checking } }]
- case: run with nothing
  start: { calling: {} }
  expect: { refused: form }`;
    expect(mismatches(text, HELPER)).to.deep.equal([]);
  });

  it('stop where a workflow never comes to rest', () => {
    const states = `
  taking: { call: depot.take, with: { what: email }, done: again }
  again: { call: depot.pack, with: { what: email }, done: taking }
  ended: { final: completed }`;
    const text = `
- case: for ever
  ${START}
  mocks: { depot.take: { id: '7' }, depot.pack: { id: '8' } }
  expect: { incident: endless }`;
    const { results } = testWorkflow(text, compiledUnchecked({ states }), around());
    expect(results[0]?.mismatches).to.deep.equal([]);
  });
});

describe('test cases of a workflow that runs another', () => {
  const workflow = compiled(OFFICE, [HELPER]);
  const helpers = new Map([['helper', compiled(HELPER)]]);
  const all = (text: string, known = helpers): readonly string[] =>
    testWorkflow(text, workflow, around(known)).results.flatMap((result) =>
      result.mismatches.map(({ what, found }) => `${what} ${found}`),
    );

  it('play the other as well, until it waits for somebody', () => {
    const text = `
- case: the helper waits, and is called off
  ${START}
  mocks: { depot.take: { id: '7' } }
  expect: { state: helping, called: [depot.take] }
  then: [{ wait: 2 days, expect: { state: checking, called: [depot.give] } }]
- case: the helper fails
  ${START}
  mocks: { depot.take: { fail: EMPTY } }
  expect: { state: checking, data: { note: null } }`;
    expect(all(text)).to.deep.equal([]);
  });

  it('undo the other with the case', () => {
    const slow = compiled({
      ...HELPER,
      states: HELPER.states.replace('{ 3 days: other }', '{ 1 days: other }'),
    });
    const text = `
- case: it gives up after a day, and is undone
  ${START}
  mocks: { depot.take: { id: '7' } }
  then:
    - { wait: 1 day, expect: { state: checking, data: { note: other } } }
    - { do: stop, in: checking, by: { role: clerk }, expect: { state: stopped, called: [depot.give] } }`;
    expect(all(text, new Map([['helper', slow]]))).to.deep.equal([]);
  });

  it('may mock the other', () => {
    const text = `
- case: mocked
  ${START}
  mocks: { helper: [{ note: x }, { fail: NO }], depot.pack: { id: '9' } }
  expect: { state: checking, called: [depot.pack] }
  then:
    - { do: again, in: checking, by: { role: clerk }, expect: { state: checking, notCalled: [depot.pack] } }
    - { do: stop, in: checking, by: { role: clerk }, expect: { state: stopped } }`;
    expect(all(text)).to.deep.equal([]);
    const unknown = all(text.replace('helper: [{ note: x }, { fail: NO }], ', ''), new Map());
    expect(unknown[0]).to.contain('no-mock');
  });

  it('say why the other cannot begin', () => {
    const narrow = compiled({
      ...HELPER,
      start: 'calling: { run: [email], set: { count: 60 + 60 } }',
    });
    const text = `
- case: it cannot begin
  ${START}
  expect: { incident: refused-data }`;
    expect(all(text, new Map([['helper', narrow]]))).to.deep.equal([]);
  });
});

describe('test cases of a workflow that starts cases, and runs itself', () => {
  const helper = {
    ...HELPER,
    states: `
  telling: { call: depot.take, with: { what: email }, done: good }
  good: { final: completed }`,
  };
  const starting: WrittenWorkflow = {
    start: `online: { form: request, audience: public }
  again: { run: [count] }`,
    states: `
  starting: { start: { workflow: helper, with: { email: text(n) }, each: n, in: range(2) }, next: again }
  again: { run: self, with: { count: 'orElse(count, 0)' }, on: { completed: ended }, failed: { to: ended, set: { note: error.code } }, after: { 1 days: ended } }
  ended: { final: completed }`,
  };
  const played = (rest: string): readonly string[] => {
    const known = new Map([['helper', compiled(helper)]]);
    const text = `- case: c\n  ${START}\n${rest}`;
    const { problems, results } = testWorkflow(text, compiled(starting, [helper]), around(known));
    expect(problems).to.deep.equal([]);
    return results.flatMap((one) => one.mismatches.map(({ what, found }) => `${what}: ${found}`));
  };

  it('play what they start, and go as deep as cases may', () => {
    expect(
      played(
        '  mocks: { depot.take: { id: T } }\n  expect: { state: ended, called: [helper, depot.take, depot.take] }',
      ),
    ).to.deep.equal([]);
  });

  it('only say that it was started where it has a mock', () => {
    expect(
      played(
        '  mocks: { helper: {} }\n  expect: { called: [helper, helper], notCalled: [depot.take] }',
      ),
    ).to.deep.equal([]);
  });
});

describe('a file of test cases', () => {
  const codes = (text: string): readonly string[] =>
    report(text).problems.map(({ code, position }) => `${code} ${String(position?.line)}`);

  it('must be YAML, and of the form of test cases', () => {
    expect(codes('- case: [')[0]).to.match(/^yaml-/);
    expect(codes('case: no list')).to.deep.equal(['case-form 1']);
    expect(codes('- { case: x }')).to.deep.equal(['case-form 1']);
    expect(codes(`- case: x\n  ${START}\n  expcet: { state: asking }`)).to.deep.equal([
      'case-form 3',
    ]);
  });

  it('may name only what there is, each at its place', () => {
    const text = `- case: x
  now: yesterday
  start: { onlin: {} }
  mocks: { depot.tak: 1 }
  expect:
    state: askin
    sent: [questio]
    called: [depot.gve]
  then:
    - { do: accept, in: askin }
    - { message: depot.arived }
    - { wait: a while }
    - { until: tomorrow, expect: { notSent: [newz], notCalled: [x.y], state: [ended, eded] } }`;
    expect(codes(text)).to.deep.equal([
      ...['case-name 3', 'case-time 2', 'case-name 4', 'case-name 6', 'case-name 7', 'case-name 8'],
      ...['case-name 10', 'case-name 11', 'case-time 12', 'case-time 13'],
      ...['case-name 13', 'case-name 13', 'case-name 13'],
    ]);
    const [first] = report(text).problems;
    expect(first?.message).to.contain('Did you mean "online"?');
  });
});

describe('test cases of a workflow that goes through a list', () => {
  const LIST: WrittenWorkflow = {
    forms: `
  look: { title: Look, outcomes: { good: Good, bad: Bad }, fields: [{ field: i.label, required: true }] }`,
    states: `
  filling:
    entry: { set: { items: { value: [{ sku: A, pieces: 1 }, { sku: B, pieces: 2 }] } } }
    next: taking
  taking:
    forEach: { item: i, in: items, onItemFailed: skip }
    call: depot.take
    with: { what: i.sku }
    save: { count: 'results.count(r, r.result != null)' }
    done: looking
  looking:
    forEach: { item: i, in: items, until: 'results.exists(r, r.outcome == "bad")' }
    task: { assign: { role: clerk }, form: look, notBy: [looking] }
    done: ended
  ended: { final: completed }`,
  };
  const MOCKS = "mocks: { depot.take: [{ id: '1' }, { fail: NO }] }";

  it('name the item that a step is about, and mock each call', () => {
    const text = `
- case: by number, by fields, and the first one open
  ${START}
  ${MOCKS}
  expect: { state: looking, called: [depot.take, depot.take], data: { count: 1 } }
  then:
    - { do: good, in: looking, item: 1, by: { role: clerk, id: u1 }, form: { i: { label: L } }, expect: { state: looking } }
    - { do: good, in: looking, by: { role: clerk, id: u1 }, form: { i: { label: M } }, expect: { refused: notBy } }
    - { do: bad, in: looking, item: { sku: A }, by: { role: clerk, id: u2 }, form: { i: { label: M } }, expect: { state: ended } }
- case: one that has ended
  ${START}
  ${MOCKS}
  then:
    - { do: good, in: looking, by: { role: clerk, id: u1 }, form: { i: { label: L } } }
    - { do: good, in: looking, item: 0, by: { role: clerk, id: u2 }, form: { i: { label: L } }, expect: { refused: stale } }
    - { do: good, in: looking, item: { sku: C }, by: { role: clerk, id: u2 }, form: { i: { label: L } }, expect: { refused: stale } }
    - { do: good, in: looking, by: { role: clerk, id: u2 }, form: {}, expect: { refused: form } }`;
    expect(mismatches(text, LIST)).to.deep.equal([]);
  });
});
