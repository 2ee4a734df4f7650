import { expect } from 'chai';
import type { Play } from './play.ts';
import { CLERK, DAY, MANAGER, NOW, beginBy, play, Play as Player } from './play.ts';
import type { WrittenWorkflow } from '../fixtures/workshop.ts';
import { compiled } from '../fixtures/workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const ENDED = 'ended: { final: completed }\n  stopped: { final: stopped }';
const STOP = `checking:
    ${TASK}
    on: { stop: { to: stopped, undo: all }, done: ended }`;

const give = (id: string): string => `undo: { call: depot.give, with: { id: ${id} } }`;

/** What is taken back from here on, one after the other: the ids that the operation is given. */
function takenBack(its: Play): readonly unknown[] {
  const given: unknown[] = [];
  for (;;) {
    const [undo] = [...its.asked('undo'), ...its.asked('undo-run'), ...its.asked('undo-child')];
    if (undo === undefined) return given;
    given.push(undo.kind === 'undo-child' ? 'child' : Object.values(undo.input)[0]);
    its.take({ kind: 'undone', entry: undo.entry });
  }
}

describe('undo beside any state', () => {
  it('is worked out when a task is completed, with what its form gave', () => {
    const its = play(`
  asking:
    ${TASK}
    ${give('\'orElse(form.remark, "-") + outcome + actor.id + text(orElse(count, 0))\'')}
    on: { go: checking }
  ${STOP}
  ${ENDED}`);
    its.complete('asking', 'go', { own: { remark: 'r' }, data: { count: 4 } });
    its.complete('checking', 'stop', { data: { count: 5 } });
    expect(takenBack(its)).to.deep.equal([`rgo${CLERK.id}4`]);
    expect(its.result.outcome).to.equal('stopped');
  });

  it('takes back waits, decisions and places, latest first', () => {
    const its = play({
      decisions: `
  size:
    hit: first
    inputs: { other: other }
    outputs: { word: { kind: text } }
    rules: [{ other: '> 5', word: big }, { other: '-', word: small }]`,
      states: `
  waiting:
    wait: { message: depot.arrived, match: reference }
    ${give('text(message.pieces)')}
    done: deciding
  deciding:
    decide: size
    ${give('result.word')}
    next: resting
  resting:
    ${give('text(other)')}
    exit: { set: { other: 9 } }
    on: { go: { by: { role: clerk }, to: checking } }
  ${STOP}
  ${ENDED}`,
    });
    its.hear('waiting', { parcel: 'S-1', pieces: 3 });
    its.take({
      ...{ kind: 'press', ...its.visit('resting'), button: 'go' },
      ...{ form: { data: {}, own: {} }, actor: CLERK },
    });
    expect(takenBack(its.complete('checking', 'stop'))).to.deep.equal(['7', 'big', '3']);
  });

  it('takes back states and regions once they have ended, before what lies inside', () => {
    const its = play(`
  inside:
    states:
      first: { call: depot.take, with: { what: email }, ${give('result.id')}, done: over }
      over: { final: good }
    ${give('outcome')}
    done: both
  both:
    parallel:
      one:
        states: { a: { ${TASK}, on: { done: over } }, over: { final: good } }
        ${give('\'"one"\'')}
      two: { call: depot.pack, with: { what: email }, ${give('result.id')} }
    ${give('\'orElse(outcomes.one, "")\'')}
    done: checking
  ${STOP}
  ${ENDED}`);
    its.done('inside/first', { id: 'A' });
    its.done('both/two/work', { id: 'B' }).complete('both/one/a', 'done');
    expect(its.states).to.deep.equal(['checking']);
    expect(takenBack(its.complete('checking', 'stop'))).to.deep.equal([
      'good',
      'one',
      'B',
      'good',
      'A',
    ]);
  });

  it('keeps one undo for each visit, and leaves alone what never came to its end', () => {
    const its = play(`
  inside:
    states:
      first: { ${TASK}, on: { leave: ^checking, done: over } }
      over: { final: true }
    ${give('reference')}
    done: checking
  ${STOP}
  ${ENDED}`);
    its.complete('inside/first', 'leave').complete('checking', 'stop');
    expect(takenBack(its)).to.deep.equal([]);
  });

  it('takes back each item of a task', () => {
    const its = play(`
  asking:
    ${TASK}
    forEach: { item: a, in: 'range(2)' }
    ${give('text(a) + outcome')}
    done: checking
  ${STOP}
  ${ENDED}`);
    for (const item of [1, 0]) {
      its.take({ ...its.outcome('asking', 'done'), item } as never);
    }
    expect(takenBack(its.complete('checking', 'stop'))).to.deep.equal(['0done', '1done']);
  });

  it('lets a child case undo its own after what is written beside it', () => {
    const its = play(
      `
  helping:
    run: helper
    with: { email: email }
    ${give('outcome')}
    done: checking
  ${STOP}
  ${ENDED}`,
      {},
      [HELPER],
    );
    its.done('helping', {}, 'completed').complete('checking', 'stop');
    expect(takenBack(its)).to.deep.equal(['completed', 'child']);
  });

  it('runs a workflow that takes it back', () => {
    const its = play(
      `
  asking: { ${TASK}, undo: { run: helper, with: { email: email } }, on: { done: checking } }
  ${STOP}
  ${ENDED}`,
      {},
      [HELPER],
    );
    its.complete('asking', 'done').complete('checking', 'stop');
    expect(its.asked('undo-run')).to.deep.equal([
      { kind: 'undo-run', entry: 1, workflow: 'helper', input: { email: 'a@ada.example' } },
    ]);
    expect(its.take({ kind: 'undone', entry: 1 }).result.outcome).to.equal('stopped');
  });
});

