import { expect } from 'chai';
import type { CaseEvent } from '../../../engine/kernel/event.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import type { Play } from './play.ts';
import { CLERK, MANAGER, play } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const ENDS = 'ended: { final: completed }\n  withdrawn: { final: withdrawn }';

function press(its: Play, state: string, button: string, data: JsonObject = {}): CaseEvent {
  const visit = its.result.case.context.visits[state] ?? 0;
  return { kind: 'press', state, visit, button, form: { data, own: {} }, actor: MANAGER };
}

function heard(its: Play, pieces: number, key = 'S-1'): CaseEvent {
  const { hearing } = its.result.case.context;
  const body = { parcel: key, pieces };
  return { kind: 'message', state: '', visit: hearing?.number ?? 0, name: 'depot.arrived', body };
}

describe('buttons', () => {
  it('leave a state, close its work and name who pressed', () => {
    const its = play(`
  working:
    ${TASK}
    on:
      done: ended
      withdraw: { by: { role: manager }, to: withdrawn, set: { id: 'actor.id' } }
  ${ENDS}`);
    its.take(press(its, 'working', 'withdraw'));
    expect(its.states).to.deep.equal(['withdrawn']);
    expect(its.data['id']).to.equal('u2');
    expect(its.effects).to.include('stop working#1 (task)');
  });

  it('are refused once the case has gone on, and for an earlier visit', () => {
    const its = play(`
  working: { ${TASK}, on: { done: { to: working }, withdraw: { by: { role: manager }, to: withdrawn } } }
  withdrawn: { final: withdrawn }`);
    const early = press(its, 'working', 'withdraw');
    its.complete('working', 'done');
    expect(its.refusal(early)).to.equal('stale');
    its.take(press(its, 'working', 'withdraw'));
    expect(its.refusal(press(its, 'working', 'withdraw'))).to.equal('stale');
  });

  it('take a form, and say where it does not fit', () => {
    const its = play(`
  working: { ${TASK}, on: { done: ended, correct: { by: { starter: true }, form: work, set: { other: 'orElse(count, 0) + 1' } } } }
  ended: { final: completed }`);
    expect(its.refusal(press(its, 'working', 'correct', { count: 101 }))).to.equal('refused-data');
    its.take(press(its, 'working', 'correct', { count: 5 }));
    expect(its.states).to.deep.equal(['working']);
    expect(its.data).to.include({ count: 5, other: 6 });
  });

  it('take nothing where they ask for nothing', () => {
    const its = play(`
  working: { ${TASK}, on: { done: ended, withdraw: { by: public, to: withdrawn } } }
  ${ENDS}`);
    expect(its.refusal(press(its, 'working', 'withdraw', { count: 1 }))).to.equal('refused-data');
  });

  it('say so where no rule of theirs holds', () => {
    const its = play(`
  working: { ${TASK}, on: { done: ended, withdraw: { by: customer, when: flag, to: withdrawn } } }
  ${ENDS}`);
    expect(its.refusal(press(its, 'working', 'withdraw'))).to.equal('unknown-outcome');
  });

  it('hold everywhere inside a state, and in the whole workflow', () => {
    const its = play({
      states: `
  outer:
    states:
      first: { ${TASK}, on: { done: second } }
      second: { ${TASK}, on: { done: last } }
      last: { final: true }
    on: { note: { by: { role: clerk }, set: { note: '"seen"' } } }
    done: ended
  ${ENDS}`,
      beside: 'on: { withdraw: { by: { role: manager }, to: withdrawn } }',
    });
    its.complete('outer/first', 'done');
    its.take(press(its, 'outer', 'note'));
    expect(its.states).to.deep.equal(['outer/second']);
    expect(its.data['note']).to.equal('seen');
    its.take(press(its, '', 'withdraw'));
    expect(its.states).to.deep.equal(['withdrawn']);
  });

  it('keep a place without work from being stuck', () => {
    const its = play(`
  resting: { on: { go-on: { by: { role: clerk }, to: ended } } }
  ended: { final: completed }`);
    its.take(press(its, 'resting', 'go-on'));
    expect(its.states).to.deep.equal(['ended']);
  });
});

describe('messages under on', () => {
  const WORKING = `
  working:
    ${TASK}
    on:
      done: { to: working }
      depot.arrived:
        - { match: reference, when: message.pieces > 10, to: ended, set: { count: message.pieces } }
        - { when: message.pieces > 1, set: { other: message.pieces } }
  ${ENDS}`.replace('\n  withdrawn: { final: withdrawn }', '');

  it('are heard while the case is in the state, by their key', () => {
    const its = play(WORKING);
    expect(its.asked('hear')).to.have.lengthOf(1);
    expect(its.asked('hear')[0]).to.deep.include({ number: 1 });
    its.take(heard(its, 5));
    expect(its.states).to.deep.equal(['working']);
    expect(its.data['other']).to.equal(5);
    its.take(heard(its, 11));
    expect(its.states).to.deep.equal(['ended']);
    expect(its.asked('hear')).to.deep.equal([{ kind: 'hear', number: 2, messages: [] }]);
  });

  it('are taken and change nothing where no rule holds, or the key is another', () => {
    const its = play(WORKING);
    its.take(heard(its, 1));
    its.take(heard(its, 20, 'S-2'));
    expect(its.states).to.deep.equal(['working']);
    expect(its.data).to.include({ other: 7, count: 0 });
  });

  it('follow their key: while it is empty nothing is heard', () => {
    const its = play(`
  working:
    ${TASK}
    on:
      done: { to: ended }
      depot.arrived: { match: note, to: ended }
      rename: { by: { role: clerk }, form: work }
  ended: { final: completed }`);
    expect(its.asked('hear')).to.deep.equal([]);
    its.take(press(its, 'working', 'rename', { note: 'P-1' }));
    const [first] = its.asked('hear');
    expect(first?.messages.map(({ key }) => key)).to.deep.equal(['P-1']);
    const late = heard(its, 1, 'P-1');
    its.take(press(its, 'working', 'rename', { note: 'P-2' }));
    expect(its.refusal(late)).to.equal('stale');
    its.take(heard(its, 1, 'P-2'));
    expect(its.states).to.deep.equal(['ended']);
  });

  it('are heard by every region, and by the workflow itself', () => {
    const its = play(`
  both:
    parallel:
      one:
        states:
          a: { on: { depot.arrived: { match: reference, to: z } } }
          z: { final: true }
      two:
        states:
          b: { ${TASK}, on: { done: y, depot.arrived: { match: reference, to: y } } }
          y: { final: true }
    done: ended
  ended: { final: completed }`);
    its.take(heard(its, 3));
    expect(its.states).to.deep.equal(['ended']);
    const root = play({
      states: `
  working: { ${TASK}, on: { done: ended } }
  ended: { final: completed }`,
      beside: 'on: { depot.arrived: { match: reference, set: { count: message.pieces } } }',
    });
    root.take(heard(root, 4));
    expect(root.data['count']).to.equal(4);
    root.complete('working', 'done', {}, CLERK);
    expect(root.asked('hear')).to.deep.equal([{ kind: 'hear', number: 2, messages: [] }]);
  });
});
