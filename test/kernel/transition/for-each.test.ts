import { expect } from 'chai';
import fc from 'fast-check';
import type { CaseEvent } from '../../../engine/kernel/event.ts';
import type { Json, JsonObject } from '../../../engine/kernel/json.ts';
import type { WrittenWorkflow } from '../fixtures/workshop.ts';
import { compiled } from '../fixtures/workshop.ts';
import { CLERK, MANAGER, play, playOf } from './play.ts';
import type { Play } from './play.ts';

const items = (...skus: readonly string[]): JsonObject => ({
  items: skus.map((sku) => ({ sku, pieces: 1 })),
});

const LOOK = `
  look:
    title: Look
    show: [i.sku]
    outcomes: { good: Good, bad: Bad }
    fields: [{ field: i.label, required: true }, { field: why, kind: text }]`;

/** A start whose form asks for the list. */
const REPEAT = (state: string, rest = ''): WrittenWorkflow => ({
  start: 'online: { form: order, audience: public }',
  forms: `
  order: { title: Request, fields: [{ field: email, required: true }, items, count, note] }${state.includes('form: look') ? LOOK : ''}`,
  states: `
  each:
${state}
${rest}
  ended: { final: completed }${['failed', 'stopped']
    .filter((name) => `${state}${rest}`.includes(`: ${name}`))
    .map((name) => `\n  ${name}: { final: ${name} }`)
    .join('')}`,
});

const CALL = (options: string, more = 'done: ended'): WrittenWorkflow =>
  REPEAT(`    forEach: { item: i, in: items${options} }
    call: depot.take
    with: { what: i.sku }
    save: { i.label: result.id, count: 'size(results)' }
    ${more}`);

const TASK = (options: string, more = 'done: ended'): WrittenWorkflow =>
  REPEAT(`    forEach: { item: i, in: items${options} }
    task: { title: 'Look at {{i.sku}}', assign: { role: clerk }, form: look }
    ${more}`);

const of = (played: Play, item: number): { state: string; visit: number; item: number } => ({
  ...played.visit('each'),
  state: 'each',
  item,
});
const done = (played: Play, item: number, result: Json = { id: `n${item}` }): CaseEvent => ({
  kind: 'done',
  ...of(played, item),
  result,
});
const failed = (played: Play, item: number): CaseEvent => ({
  kind: 'failed',
  ...of(played, item),
  error: { code: 'NO', message: 'No.' },
});
const outcome = (played: Play, item: number, name: string, actor = CLERK): CaseEvent => ({
  kind: 'outcome',
  ...of(played, item),
  outcome: name,
  actor,
  form: { data: { i: { label: `l${item}` } }, own: {} },
});
const begun = (played: Play): readonly (number | undefined)[] =>
  played.asked('call').map(({ item }) => item);

