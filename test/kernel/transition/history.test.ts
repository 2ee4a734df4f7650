import { expect } from 'chai';
import { play } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const LOOK = 'task: { assign: { role: clerk }, form: look }';
const ENDED = 'ended: { final: completed }';

describe('history', () => {
  const pausing = (back: string) =>
    play(`
  hold: { next: [{ when: 'other > 7', to: working/${back} }, resting] }
  working:
    states:
      first: { ${TASK}, on: { done: second } }
      second:
        states:
          inner: { ${TASK}, on: { done: outer } }
          outer: { ${TASK}, on: { done: over } }
          over: { final: true }
        done: over
      over: { final: true }
    done: ended
    after: { 1 days: { to: resting, set: { other: 8 } } }
  resting: { ${TASK}, on: { back: hold, start: working, home: working/${back} } }
  ${ENDED}`);

  it('leads back to the child where the case last was, and its work starts anew', () => {
    const its = pausing('history').complete('resting', 'home');
    expect(its.states).to.deep.equal(['working/first']);
    its.complete('working/first', 'done').complete('working/second/inner', 'done');
    const late = its.outcome('working/second/outer', 'done');
    its.timer('working').complete('resting', 'back');
    expect(its.states).to.deep.equal(['working/second/inner']);
    expect(its.asked('task')).to.have.length(1);
    expect(its.refusal(late)).to.equal('stale');
  });

  it('leads all the way in where it is deep', () => {
    const its = pausing('deepHistory').complete('resting', 'start');
    its.complete('working/first', 'done').complete('working/second/inner', 'done');
    its.timer('working').complete('resting', 'home');
    expect(its.states).to.deep.equal(['working/second/outer']);
    expect(its.effects).to.include('task working/second/outer#2');
    its.complete('working/second/outer', 'done');
    expect(its.result.outcome).to.equal('completed');
  });

  it('brings all regions back, those aside as well, after undoing', () => {
    const its = play({
      forms: `\n  look: { title: Look, show: [email] }`,
      states: `
  both:
    parallel:
      one: { states: { first: { ${LOOK}, on: { done: second } }, second: { ${LOOK}, on: { done: over } }, over: { final: true } } }
      two:
        call: depot.take
        with: { what: email }
        undo: { call: depot.give, with: { id: result.id } }
      three: { when: 'orElse(flag, false)', ${LOOK} }
    done: ended
    after: { 1 days: { to: resting }, 2 days: { to: resting } }
  resting: { ${TASK}, on: { back: { to: both/deepHistory, undo: all } } }
  ${ENDED}`,
    });
    its.complete('both/one/first', 'done').done('both/two/work', { id: 'T' });
    its.timer('both').complete('resting', 'back');
    expect(its.effects).to.deep.equal(['undo 1 depot.give {"id":"T"}']);
    its.take({ kind: 'undone', entry: 1 });
    expect(its.states).to.deep.equal(['both/one/second', 'both/two/done']);
    its.complete('both/one/second', 'done');
    expect(its.result.outcome).to.equal('completed');
  });
});

describe('reenter', () => {
  it('enters the state around the target anew, with its timers', () => {
    const its = play(`
  around:
    entry: { set: { other: other + 1 } }
    states:
      first: { ${TASK}, on: { done: second } }
      second: { ${TASK}, on: { done: over } }
      over: { final: true }
    done: ended
    after: { 1 days: { to: around/first, reenter: true }, 2 days: around/second }
  ${ENDED}`);
    its.complete('around/first', 'done').timer('around', '1');
    expect(its.visit('around').visit).to.equal(1);
    its.timer('around', '0');
    expect(its.states).to.deep.equal(['around/first']);
    expect(its.visit('around').visit).to.equal(2);
    expect(its.data['other']).to.equal(9);
    expect(its.asked('timer')).to.have.length(2);
  });
});

describe('questions about states', () => {
  it('let one region wait for another', () => {
    const its = play({
      forms: `\n  look: { title: Look, show: [email] }`,
      states: `
  both:
    parallel:
      the-first: { states: { one: { ${LOOK}, on: { done: two, stop: over } }, two: { ${LOOK}, on: { done: over } }, over: { final: true } } }
      second:
        states:
          waiting: { next: [{ when: in(both/the-first/two) || finished( both/the-first ), to: working }] }
          working: { ${LOOK}, on: { done: over } }
          over: { final: true }
    done: [{ when: '!in(both/second/working) && finished(both/second)', to: ended }]
  ${ENDED}`,
    });
    expect(its.states).to.include('both/second/waiting');
    const stopped = its.offer(its.outcome('both/the-first/one', 'stop'));
    expect(stopped).to.deep.include({ states: ['both/the-first/over', 'both/second/working'] });
    its.complete('both/the-first/one', 'done');
    expect(its.states).to.deep.equal(['both/the-first/two', 'both/second/working']);
    its.complete('both/the-first/two', 'done').complete('both/second/working', 'done');
    expect(its.result.outcome).to.equal('completed');
  });

  it('are refused about a state that is not there, with the one that was meant', () => {
    const of = (when: string) => () =>
      play(`
  first: { ${TASK}, on: { done: [{ when: '${when}', to: ended }, ended] } }
  ${ENDED}`);
    expect(of('in(frist)')).to.throw(/unknown-state: There is no state "frist".* "first"/);
    expect(of('in("first")')).to.throw(/syntax: Ask about one state by its path/);
    expect(of('finished("first")')).to.throw(/syntax: Ask about one state by its path/);
    expect(of('note in [email] && finished(first)')).not.to.throw();
  });
});
