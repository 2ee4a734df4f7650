import { expect } from 'chai';
import { compiledUnchecked } from '../fixtures/workshop.ts';
import { play, playOf } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: go }';
const forms = `
  go: { title: Go, show: [email] }`;
const ENDED = 'ended: { final: completed }';

describe('signals between regions', () => {
  it('are heard in the same step, and answered in it', () => {
    const its = play({
      forms,
      states: `
  working:
    parallel:
      packing:
        states:
          picking: { ${TASK}, on: { ok: { to: packed, emit: ready } } }
          packed: { on: { called: shipped } }
          shipped: { final: true }
      calling:
        on: { ready: { set: { note: '"outer"' } } }
        states:
          waiting: { on: { ready: [{ when: flag, to: over }, { to: phoning, set: { count: 'orElse(count, 0) + 1' } }] } }
          phoning: { entry: { emit: called, set: { other: 'orElse(count, 0)' } }, ${TASK}, on: { done: over } }
          over: { final: true }
    done: ended
  ${ENDED}`,
    });
    expect(its.states).to.deep.equal(['working/packing/picking', 'working/calling/waiting']);
    its.complete('working/packing/picking', 'ok');
    expect(its.states).to.deep.equal(['working/packing/shipped', 'working/calling/phoning']);
    // The innermost that hears it takes it.
    expect(its.data).to.include({ count: 1, other: 1 });
    expect(its.data).not.to.have.property('note');
    expect(its.effects).to.deep.equal(['task working/calling/phoning#1']);
    its.complete('working/calling/phoning', 'done');
    expect(its.result).to.include({ outcome: 'completed', status: 'finished' });
  });

  it('are not heard in a region that was left out', () => {
    const its = play({
      forms,
      states: `
  working:
    parallel:
      packing:
        states:
          picking: { ${TASK}, on: { ok: { to: wrapping, emit: ready } } }
          wrapping: { ${TASK}, on: { done: packed } }
          packed: { final: true }
      calling:
        when: flag
        on: { ready: { to: ^ended, set: { note: '"heard"' } } }
        states:
          waiting: { on: { ready: over } }
          over: { final: true }
    done: ended
  ${ENDED}`,
    });
    its.complete('working/packing/picking', 'ok');
    expect(its.states).to.deep.equal(['working/packing/wrapping']);
    expect(its.data).not.to.have.property('note');
    its.complete('working/packing/wrapping', 'done');
    expect(its.result).to.include({ outcome: 'completed', status: 'finished' });
  });

  it('are heard when the regions begin, when a state is left, and by work that goes on', () => {
    const its = play({
      forms,
      states: `
  working:
    parallel:
      one:
        states:
          first: { entry: { emit: begun }, exit: { emit: gone }, ${TASK}, on: { ok: over } }
          over: { final: true }
      two:
        states:
          taking:
            call: depot.take
            with: { what: email }
            on: { begun: { set: { note: '"begun"' } }, gone: over }
            done: over
          over: { final: true }
    done: ended
  ${ENDED}`,
    });
    expect(its.data).to.include({ note: 'begun' });
    its.complete('working/one/first', 'ok');
    expect(its.effects).to.include('stop working/two/taking#1 (call)');
    expect(its.result).to.include({ status: 'finished' });
  });

  it('are over at once, and never heard in the same region', () => {
    const its = play({
      forms,
      states: `
  working:
    parallel:
      one:
        on: { ready: { set: { note: '"own"' } } }
        states:
          first: { ${TASK}, on: { ok: { to: over, emit: ready } } }
          over: { final: true }
      two:
        states:
          pausing: { after: { 1 days: waiting } }
          waiting: { on: { ready: over }, after: { 1 days: { to: telling, emit: ready } } }
          telling: { after: { 1 days: over } }
          over: { final: true }
    done: ended
  ${ENDED}`,
    });
    its.complete('working/one/first', 'ok');
    expect(its.states).to.deep.equal(['working/one/over', 'working/two/pausing']);
    expect(its.data).not.to.have.property('note');
    its.timer('working/two/pausing');
    expect(its.states).to.deep.equal(['working/one/over', 'working/two/waiting']);
    its.timer('working/two/waiting');
    expect(its.states).to.deep.equal(['working/one/over', 'working/two/telling']);
    expect(its.data).to.include({ note: 'own' });
  });

  it('are not emitted by a region that is left out', () => {
    const its = play({
      forms,
      states: `
  working:
    parallel:
      one:
        when: flag
        states:
          first: { entry: { emit: begun }, ${TASK}, on: { ok: over } }
          over: { final: true }
      two:
        on: { begun: { set: { note: '"begun"' } } }
        states:
          first: { ${TASK}, on: { ok: over } }
          over: { final: true }
    done: ended
  ${ENDED}`,
    });
    expect(its.data).not.to.have.property('note');
  });

  it('refuse a step in which regions would answer each other for ever', () => {
    const its = playOf(
      compiledUnchecked({
        forms,
        states: `
  working:
    parallel:
      one:
        states:
          first: { ${TASK}, on: { ok: ping } }
          ping: { entry: { emit: ping }, on: { pong: pinged } }
          pinged: { entry: { emit: ping }, on: { pong: ping } }
      two: { states: { first: { on: { ping: { emit: pong } } } } }
    done: ended
  ${ENDED}`,
      }),
    );
    expect(its.refusal(its.outcome('working/one/first', 'ok'))).to.equal('endless');
  });
});