const HELPER: WrittenWorkflow = {
  name: 'helper',
  start: 'calling: { run: [email] }',
  states: `
  taking: { call: depot.take, with: { what: email }, ${give('result.id')}, done: ended }
  ended: { final: completed }`,
};

describe('undo of the workflow itself', () => {
  const whole = (beside = '') =>
    play({
      beside: `${give('\'"all" + text(other)\'')}${beside}`,
      states: `
  taking: { call: depot.take, with: { what: email }, ${give('result.id')}, done: again }
  again: { call: depot.take, with: { what: email }, ${give('result.id')}, done: checking }
  checking:
    ${TASK}
    on:
      stop: { to: stopped, undo: all, set: { other: 8 } }
      back: { to: again, undo: again }
      done: ended
  ${ENDED}`,
    })
      .done('taking', { id: 'A' })
      .done('again', { id: 'B' });

  it('comes last when all is taken back', () => {
    const its = whole().complete('checking', 'stop');
    expect(takenBack(its)).to.deep.equal(['B', 'A', 'all8']);
    expect(its.result.outcome).to.equal('stopped');
  });

  it('is left out where a part is taken back', () => {
    const its = whole().complete('checking', 'back');
    expect(takenBack(its)).to.deep.equal(['B']);
  });

  it('comes last when the case is called off, also while a part is being undone', () => {
    expect(takenBack(whole().take({ kind: 'cancel' }))).to.deep.equal(['B', 'A', 'all7']);
    const its = whole().complete('checking', 'back').take({ kind: 'cancel' });
    const [entry] = Object.values(its.result.case.context.undoing?.entries ?? []);
    expect(entry).to.include({ state: 'again' });
    its.take({ kind: 'undone', entry: 1 });
    expect(takenBack(its)).to.deep.equal(['A', 'all7']);
    expect(its.result.outcome).to.equal('called off');
  });

  it('comes once when the case is called off while all is being undone', () => {
    const its = whole().complete('checking', 'stop').take({ kind: 'cancel' });
    its.take({ kind: 'undone', entry: 1 });
    expect(takenBack(its)).to.deep.equal(['A', 'all8']);
    expect(its.result.outcome).to.equal('called off');
  });

  it('comes once, also where the case has gone on and all is taken back again', () => {
    const its = whole('\non: { restart: { by: { role: clerk }, to: again, undo: all } }');
    const form = { data: {}, own: {} };
    its.take({ kind: 'press', state: '', visit: 1, button: 'restart', form, actor: MANAGER });
    expect(takenBack(its)).to.deep.equal(['B', 'A', 'all7']);
    its.done('again', { id: 'C' });
    expect(takenBack(its.complete('checking', 'stop'))).to.deep.equal(['C']);
    expect(its.result.outcome).to.equal('stopped');
  });

  it('comes last when the case that ran it is undone', () => {
    const workflow = compiled({ ...HELPER, beside: give('\'"all"\'') });
    const result = beginBy(workflow, { kind: 'run', input: { email: 'a@ada.example' } });
    if (result.kind === 'refused') throw new Error(result.message);
    const its = new Player(workflow, result, NOW).done('taking', { id: 'X' });
    expect(its.result.outcome).to.equal('completed');
    expect(takenBack(its.take({ kind: 'undo', entry: 4 }))).to.deep.equal(['X', 'all']);
    expect(its.effects).to.deep.equal(['child-undone 4']);
  });
});

describe('after of the workflow itself', () => {
  const TIMED = {
    beside: 'after: { 3 days: { to: stopped, undo: all } }',
    states: `
  taking: { call: depot.take, with: { what: email }, ${give('result.id')}, done: checking }
  checking:
    ${TASK}
    on: { again: checking, all: { to: checking, undo: all }, done: ended }
  ${ENDED}`,
  };

  it('holds in every state, counted from the start', () => {
    const its = play(TIMED);
    expect(its.timerIn('')?.at).to.equal(NOW + 3 * DAY);
    its.now += DAY;
    its.done('taking', { id: 'A' }).complete('checking', 'again');
    expect(its.timerIn('')?.at).to.equal(NOW + 3 * DAY);
    expect(takenBack(its.timer(''))).to.deep.equal(['A']);
    expect(its.result.outcome).to.equal('stopped');
  });

  it('stops with the case', () => {
    const its = play(TIMED).done('taking', { id: 'A' });
    const late = its.timerEvent('');
    expect(its.complete('checking', 'done').effects).to.include('stop #1 (none)');
    expect(its.refusal(late)).to.equal('stale');
  });

  it('waits until what is being undone is undone', () => {
    const its = play(TIMED).done('taking', { id: 'A' });
    its.complete('checking', 'all');
    its.now += 3 * DAY;
    expect(its.timer('').effects).to.deep.equal([]);
    expect(its.refusal(its.timerEvent(''))).to.equal('taken');
    its.take({ kind: 'undone', entry: 1 });
    expect(its.effects).to.include('timer #1 0');
    expect(its.timer('').result.outcome).to.equal('stopped');
  });
});