describe('a call for each item of a list', () => {
  it('begins all of them at once, each with its own input', () => {
    const played = play(CALL(''), items('A', 'B', 'C'));
    expect(played.asked('call').map(({ item, input }) => [item, input])).to.deep.equal([
      [0, { what: 'A' }],
      [1, { what: 'B' }],
      [2, { what: 'C' }],
    ]);
  });

  it('saves into the item, and is done when all have ended', () => {
    const played = play(CALL(''), items('A', 'B'));
    played.take(done(played, 1));
    expect(played.states).to.deep.equal(['each']);
    expect(played.data['items']).to.deep.equal([
      { sku: 'A', pieces: 1 },
      { sku: 'B', pieces: 1, label: 'n1' },
    ]);
    expect(played.data['count']).to.equal(1);
    played.take(done(played, 0));
    expect(played.states).to.deep.equal(['ended']);
    expect(played.data['count']).to.equal(2);
  });

  it('begins one after the other in a sequence, and at most so many at once', () => {
    const sequence = play(CALL(', mode: sequence'), items('A', 'B', 'C'));
    expect(begun(sequence)).to.deep.equal([0]);
    sequence.take(done(sequence, 0));
    expect(begun(sequence)).to.deep.equal([1]);
    const two = play(CALL(', atMost: 2'), items('A', 'B', 'C', 'D'));
    expect(begun(two)).to.deep.equal([0, 1]);
    two.take(done(two, 1));
    expect(begun(two)).to.deep.equal([2]);
    two.take(done(two, 0));
    expect(begun(two)).to.deep.equal([3]);
  });

  it('is done at once with an empty list', () => {
    expect(play(CALL('')).states).to.deep.equal(['ended']);
  });

  it('is done as soon as until holds, and calls the rest off', () => {
    const played = play(CALL(", until: 'size(results) >= 2'"), items('A', 'B', 'C', 'D'));
    played.take(done(played, 3)).take(done(played, 0));
    expect(played.states).to.deep.equal(['ended']);
    expect(played.effects).to.include.members(['stop each#1 (call)', 'finish completed']);
    expect(played.asked('stop').map(({ item }) => item)).to.have.members([1, 2, undefined]);
  });

  it('lets the rest finish, and begins no others', () => {
    const options = ", atMost: 2, until: 'size(results) >= 1', rest: finish";
    const played = play(CALL(options), items('A', 'B', 'C', 'D'));
    played.take(done(played, 0));
    expect(begun(played)).to.deep.equal([]);
    expect(played.states).to.deep.equal(['each']);
    played.take(done(played, 1));
    expect(played.states).to.deep.equal(['ended']);
  });

  it('does not read until before something has ended', () => {
    const played = play(CALL(', until: \'results.all(r, r.result.id == "n0")\''), items('A', 'B'));
    expect(played.states).to.deep.equal(['each']);
    played.take(done(played, 0));
    expect(played.states).to.deep.equal(['ended']);
  });

  it('refuses the answer of an item that has ended, or never was', () => {
    const played = play(CALL(', atMost: 1'), items('A', 'B', 'C'));
    const first = done(played, 0);
    played.take(first);
    expect(played.refusal(first)).to.equal('stale');
    expect(played.refusal(done(played, 2))).to.equal('stale');
    expect(played.refusal(done(played, 7))).to.equal('stale');
    expect(played.refusal({ kind: 'done', ...played.visit('each'), result: {} })).to.equal('stale');
  });

  it('leaves a failed item to a person, skips it, or fails with it', () => {
    const incident = play(CALL(''), items('A', 'B'));
    expect(incident.refusal(failed(incident, 0))).to.equal('unhandled');
    const skipping = play(CALL(', onItemFailed: skip'), items('A', 'B'));
    skipping.take(failed(skipping, 0)).take(done(skipping, 1));
    expect(skipping.states).to.deep.equal(['ended']);
    expect(skipping.data['items']).to.deep.equal([
      { sku: 'A', pieces: 1 },
      { sku: 'B', pieces: 1, label: 'n1' },
    ]);
    const failing = play(
      CALL(', onItemFailed: fail', 'done: ended\n    failed: failed'),
      items('A', 'B'),
    );
    failing.take(failed(failing, 1));
    expect(failing.states).to.deep.equal(['failed']);
    expect(failing.asked('stop').map(({ item }) => item)).to.have.members([0, undefined]);
  });

  it('refuses a list that is too long', () => {
    const many = Array.from({ length: 501 }, (_, index) => `A${index}`);
    expect(() => play(CALL(''), items(...many))).to.throw('500 items at most');
  });

  it('goes through a list that is worked out', () => {
    const played = play(
      REPEAT(`    forEach: { item: n, in: 'range(3)', mode: sequence }
    call: depot.take
    with: { what: 'text(n)' }
    done: ended`),
    );
    played.take(done(played, 0));
    expect(played.asked('call').map(({ input }) => input)).to.deep.equal([{ what: '1' }]);
  });
});

