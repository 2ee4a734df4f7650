import { expect } from 'chai';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import type { Play } from './play.ts';
import { play as playWritten } from './play.ts';

const FORMS = `
  look: { title: Look, show: [email] }
  vote: { title: Vote, show: [email], outcomes: { accept: Yes, refuse: No } }`;
const TASK = 'task: { assign: { role: clerk }, form: look }';
const ENTRY = 'task: { assign: { role: clerk }, form: work }';
const VOTE = 'task: { assign: { role: clerk }, form: vote }';
const play = (states: string, data?: JsonObject): Play =>
  playWritten({ forms: FORMS, states }, data);
const ENDED = 'ended: { final: completed }';

describe('join: n', () => {
  const race = (join: string, rules = 'done: ended') => `
  asking:
    parallel:
      one: { ${TASK} }
      two: { ${TASK} }
      three: { wait: { message: depot.arrived, match: reference } }
    join: ${join}
    ${rules}
  ${ENDED}`;

  it('goes on as soon as enough regions have finished, and calls off the rest', () => {
    const its = play(race('2'));
    its.complete('asking/two/work', 'done');
    expect(its.states).to.deep.equal(['asking/one/work', 'asking/two/done', 'asking/three/work']);
    its.complete('asking/one/work', 'done');
    expect(its.effects).to.deep.equal(['stop asking/three/work#1 (wait)', 'finish completed']);
  });

  it('calls off the rest also where `done` has to wait', () => {
    const its = play(
      race(
        '1',
        `done: [{ when: 'orElse(flag, false)', to: ended }]\n    after: { 1 days: { set: { flag: true } } }`,
      ),
    );
    const late = its.outcome('asking/two/work', 'done');
    its.complete('asking/one/work', 'done');
    expect(its.states).to.deep.equal(['asking/one/done']);
    expect(its.effects).to.deep.equal([
      'stop asking/three/work#1 (wait)',
      'stop asking/two/work#1 (task)',
    ]);
    expect(its.refusal(late)).to.equal('stale');
    expect(its.timer('asking').result.outcome).to.equal('completed');
  });

  it('stops the timers of a region that is called off, and does what its exits say', () => {
    const its = play(`
  asking:
    parallel:
      one: { ${TASK} }
      two:
        states:
          first: { ${TASK}, exit: { set: { other: other + 1 } }, on: { done: over } }
          over: { final: true }
        after: { 1 days: two/over }
    join: 1
    done: [{ when: 'orElse(flag, false)', to: ended }]
    after: { 2 days: { set: { flag: true } } }
  ${ENDED}`);
    const fires = its.timerEvent('asking/two');
    its.complete('asking/one/work', 'done');
    expect(its.effects).to.deep.equal([
      'stop asking/two/first#1 (task)',
      'stop asking/two#1 (none)',
    ]);
    expect(its.data['other']).to.equal(8);
    expect(its.refusal(fires)).to.equal('stale');
    expect(its.timer('asking').result.outcome).to.equal('completed');
  });

  it('joins again after its regions have begun anew', () => {
    const its = play(
      race(
        '1',
        `done: [{ when: 'orElse(flag, false)', to: ended }, asking]\n    after: { 1 days: { set: { flag: true } } }`,
      ),
    );
    its.complete('asking/one/work', 'done');
    expect(its.states).to.have.length(3);
    its.timer('asking').complete('asking/two/work', 'done');
    expect(its.result.outcome).to.equal('completed');
  });

  it('joins once, and again when a region that had finished begins anew', () => {
    const its = play(`
  asking:
    parallel:
      one: { states: { first: { ${TASK}, on: { done: over } }, over: { final: true } }, after: { 1 days: one/first } }
      two: { ${TASK} }
    join: 1
    done: { set: { other: other + 1 } }
    after: { 9 days: ended }
  ${ENDED}`);
    its.complete('asking/one/first', 'done');
    expect(its.data['other']).to.equal(8);
    its.timer('asking/one');
    expect(its.states).to.deep.equal(['asking/one/first']);
    expect(its.complete('asking/one/first', 'done').data['other']).to.equal(9);
  });
});

