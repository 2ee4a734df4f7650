import { expect } from 'chai';
import { DAY, HOUR, NOW, play } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const ENDED = 'ended: { final: completed }';

describe('rules', () => {
  it('sets all fields at once: each formula reads the data as they were', () => {
    const its = play(`
  first:
    ${TASK}
    on: { done: { to: ended, set: { count: other, other: 'orElse(count, 0)' } } }
  ${ENDED}`);
    its.complete('first', 'done');
    expect(its.data).to.include({ count: 7, other: 0 });
  });

  it('carries out exit, then the rule, then entry; and sends with what was set before', () => {
    const its = play(`
  first:
    ${TASK}
    exit: { set: { note: '"left"' }, send: { message: news, to: email } }
    on: { done: { to: second, set: { note: '"ruled"' }, send: { message: news, to: email } } }
  second:
    entry: { set: { note: '"entered"' }, send: { message: news, to: email } }
    call: depot.take
    with: { what: note }
    done: ended
  ${ENDED}`);
    its.complete('first', 'done');
    expect(its.asked('send').map(({ mail }) => mail.text)).to.deep.equal([
      'Note: left',
      'Note: ruled',
      'Note: entered',
    ]);
    expect(its.asked('call')[0]?.input).to.deep.equal({ what: 'entered' });
  });

  it('takes the first rule whose guard holds', () => {
    const its = play(`
  first:
    ${TASK}
    on:
      done:
        - { when: 'orElse(count, 0) > 5', to: many }
        - { when: 'orElse(count, 0) > 2', to: some }
        - few
  many: { final: many }
  some: { final: some }
  few: { final: few }`);
    const ends = [9, 3, 0].map((count) => {
      const taken = its.offer(its.outcome('first', 'done', { data: { count } }));
      return taken.kind === 'stepped' ? taken.outcome : taken.code;
    });
    expect(ends).to.deep.equal(['many', 'some', 'few']);
  });

  it('saves a result before the guards of done are read', () => {
    const its = play(`
  taking:
    call: depot.take
    with: { what: email }
    save: { id: result.id }
    done: [{ when: 'id == "7"', to: ended }, { when: 'result.id == "8"', to: other }, lost]
  ended: { final: completed }
  other: { final: other }
  lost: { final: lost }`);
    expect(its.done('taking', { id: '7' }).result.outcome).to.equal('completed');
    expect(its.data['id']).to.equal('7');
  });

  it('enters the same state anew: visit, work and timers', () => {
    const its = play(`
  first:
    ${TASK}
    on: { again: first, done: ended }
    after: { 2 days: ended }
  ${ENDED}`);
    const before = its.timerEvent('first');
    its.now += DAY;
    its.complete('first', 'again');
    expect(its.effects).to.deep.equal(['stop first#1 (none)', 'task first#2', 'timer first#2 0']);
    expect(its.asked('timer')[0]?.at).to.equal(NOW + 3 * DAY);
    expect(its.refusal(before)).to.equal('stale');
    expect(its.timer('first').result.outcome).to.equal('completed');
  });

  it('lets a timer only send, and fires it once', () => {
    const its = play(`
  first:
    ${TASK}
    on: { done: ended }
    after:
      1 days: { send: { message: news, to: email } }
      30 minutes: { set: { other: 1 } }
  ${ENDED}`);
    expect(its.asked('timer').map(({ at }) => at)).to.deep.equal([NOW + DAY, NOW + HOUR / 2]);
    const once = its.timerEvent('first');
    its.take(once);
    expect(its.effects).to.deep.equal(['send news']);
    expect(its.states).to.deep.equal(['first']);
    expect(its.refusal(once)).to.equal('stale');
    expect(its.timer('first', '1').data['other']).to.equal(1);
  });

  it('reads a done list that waits again at every step', () => {
    const its = play(`
  both:
    parallel:
      taking:
        states:
          asking:
            call: depot.take
            with: { what: email }
            done: [{ when: 'date(now) >= date("2027-03-02")', to: over }]
          over: { final: true }
      people:
        states:
          first: { ${TASK}, on: { done: second } }
          second: { ${TASK}, on: { done: over } }
          over: { final: true }
    done: ended
  ${ENDED}`);
    its.done('both/taking/asking');
    expect(its.states).to.deep.equal(['both/taking/asking', 'both/people/first']);
    its.complete('both/people/first', 'done');
    expect(its.states).to.deep.equal(['both/taking/asking', 'both/people/second']);
    its.now += DAY;
    its.complete('both/people/second', 'done');
    expect(its.result.outcome).to.equal('completed');
  });

  it('reads a waiting next again when a timer fires that leads nowhere', () => {
    const its = play(`
  first:
    next: [{ when: 'date(now) >= date("2027-03-04")', to: ended }]
    after: { 1 days: { set: { other: other + 1 } }, 3 days: { set: { other: other + 10 } } }
  ${ENDED}`);
    its.now += DAY;
    expect(its.timer('first').states).to.deep.equal(['first']);
    its.now += 2 * DAY;
    its.timer('first', '1');
    expect(its.result.outcome).to.equal('completed');
    expect(its.data['other']).to.equal(18);
  });

  it('answers the end of a call once where its rule stays', () => {
    const its = play(`
  taking:
    call: depot.take
    with: { what: email }
    done: { set: { other: other + 1 } }
    failed: { set: { other: other - 1 } }
    after: { 1 hours: { set: { count: 1 } }, 1 days: ended }
  ${ENDED}`);
    its.done('taking');
    expect(its.data['other']).to.equal(8);
    expect(its.timer('taking').data).to.include({ other: 8, count: 1 });
    expect(its.timer('taking', '1').result.outcome).to.equal('completed');
    const failed = play(`
  taking:
    call: depot.take
    with: { what: email }
    done: ended
    failed: { set: { note: error.code } }
    after: { 1 days: ended }
  ${ENDED}`).fail('taking', 'EMPTY');
    expect(failed.data['note']).to.equal('EMPTY');
    expect(failed.states).to.deep.equal(['taking']);
  });

  it('refuses a failure that nothing handles, or whose rules all fail', () => {
    const unhandled = play(`
  taking: { call: depot.take, with: { what: email }, done: ended }
  ${ENDED}`);
    const guarded = play(`
  taking:
    call: depot.take
    with: { what: email }
    done: ended
    failed: [{ when: 'error.code == "EMPTY"', to: ended }]
  ${ENDED}`);
    for (const its of [unhandled, guarded]) {
      const error = { code: 'BROKEN', message: 'It is broken.' };
      const event = { kind: 'failed', ...its.visit('taking'), error } as const;
      expect(its.refusal(event)).to.equal('unhandled');
    }
    expect(guarded.fail('taking', 'EMPTY').result.outcome).to.equal('completed');
  });

  it('cancels work out that is left in the step that began it', () => {
    const its = play(`
  first:
    ${TASK}
    on: { done: around }
  around:
    states:
      taking:
        call: depot.take
        with: { what: email }
        undo: { call: depot.give, with: { id: result.id } }
        done: over
      over: { final: true }
    done: ended
    next: [{ when: 'orElse(flag, false)', to: ended }]
    after: { 1 days: ended }
  ${ENDED}`);
    const passing = its.offer(its.outcome('first', 'done', { data: { flag: true } }));
    expect(passing.kind === 'stepped' && passing.effects.map(({ kind }) => kind)).to.deep.equal([
      'finish',
    ]);
    expect(passing.kind === 'stepped' && passing.case.context.running).to.deep.equal([]);
    its.complete('first', 'done');
    expect(its.effects).to.deep.equal(['call around/taking#1', 'timer around#1 0']);
  });

  it('waits for a message with its key, saves it, and hears no other while it stays', () => {
    const its = play(`
  waiting:
    wait: { message: depot.arrived, match: reference }
    save: { item.pieces: message.pieces }
    done: [{ when: 'message.pieces > 3', to: ended }]
    after: { 1 days: ended }
  ${ENDED}`);
    expect(its.asked('wait')).to.deep.equal([
      {
        kind: 'wait',
        state: 'waiting',
        visit: 1,
        messages: ['depot.arrived'],
        key: 'S-1',
        keep: 7 * DAY,
      },
    ]);
    const few = its.offer({
      ...{ kind: 'message', ...its.visit('waiting'), name: 'depot.arrived' },
      body: { parcel: 'S-1', pieces: 2 },
    });
    expect(few.kind === 'stepped' && few.effects).to.deep.equal([
      { kind: 'heard', state: 'waiting', visit: 1 },
    ]);
    its.hear('waiting', { parcel: 'S-1', pieces: 4 });
    expect(its.effects).to.deep.equal(['stop waiting#1 (wait)', 'finish completed']);
    expect(its.data['item']).to.deep.equal({ pieces: 4 });
  });

  it('decides by a table, and saves what it says', () => {
    const decisions = `
  size:
    hit: first
    inputs: { pieces: 'orElse(item.pieces, 0)' }
    outputs: { id: { kind: text } }
    rules: [{ pieces: '> 10', id: big }, { pieces: '-', id: small }]`;
    const states = `
  deciding: { decide: size, save: { id: result.id }, next: [{ when: 'id == "big"', to: big }, ended] }
  big: { final: big }
  ${ENDED}`;
    expect(play({ states, decisions }, { item: { pieces: 11 } }).result.outcome).to.equal('big');
    expect(play({ states, decisions }).data['id']).to.equal('small');
  });

  it('collects by a table: a list, and one value of all rules that hold', () => {
    const decisions = `
  parts:
    hit: collect
    inputs: { pieces: item.pieces }
    outputs: { word: { kind: text } }
    rules: [{ pieces: '> 5', word: many }, { pieces: '> 10', word: more }]
  weight:
    hit: collect
    collect: { sum: kilos }
    inputs: { pieces: item.pieces }
    outputs: { kilos: { kind: whole number } }
    rules: [{ pieces: '> 5', kilos: 20 }, { pieces: '> 10', kilos: 30 }]`;
    const states = `
  listing: { decide: parts, save: { other: size(result) }, next: adding }
  adding: { decide: weight, save: { count: result }, next: ended }
  ${ENDED}`;
    const { data } = play({ states, decisions }, { item: { pieces: 11 } });
    expect([data['other'], data['count']]).to.deep.equal([2, 50]);
    const none = play({ states, decisions }, { item: { pieces: 2 } }).data;
    expect([none['other'], none['count']]).to.deep.equal([0, 0]);
  });
});
