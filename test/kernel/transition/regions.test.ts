import { expect } from 'chai';
import { play } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const ENDED = 'ended: { final: completed }';

describe('states inside states', () => {
  it('ends a parallel when all its regions have ended, one of them one piece of work', () => {
    const its = play(`
  both:
    parallel:
      taking: { call: depot.take, with: { what: email }, save: { id: result.id } }
      people:
        states:
          first: { ${TASK}, on: { done: over } }
          over: { final: true }
    done: { to: ended, set: { note: '"joined"' } }
  ${ENDED}`);
    expect(its.states).to.deep.equal(['both/taking/work', 'both/people/first']);
    its.complete('both/people/first', 'done');
    expect(its.states).to.deep.equal(['both/taking/work', 'both/people/over']);
    its.done('both/taking/work', { id: 'T' });
    expect(its.result).to.include({ outcome: 'completed', status: 'finished' });
    expect(its.data).to.include({ id: 'T', note: 'joined' });
  });

  it('waits with done of a parallel until its guard holds', () => {
    const its = play(`
  both:
    parallel:
      one: { ${TASK} }
      two: { call: depot.take, with: { what: email } }
    done: [{ when: 'orElse(flag, false)', to: ended }]
    after: { 1 days: { set: { flag: true } } }
  ${ENDED}`);
    its.complete('both/one/work', 'done').done('both/two/work');
    expect(its.states).to.deep.equal(['both/one/done', 'both/two/done']);
    expect(its.timer('both').result.outcome).to.equal('completed');
  });

  it('runs a parallel inside a region of another', () => {
    const its = play(`
  outer:
    parallel:
      left:
        states:
          inner:
            parallel:
              a: { call: depot.take, with: { what: email } }
              b: { call: depot.pack, with: { what: email } }
            done: over
          over: { final: true }
      right: { ${TASK} }
    done: ended
  ${ENDED}`);
    expect(its.asked('call').map(({ state }) => state)).to.deep.equal([
      'outer/left/inner/a/work',
      'outer/left/inner/b/work',
    ]);
    its.done('outer/left/inner/b/work').done('outer/left/inner/a/work');
    expect(its.states).to.deep.equal(['outer/left/over', 'outer/right/work']);
    its.complete('outer/right/work', 'done');
    expect(its.result.outcome).to.equal('completed');
  });

  it('calls off the other regions when one leaves the parallel', () => {
    const its = play(`
  both:
    parallel:
      one: { states: { first: { ${TASK}, on: { stop: ^ended, done: over } }, over: { final: true } } }
      two: { wait: { message: depot.arrived, match: reference } }
    done: ended
  ${ENDED}`);
    its.complete('both/one/first', 'stop');
    expect(its.effects).to.deep.equal(['stop both/two/work#1 (wait)', 'finish completed']);
  });

  describe('the outcome of a state with states', () => {
    const inner = (rules: string) => `
  around:
    states:
      first: { ${TASK}, on: { good: good, bad: bad, plain: plain } }
      good: { final: approved }
      bad: { final: rejected }
      plain: { final: true }
    ${rules}
  approved: { final: approved }
  rejected: { final: rejected }
  other: { final: other }`;
    const endOf = (rules: string, outcome: string) =>
      play(inner(rules)).complete('around/first', outcome).result.outcome;

    it('is taken by its `on`, and every other one by `done`', () => {
      const rules = 'on: { approved: approved, rejected: rejected }\n    done: other';
      expect(endOf(rules, 'good')).to.equal('approved');
      expect(endOf(rules, 'bad')).to.equal('rejected');
      expect(endOf(rules, 'plain')).to.equal('other');
    });

    it('is named by `done`, whatever a person has just chosen inside', () => {
      const rules = `done:
      - { when: 'orElse(outcome, "none") == "approved"', to: approved }
      - { when: 'orElse(outcome, "none") == "rejected"', to: rejected }
      - other`;
      expect(endOf(rules, 'good')).to.equal('approved');
      expect(endOf(rules, 'bad')).to.equal('rejected');
      expect(endOf(rules, 'plain')).to.equal('other');
    });

    it('waits for a guard of its `on`', () => {
      const its = play(
        inner(`on: { approved: [{ when: 'orElse(flag, false)', to: approved }], rejected: rejected }
    done: other
    after: { 1 days: { set: { flag: true } } }`),
      );
      its.complete('around/first', 'good');
      expect(its.states).to.deep.equal(['around/good']);
      expect(its.timer('around').result.outcome).to.equal('approved');
    });
  });

  it('begins again inside by a rule of its own end, and ends again', () => {
    const its = play(`
  around:
    states:
      first: { ${TASK}, on: { done: over } }
      over: { final: true }
    done: [{ when: 'orElse(count, 0) < 2', to: around/first, set: { other: other + 1 } }, ended]
  ${ENDED}`);
    its.complete('around/first', 'done', { data: { count: 1 } });
    expect(its.states).to.deep.equal(['around/first']);
    expect(its.visit('around').visit).to.equal(1);
    its.complete('around/first', 'done', { data: { count: 1 } });
    expect(its.visit('around/first').visit).to.equal(3);
    its.complete('around/first', 'done', { data: { count: 2 } });
    expect(its.result.outcome).to.equal('completed');
    expect(its.data['other']).to.equal(9);
  });

  it('stays where its end has a rule without a target, and takes it once', () => {
    const its = play(`
  around:
    states:
      first: { ${TASK}, on: { done: over } }
      over: { final: true }
    done: { set: { other: other + 1 } }
    after: { 1 hours: { set: { count: 1 } }, 1 days: ended }
  ${ENDED}`);
    its.complete('around/first', 'done').timer('around');
    expect(its.data).to.include({ other: 8, count: 1 });
    expect(its.timer('around', '1').result.outcome).to.equal('completed');
  });

  it('holds its own timers and rules in every state inside', () => {
    const its = play(`
  around:
    states:
      first: { ${TASK}, on: { done: second } }
      second: { ${TASK}, on: { done: over } }
      over: { final: true }
    done: ended
    next: [{ when: 'orElse(flag, false)', to: early }]
    after: { 1 days: late }
  early: { final: early }
  late: { final: late }
  ${ENDED}`);
    its.complete('around/first', 'done');
    const flagged = its.offer(its.outcome('around/second', 'done', { data: { flag: true } }));
    expect(flagged).to.include({ outcome: 'completed' });
    its.timer('around');
    expect(its.result.outcome).to.equal('late');
    expect(its.effects).to.deep.equal([
      'stop around/second#1 (task)',
      'stop around#1 (none)',
      'finish late',
    ]);
  });

  it('ends with the name of the final state that has no outcome', () => {
    const its = play(`
  first: { ${TASK}, on: { done: put-away } }
  put-away: { final: true }`);
    its.complete('first', 'done');
    expect(its.result.outcome).to.equal('put-away');
    expect(its.asked('finish')[0]?.data).to.deep.equal(its.data);
    expect(its.refusal(its.outcome('first', 'done'))).to.equal('stale');
  });
});
