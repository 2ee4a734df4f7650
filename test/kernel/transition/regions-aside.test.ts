import { expect } from 'chai';
import { playUnchecked } from './play.ts';

/** Each of these was found by the second interpreter of the language. */
const TASK = 'task: { assign: { role: clerk }, form: work }';
const ENDED = 'ended: { final: completed }';

describe('regions in which nothing goes on', () => {
  it('hear nothing that others hear, when they were left out', () => {
    const its = playUnchecked(`
  both:
    parallel:
      aside:
        when: orElse(flag, false)
        on: { depot.arrived: { match: reference, to: ^ended } }
        states: { first: { ${TASK}, on: { done: over } }, over: { final: true } }
      other:
        on: { depot.arrived: { match: reference, set: { other: other + 1 } } }
        states: { first: { ${TASK}, on: { done: over } }, over: { final: true } }
    done: ended
  ${ENDED}`);
    const { number } = its.result.case.context.hearing ?? { number: 0 };
    its.take({
      ...{ kind: 'message', state: '', visit: number, name: 'depot.arrived' },
      body: { parcel: 'S-1', pieces: 1 },
    });
    expect(its.states).to.deep.equal(['both/other/first']);
    expect(its.data).to.include({ other: 8 });
  });

  it('follow no rule of a state deep inside, when they were left out on the way to it', () => {
    const its = playUnchecked(`
  starting: { ${TASK}, on: { done: both/aside/outer/inner } }
  both:
    parallel:
      aside:
        when: orElse(flag, false)
        states:
          outer:
            states:
              inner: { next: { to: over, set: { other: other + 1 } } }
              over: { final: true }
            done: over
          over: { final: true }
      other:
        states: { first: { ${TASK}, on: { done: over } }, over: { final: true } }
    done: ended
  ${ENDED}`);
    its.complete('starting', 'done');
    expect(its.states).to.deep.equal(['both/other/first']);
    expect(its.data).to.include({ other: 7 });
    its.complete('both/other/first', 'done');
    expect(its.result.outcome).to.equal('completed');
  });

  it('let no timer stand still, when they were called off', () => {
    const its = playUnchecked(`
  both:
    parallel:
      one: { states: { first: { ${TASK}, on: { done: over } }, over: { final: true } } }
      two: { states: { first: { ${TASK}, on: { done: over } }, over: { final: true } } }
    join: 1
    done: [{ when: 'orElse(flag, false)', to: ended }]
    after: [{ in: 1 days, pauseWhile: [two], to: ended }]
  ${ENDED}`);
    expect(its.timerIn('both')?.at).to.equal(undefined);
    its.complete('both/one/first', 'done');
    expect(its.effects).to.include('timer both#1 0');
    expect(its.timer('both').result.outcome).to.equal('completed');
  });

  it('begin no item in the very step in which another region leads out', () => {
    const its = playUnchecked(`
  both:
    parallel:
      many:
        states:
          each:
            forEach: { item: piece, in: range(2), mode: sequence }
            call: depot.take
            with: { what: email }
            save: { id: result.id }
            done: over
          over: { final: true }
      other:
        states:
          first: { next: { when: id != null, to: second } }
          second: { next: ^asking }
    done: ended
  asking: { ${TASK}, on: { done: ended } }
  ${ENDED}`);
    its.take({ kind: 'done', ...its.visit('both/many/each'), item: 0, result: { id: 'a' } });
    expect(its.states).to.deep.equal(['asking']);
    expect(its.effects).to.deep.equal(['stop both/many/each#1 (none)', 'task asking#1']);
  });

  it('begin anew where history leads back to them, when they were left while being undone', () => {
    const its = playUnchecked(`
  both:
    parallel:
      one:
        states:
          taking:
            call: depot.take
            with: { what: email }
            undo: { call: depot.give, with: { id: result.id } }
            done: working
          working: { ${TASK}, on: { back: { to: taking, undo: taking }, done: over } }
          over: { final: true }
      other:
        states: { first: { ${TASK}, on: { done: over } }, over: { final: true } }
    done: ended
    after: { 1 days: paused }
  paused: { after: { 1 days: both/deepHistory } }
  ${ENDED}`);
    its.done('both/one/taking').complete('both/one/working', 'back');
    expect(its.states).to.deep.equal(['both/other/first']);
    its.timer('both').timer('paused');
    expect(its.states).to.deep.equal(['both/one/taking', 'both/other/first']);
    expect(its.effects).to.include('call both/one/taking#2');
  });
});
