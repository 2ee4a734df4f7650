import { expect } from 'chai';
import { compiledUnchecked } from '../fixtures/workshop.ts';
import { firstStep, play, playUnchecked } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const ENDED = 'ended: { final: completed }';

/** A formula that costs more than it may. */
const COSTLY =
  'size(range(1000).filter(a, size(range(1000).filter(b, size(range(1000)) > b + a)) > a)) > 1';

describe('what does not fit', () => {
  it('is refused where a result is not what its field may have', () => {
    const its = play(`
  taking: { call: depot.take, with: { what: email }, save: { note: result.id }, done: ended }
  ${ENDED}`);
    const wrong = its.offer({
      ...{ kind: 'done', ...its.visit('taking') },
      result: { id: 'x'.repeat(41) },
    });
    expect(wrong).to.include({ kind: 'refused', code: 'refused-data' });
    expect(wrong).to.have.property('message').that.contains('"note"');
    // Nothing of it is left: the next answer is taken.
    expect(its.done('taking', { id: 'x' }).result.outcome).to.equal('completed');
  });

  it('is refused where what a rule sets is out of bounds', () => {
    const its = play(`
  first:
    ${TASK}
    on: { done: { to: second, set: { count: 'orElse(count, 0) + 60' } } }
  second:
    ${TASK}
    on: { done: ended }
    after: { 1 days: { to: ended, set: { count: 'orElse(count, 0) + 60' } } }
  ${ENDED}`);
    its.complete('first', 'done');
    const late = its.timerEvent('second');
    expect(its.refusal(late)).to.equal('refused-data');
    expect(its.states).to.deep.equal(['second']);
  });

  for (const [place, states] of Object.entries({
    'a guard': `
  first: { ${TASK}, on: { done: { when: '10 / orElse(count, 0) > 1', to: ended } } }
  ${ENDED}`,
    'a guard that waits': `
  first: { ${TASK}, on: { done: second } }
  second: { next: [{ when: '10 / orElse(count, 0) > 1', to: ended }], after: { 1 days: ended } }
  ${ENDED}`,
    'what is set': `
  first: { ${TASK}, on: { done: { to: ended, set: { note: 'text(10 / orElse(count, 0))' } } } }
  ${ENDED}`,
    'what a state begins with': `
  first: { ${TASK}, on: { done: second } }
  second: { call: depot.take, with: { what: 'text(10 / orElse(count, 0))' }, done: ended }
  ${ENDED}`,
    'an entry': `
  first: { ${TASK}, on: { done: second } }
  second: { entry: { set: { note: 'text(10 / orElse(count, 0))' } }, ${TASK}, on: { done: ended } }
  ${ENDED}`,
    'too much work in a guard': `
  first: { ${TASK}, on: { done: { when: '${COSTLY}', to: ended } } }
  ${ENDED}`,
  })) {
    it(`is refused, and crashes nothing, where the error is in ${place}`, () => {
      const its = play(states);
      const refused = its.offer(its.outcome('first', 'done', { data: { count: 0 } }));
      expect(refused).to.include({ kind: 'refused', code: 'refused-data' });
      expect(refused).to.have.property('message').that.does.not.contain('Unable to evaluate');
      expect(its.states).to.deep.equal(['first']);
    });
  }

  it('keeps a case from beginning', () => {
    const workflow = compiledUnchecked({
      states: `
  first: { next: [{ when: '10 / count > 1', to: ended }], ${TASK}, on: { done: ended } }
  ${ENDED}`,
    });
    expect(firstStep(workflow, { count: 0 })).to.include({ code: 'refused-data' });
    expect(firstStep(workflow, { count: 1 })).to.include({ outcome: 'completed' });
    expect(firstStep(workflow, { count: 101 })).to.include({ code: 'refused-data' });
  });
});

describe('rules that never come to rest', () => {
  const round = `
  turning: { next: [{ when: other > 0, to: back }], ${TASK}, on: { done: ended } }
  back: { next: turning }
  ${ENDED}`;

  it('are a refusal, whatever leads to them', () => {
    const its = playUnchecked(`
  first: { ${TASK}, on: { done: turning, end: ended } }${round}`);
    expect(its.refusal(its.outcome('first', 'done'))).to.equal('endless');
    expect(its.complete('first', 'end').result.outcome).to.equal('completed');
  });

  it('keep a case from beginning', () => {
    const first = firstStep(compiledUnchecked({ states: round }));
    expect(first).to.include({ kind: 'refused', code: 'endless' });
  });

  it('are found where they go through undo lists', () => {
    const its = playUnchecked(`
  first: { ${TASK}, on: { done: turning } }
  turning: { next: { to: back, undo: all } }
  back: { next: { to: turning, undo: all } }
  ${ENDED}`);
    expect(its.refusal(its.outcome('first', 'done'))).to.equal('endless');
  });

  it('are not seen in a long way that comes to rest', () => {
    const states = Array.from(
      { length: 190 },
      (_, index) => `
  s${index}: { next: s${index + 1} }`,
    ).join('');
    const first = firstStep(
      compiledUnchecked({ states: `${states}\n  s190: { final: completed }` }),
    );
    expect(first).to.include({ outcome: 'completed' });
  });
});

describe('a case that nothing would ever lead on', () => {
  it('is refused before it is stuck, with the state where it would be', () => {
    const its = play(`
  taking:
    call: depot.take
    with: { what: email }
    done: [{ when: 'result.id == "7"', to: ended }]
    failed: checking
  checking: { ${TASK}, on: { done: waiting } }
  waiting: { next: [{ when: 'orElse(flag, false)', to: ended }] }
  ${ENDED}`);
    const answer = { kind: 'done', ...its.visit('taking'), result: { id: '8' } } as const;
    const stuck = its.offer(answer);
    expect(stuck).to.include({ code: 'stuck' });
    expect(stuck).to.have.property('message').that.contains('taking');
    its.fail('taking');
    expect(its.refusal(its.outcome('checking', 'done'))).to.equal('stuck');
    its.complete('checking', 'done', { data: { flag: true } });
    expect(its.result.outcome).to.equal('completed');
  });

  it('may wait for a time that is still to come, and not for one that has passed', () => {
    const its = play(`
  waiting:
    next: [{ when: 'orElse(flag, false)', to: ended }]
    after: { 1 days: { set: { other: 1 } }, 2 days: [{ when: 'other > 1', to: ended }] }
  ${ENDED}`);
    its.timer('waiting');
    const last = its.timerEvent('waiting', '1');
    expect(its.refusal(last)).to.equal('stuck');
  });
});