describe('a task for each item of a list', () => {
  it('opens one for each, with its title, and an outcome ends the item alone', () => {
    const played = play(TASK(''), items('A', 'B'));
    expect(played.asked('task').map(({ title, item }) => [title, item])).to.deep.equal([
      ['Look at A', 0],
      ['Look at B', 1],
    ]);
    played.take(outcome(played, 1, 'bad'));
    expect(played.states).to.deep.equal(['each']);
    expect(played.data['items']).to.deep.equal([
      { sku: 'A', pieces: 1 },
      { sku: 'B', pieces: 1, label: 'l1' },
    ]);
    played.take(outcome(played, 0, 'good'));
    expect(played.states).to.deep.equal(['ended']);
  });

  it('knows how each ended, and who did it', () => {
    const played = play(
      TASK(
        ', until: \'results.exists(r, r.outcome == "bad" && r.by.id == "u2")\'',
        'done: [{ when: \'results.exists(r, r.outcome == "bad")\', to: stopped }, ended]',
      ),
      items('A', 'B', 'C'),
    );
    played.take(outcome(played, 0, 'bad'));
    expect(played.states).to.deep.equal(['each']);
    played.take(outcome(played, 1, 'bad', MANAGER));
    expect(played.states).to.deep.equal(['stopped']);
    expect(played.asked('stop').map(({ item, work }) => [item, work])).to.deep.include([2, 'task']);
  });

  it('refuses an outcome that the form does not have, and a form that does not fit', () => {
    const played = play(TASK(''), items('A'));
    expect(played.refusal(outcome(played, 0, 'other'))).to.equal('unknown-outcome');
    const { item, ...event } = outcome(played, 0, 'good') as Extract<
      CaseEvent,
      { kind: 'outcome' }
    >;
    expect(played.refusal({ ...event, item, form: { data: {}, own: {} } } as never)).to.equal(
      'refused-data',
    );
  });

  it('lets nobody complete two items where notBy names the state itself', () => {
    const written = REPEAT(`    forEach: { item: i, in: items }
    task: { assign: { role: clerk }, form: look, notBy: [each] }
    done: ended`);
    const played = play(written, items('A', 'B'));
    played.take(outcome(played, 0, 'good'));
    expect(played.refusal(outcome(played, 1, 'good'))).to.equal('not-by');
    played.take(outcome(played, 1, 'good', MANAGER));
    expect(played.states).to.deep.equal(['ended']);
  });

  it('runs the rules of an outcome and stays, and takes one more item', () => {
    const more =
      "on: { bad: { set: { other: 'other + 1' }, add: { value: { sku: X1, pieces: 2 } } } }\n    done: ended";
    const played = play(TASK('', more), items('A'));
    played.take(outcome(played, 0, 'bad'));
    expect(played.data['other']).to.equal(8);
    expect(played.asked('task').map(({ item, title }) => [item, title])).to.deep.equal([
      [1, 'Look at X1'],
    ]);
    expect(played.states).to.deep.equal(['each']);
    played.take(outcome(played, 1, 'good'));
    expect(played.states).to.deep.equal(['ended']);
    expect((played.data['items'] as readonly Json[])[1]).to.deep.equal({
      sku: 'X1',
      pieces: 2,
      label: 'l1',
    });
  });

  it('escalates each item by itself', () => {
    const written = REPEAT(`    forEach: { item: i, in: items, mode: sequence }
    task: { assign: { role: clerk }, form: look, escalate: [{ after: 1 days, assign: { role: manager } }] }
    done: ended`);
    const played = play(written, items('A', 'B'));
    expect(played.asked('timer').map(({ timer, item }) => [timer, item])).to.deep.equal([
      ['escalate-0', 0],
    ]);
    const at = played.asked('timer')[0]?.at ?? 0;
    const late: CaseEvent = { kind: 'timer', ...of(played, 0), timer: 'escalate-0', at };
    expect(played.take(late).asked('reassign')).to.deep.equal([
      {
        kind: 'reassign',
        ...of(played, 0),
        assignment: { kind: 'roles', roles: ['manager'], pick: 'claim' },
      },
    ]);
    played.take(outcome(played, 0, 'good'));
    expect(played.refusal(late)).to.equal('stale');
  });
});

describe('the order in which items end', () => {
  it('changes neither what is saved nor what the results are', () => {
    const skus = ['A', 'B', 'C', 'D', 'E'];
    const written = CALL(
      '',
      "done: { to: ended, set: { note: 'text(orElse(results[1].index, 9))' } }",
    );
    const compiledOnce = compiled(written);
    const inOrder = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
    fc.assert(
      fc.property(inOrder, (order) => {
        const played = playOf(compiledOnce, items(...skus));
        for (const item of order) played.take(done(played, item));
        expect(played.data).to.deep.equal({
          ...{ email: 'a@ada.example', count: 5, note: '1', other: 7, flag: false },
          items: skus.map((sku, index) => ({ sku, pieces: 1, label: `n${index}` })),
        });
      }),
    );
  });
});

describe('undo of items', () => {
  const written = REPEAT(
    `    forEach: { item: i, in: items, until: 'size(results) >= 2' }
    call: depot.take
    with: { what: i.sku }
    save: { i.label: result.id }
    undo: { call: depot.give, with: { id: result.id } }
    done: asking`,
    `  asking:
    task: { assign: { role: clerk }, form: work }
    on: { back: { to: stopped, undo: all }, done: ended }`,
  );

  it('takes each completed item back once, latest first', () => {
    const played = play(written, items('A', 'B'));
    played.take(done(played, 1)).take(done(played, 0)).complete('asking', 'back');
    expect(played.effects).to.deep.include('undo 1 depot.give {"id":"n0"}');
    played.take({ kind: 'undone', entry: 1 });
    expect(played.effects).to.deep.include('undo 2 depot.give {"id":"n1"}');
    played.take({ kind: 'undone', entry: 2 });
    expect(played.states).to.deep.equal(['stopped']);
  });

  it('takes an item back that was called off and succeeded all the same', () => {
    const played = play(written, items('A', 'B', 'C'));
    const late = done(played, 2);
    played.take(done(played, 1)).take(done(played, 0));
    expect(played.states).to.deep.equal(['asking']);
    played.take(late);
    expect(played.effects).to.deep.equal(['undo 1 depot.give {"id":"n2"}']);
    expect(played.refusal(late)).to.equal('stale');
  });
});
