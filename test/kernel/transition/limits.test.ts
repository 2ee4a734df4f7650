import { expect } from 'chai';
import type { CaseEvent } from '../../../engine/kernel/event.ts';
import { migrateCase } from '../../../engine/kernel/transition/migrate.ts';
import { compiled } from '../fixtures/workshop.ts';
import type { Play } from './play.ts';
import { CLERK, DAY, NOW, momentAt, play, shownEffects } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: work, due: 1 days }';
const LAB = 'limit: { n: 1, name: lab }';
const ENDED = 'ended: { final: completed }';

const admit = (its: Play, state: string): CaseEvent => ({ kind: 'admit', ...its.visit(state) });

const DESK = `
  first: { ${TASK}, on: { done: testing } }
  testing:
    ${LAB}
    ${TASK}
    entry: { set: { note: '"begun"' }, send: { message: news, to: email } }
    exit: { set: { other: other + 1 } }
    on:
      done: first
      stop: { by: { role: clerk }, to: ended }
      mark: { by: { role: clerk }, set: { flag: true } }
    next: [{ when: 'orElse(flag, false)', to: ended }]
    after: { 2 days: ended }
  ${ENDED}`;

const press = (its: Play, state: string, button: string): CaseEvent => ({
  ...{ kind: 'press', ...its.visit(state), button, actor: CLERK },
  form: { data: {}, own: {} },
});

describe('a state with a limit', () => {
  it('begins nothing until its turn has come', () => {
    const its = play(DESK).complete('first', 'done');
    expect(its.states).to.deep.equal(['testing']);
    expect(its.effects).to.deep.equal(['queue testing#1']);
    expect(its.asked('queue')[0]).to.include({ queue: 'lab', most: 1 });
    expect(its.data).not.to.have.property('note');
    expect(its.refusal(its.outcome('testing', 'done'))).to.equal('stale');
    its.now = NOW + DAY;
    its.take(admit(its, 'testing'));
    expect(its.effects).to.deep.equal(['send news', 'task testing#1', 'timer testing#1 0']);
    expect(its.data).to.include({ note: 'begun' });
    expect(its.asked('task')[0]).to.include({ due: NOW + 2 * DAY });
    expect(its.timerIn('testing')).to.include({ begun: NOW + DAY, at: NOW + 3 * DAY });
    expect(its.refusal(admit(its, 'testing'))).to.equal('stale');
  });

  it('gives its place up when it is left, and asks for another when it is entered anew', () => {
    const its = play(DESK).complete('first', 'done');
    its.take(admit(its, 'testing')).complete('testing', 'done');
    expect(its.effects).to.include('leave-queue testing#1');
    expect(its.data).to.include({ other: 8 });
    its.complete('first', 'done');
    expect(its.effects).to.deep.equal(['queue testing#2']);
    expect(its.refusal({ kind: 'admit', state: 'testing', visit: 1 })).to.equal('stale');
  });

  it('answers to buttons at once, and does nothing of its exit where nothing has begun', () => {
    const its = play(DESK).complete('first', 'done');
    its.take(press(its, 'testing', 'mark'));
    expect(its.states).to.deep.equal(['testing']);
    expect(its.data).to.include({ flag: true });
    const stopped = its.offer(press(its, 'testing', 'stop'));
    if (stopped.kind === 'refused') throw new Error(stopped.message);
    expect(shownEffects(stopped)).to.deep.equal(['leave-queue testing#1', 'finish completed']);
    expect(stopped.case.context.data).to.include({ other: 7 });
    // `next` is read as soon as the state begins, and what begins in that step is never asked for.
    its.take(admit(its, 'testing'));
    expect(its.effects).to.deep.equal(['send news', 'leave-queue testing#1', 'finish completed']);
  });

  it('counts by a value, as text', () => {
    const its = play(`
  one: { limit: { n: 3, name: lab, by: reference }, next: two }
  two: { limit: { n: 2, name: desk, by: other }, next: ended }
  ${ENDED}`);
    expect(its.asked('queue')[0]).to.include({ queue: 'lab S-1', most: 3 });
    its.take(admit(its, 'one'));
    expect(its.asked('queue')[0]).to.include({ queue: 'desk 7', most: 2 });
    expect(its.asked('leave-queue')[0]).to.include({ queue: 'lab S-1' });
    its.take(admit(its, 'two'));
    expect(its.result.status).to.equal('finished');
  });

  it('asks for no place that it takes and gives up in one step', () => {
    const its = play(`
  first: { ${TASK}, on: { done: both } }
  both:
    parallel:
      one: { states: { lab: { ${LAB}, after: { 1 days: over } }, over: { final: true } } }
      other: { states: { quick: { next: over }, over: { final: true } } }
    join: 1
    done: ended
  ${ENDED}`);
    its.complete('first', 'done');
    expect(its.effects).to.deep.equal(['finish completed']);
  });

  it('takes nothing back of what never began', () => {
    const its = play(`
  taking:
    ${LAB}
    call: depot.take
    with: { what: email }
    undo: { call: depot.give, with: { id: result.id } }
    on: { stop: { by: { role: clerk }, to: ended, undo: all } }
    done: ended
  ${ENDED}`);
    its.take(press(its, 'taking', 'stop'));
    expect(its.effects).to.deep.equal(['leave-queue taking#1', 'finish completed']);
    expect(its.result.case.context.running).to.deep.equal([]);
  });

  it('is no work that a person could skip, but may be left by hand', () => {
    const its = play(DESK).complete('first', 'done');
    const by = { reason: 'Why', actor: CLERK, set: [] };
    const as = { kind: 'outcome', outcome: 'done' } as const;
    const skip = { kind: 'skip', state: 'testing', as } as const;
    expect(its.refusal({ kind: 'modify', ...by, work: skip })).to.equal('not-possible');
    its.take({ kind: 'modify', ...by, work: { kind: 'repeat', state: 'testing' } });
    expect(its.effects).to.deep.equal(['leave-queue testing#1', 'queue testing#2']);
    its.take({ kind: 'modify', ...by, work: { kind: 'move', from: 'testing', to: 'first' } });
    expect(its.effects).to.deep.equal(['leave-queue testing#2', 'task first#2']);
  });

  it('keeps its place while its case rests, and asks again when it is resumed', () => {
    const its = play(DESK).complete('first', 'done');
    its.take({ kind: 'suspend', reason: 'Why' });
    expect(its.effects).to.deep.equal([]);
    its.take({ kind: 'resume', reason: 'Why' });
    expect(its.effects).to.deep.equal(['queue testing#1']);
  });
});