describe('a region with `when`', () => {
  const states = `
  both:
    parallel:
      always: { ${TASK} }
      checking:
        when: orElse(count, 0) > 50
        entry: { set: { other: other + 1 } }
        exit: { set: { note: '"left"' } }
        states: { first: { ${TASK}, on: { done: over } }, over: { final: good } }
        after: { 9 days: checking/over }
    done:
      - { when: 'orElse(outcomes.checking, "bad") == "good"', to: checked }
      - ended
  checked: { final: checked }
  ${ENDED}`;

  it('is left out where that does not hold, and counts as finished', () => {
    const its = play(states, { count: 1 });
    expect(its.states).to.deep.equal(['both/always/work']);
    expect(its.effects).to.deep.equal(['task both/always/work#1']);
    expect(its.data).to.include({ other: 7 });
    expect(its.result.case.context.visits).not.to.have.property('both/checking');
    its.complete('both/always/work', 'done');
    expect(its.data).not.to.have.property('note');
  });

  it('is waited for where it holds', () => {
    const its = play(states, { count: 60 });
    expect(its.states).to.deep.equal(['both/always/work', 'both/checking/first']);
    its.complete('both/always/work', 'done').complete('both/checking/first', 'done');
    expect(its.result.outcome).to.equal('checked');
    expect(its.data).to.include({ other: 8, note: 'left' });
  });

  it('is left out also where a rule leads into it', () => {
    const its = play(
      states.replace('both:', `first: { ${ENTRY}, on: { done: both/checking/first } }\n  both:`),
      { count: 60 },
    );
    its.complete('first', 'done', { data: { count: 1 } });
    expect(its.states).to.deep.equal(['both/always/work']);
    expect(its.effects).to.deep.equal(['task both/always/work#1']);
    its.complete('both/always/work', 'done');
    expect(its.result.outcome).to.equal('completed');
  });

  it('is waited for again where it begins after all had been left out', () => {
    const its = play(`
  both:
    parallel:
      one: { when: 'orElse(flag, false)', states: { first: { ${TASK}, on: { done: over } }, over: { final: true } } }
      two: { when: 'orElse(flag, false)', ${TASK} }
    done:
      - { when: '!orElse(flag, false)', to: both/one/first, set: { flag: true } }
      - ended
  ${ENDED}`);
    expect(its.states).to.deep.equal(['both/one/first', 'both/two/work']);
    its.complete('both/one/first', 'done');
    expect(its.result.outcome).to.equal(undefined);
    its.complete('both/two/work', 'done');
    expect(its.result.outcome).to.equal('completed');
  });

  it('lets the case go on at once where no region is left', () => {
    const its = play(
      `
  both:
    parallel:
      one: { when: 'orElse(flag, false)', ${TASK} }
      two: { when: 'orElse(flag, false)', ${TASK} }
    done: [{ when: 'orElse(count, 0) > 1', to: ended }]
    after: { 1 days: { set: { count: 2 } } }
  ${ENDED}`,
    );
    expect(its.states).to.deep.equal(['both']);
    expect(its.timer('both').result.outcome).to.equal('completed');
  });
});

describe('the outcomes of regions', () => {
  const review = (rules: string) => `
  reviewing:
    parallel:
      legal: { ${VOTE} }
      the-price:
        states:
          looking: { ${TASK}, on: { good: good, bad: bad } }
          good: { final: accept }
          bad: { final: refuse }
    ${rules}
  agreed: { final: agreed }
  refused: { final: refused }`;
  const outcomeOf = (rules: string, legal: string, price: string) =>
    play(review(rules))
      .complete('reviewing/legal/work', legal)
      .complete('reviewing/the-price/looking', price).result.outcome;

  it('are named by `done`, those of regions that are one piece of work as well', () => {
    const rules = `done:
      - { when: outcomes.legal == "accept" && outcomes.the-price == "accept", to: agreed }
      - refused`;
    expect(outcomeOf(rules, 'accept', 'good')).to.equal('agreed');
    expect(outcomeOf(rules, 'accept', 'bad')).to.equal('refused');
    expect(outcomeOf(rules, 'refuse', 'good')).to.equal('refused');
  });

  it('lead by `on` once all have finished, in the order of the rules', () => {
    const rules = `on: { refuse: refused, accept: agreed }`;
    const its = play(review(rules)).complete('reviewing/legal/work', 'refuse');
    expect(its.states).to.deep.equal([
      'reviewing/legal/done-refuse',
      'reviewing/the-price/looking',
    ]);
    its.complete('reviewing/the-price/looking', 'good');
    expect(its.result.outcome).to.equal('refused');
    expect(outcomeOf(rules, 'accept', 'good')).to.equal('agreed');
  });

  it('lead by `done` where no region has an outcome that `on` names', () => {
    const rules = `on: { refuse: refused }\n    done: agreed`;
    expect(outcomeOf(rules, 'accept', 'good')).to.equal('agreed');
    expect(outcomeOf(rules, 'accept', 'bad')).to.equal('refused');
  });

  it('are empty for a region that was called off', () => {
    const rules = `join: 1
    done:
      - { when: outcomes.legal == null && outcomes.the-price == "accept", to: agreed }
      - refused`;
    const its = play(review(rules)).complete('reviewing/the-price/looking', 'good');
    expect(its.result.outcome).to.equal('agreed');
    const other = play(review(rules)).complete('reviewing/legal/work', 'accept');
    expect(other.result.outcome).to.equal('refused');
  });
});