const INSIDE = `
  first: { ${TASK}, on: { done: lab, back: lab } }
  lab:
    ${LAB}
    entry: { set: { note: '"in"' } }
    states:
      preparing: { ${TASK}, on: { done: measuring } }
      measuring: { ${TASK}, on: { done: measured } }
      measured: { final: true }
    done: ended
    on: { stop: { by: { role: clerk }, to: first } }
  ${ENDED}`;

describe('a state with a limit and states inside', () => {
  it('is where the case is until its turn has come, and then begins with the first inside', () => {
    const its = play(INSIDE).complete('first', 'done');
    expect(its.states).to.deep.equal(['lab']);
    expect(its.effects).to.deep.equal(['queue lab#1']);
    its.take(admit(its, 'lab'));
    expect(its.states).to.deep.equal(['lab/preparing']);
    expect(its.effects).to.deep.equal(['task lab/preparing#1']);
    its.complete('lab/preparing', 'done').complete('lab/measuring', 'done');
    expect(its.effects).to.include('leave-queue lab#1');
    expect(its.result.status).to.equal('finished');
  });

  it('lets nobody be led past its queue', () => {
    const its = play(INSIDE);
    const move = (from: string, to: string): CaseEvent => ({
      ...{ kind: 'modify', reason: 'Why', actor: CLERK, set: [] },
      work: { kind: 'move', from, to },
    });
    expect(its.refusal(move('first', 'lab/measuring'))).to.equal('not-possible');
    its.take(move('first', 'lab')).take(admit(its, 'lab'));
    its.take(move('lab/preparing', 'lab/measuring'));
    expect(its.states).to.deep.equal(['lab/measuring']);
    expect(its.refusal(move('lab', 'lab/measuring'))).to.equal('not-possible');
  });

  it('queues anew where history leads back into it, and begins at its beginning', () => {
    const its = play(`
  working:
    states:
      lab:
        ${LAB}
        states:
          one: { ${TASK}, on: { done: two } }
          two: { ${TASK}, on: { done: over } }
          over: { final: true }
        done: over
      over: { final: true }
    done: ended
    on: { pause: { by: { role: clerk }, to: paused } }
  paused: { ${TASK}, on: { done: working/deepHistory } }
  ${ENDED}`);
    its.take(admit(its, 'working/lab')).complete('working/lab/one', 'done');
    its.take(press(its, 'working', 'pause')).complete('paused', 'done');
    expect(its.states).to.deep.equal(['working/lab']);
    expect(its.effects).to.deep.equal(['queue working/lab#2']);
    its.take(admit(its, 'working/lab'));
    expect(its.states).to.deep.equal(['working/lab/one']);
    expect(its.effects).to.deep.equal(['task working/lab/one#2']);
  });
});

const PARCEL = { parcel: 'S-1', pieces: 1 };

const REGIONS = `
  both:
    ${LAB}
    entry: { set: { flag: true } }
    parallel:
      one: { wait: { message: depot.arrived, match: reference } }
      other:
        when: 'orElse(flag, false)'
        limit: { n: 1, name: desk }
        entry: { set: { id: '"other"' } }
        states: { asking: { ${TASK}, on: { done: over } }, over: { final: true } }
    done: ended
  ${ENDED}`;

describe('a parallel with a limit', () => {
  it('begins its regions once its turn has come, and a region with one waits for its own', () => {
    const its = play(REGIONS);
    expect(its.states).to.deep.equal(['both']);
    expect(its.effects).to.deep.equal(['queue both#1']);
    its.take(admit(its, 'both'));
    expect(its.states).to.deep.equal(['both/one/work', 'both/other']);
    expect(its.effects).to.have.members(['wait both/one/work#1', 'queue both/other#1']);
    its.take(admit(its, 'both/other'));
    expect(its.states).to.deep.equal(['both/one/work', 'both/other/asking']);
    expect(its.data).to.include({ id: 'other' });
    its.hear('both/one/work', PARCEL).complete('both/other/asking', 'done');
    expect(its.effects).to.include.members(['leave-queue both/other#1', 'leave-queue both#1']);
    expect(its.result.status).to.equal('finished');
  });

  it('gives up the place of a region that is called off', () => {
    const its = play(
      REGIONS.replace('    done: ended', '    join: 1\n    done: { to: later }').replace(
        'ended:',
        'later: { after: { 1 days: ended } }\n  ended:',
      ),
    );
    its.take(admit(its, 'both')).hear('both/one/work', PARCEL);
    expect(its.effects.filter((effect) => effect.startsWith('leave'))).to.deep.equal([
      'leave-queue both/other#1',
      'leave-queue both#1',
    ]);
  });
});

describe('the limit of another version', () => {
  const other = (states: string) => compiled({ states });
  const migrated = (its: Play, states: string, mapping = {}) => {
    const result = migrateCase(
      its.compiled,
      other(states),
      its.result.case,
      mapping,
      momentAt(NOW),
    );
    if (result.kind === 'refused') throw new Error(result.message);
    return result;
  };
  const waiting = (): Play => play(DESK).complete('first', 'done');

  it('may admit more: a place stays where it is', () => {
    const result = migrated(waiting(), DESK.replace('n: 1', 'n: 4'));
    expect(result.effects).to.deep.equal([
      { kind: 'queue', state: 'testing', visit: 1, queue: 'lab', most: 4 },
    ]);
  });

  it('is other work where it counts otherwise, and is begun anew', () => {
    const its = waiting();
    const states = DESK.replace('name: lab', 'name: desk');
    expect(() => migrated(its, states)).to.throw('Say which state it becomes');
    expect(shownEffects(migrated(its, states, { testing: 'testing' }))).to.deep.equal([
      'leave-queue testing#1',
      'queue testing#2',
    ]);
    const free = shownEffects(migrated(its, DESK.replace(LAB, ''), { testing: 'testing' }));
    expect(free).to.include.members(['leave-queue testing#1', 'task testing#2']);
  });
});
