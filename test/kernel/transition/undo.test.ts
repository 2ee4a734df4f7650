import { expect } from 'chai';
import type { CaseEvent } from '../../../engine/kernel/event.ts';
import { persist } from '../../../engine/kernel/transition/live-case.ts';
import { transition } from '../../../engine/kernel/transition/transition.ts';
import type { WrittenWorkflow } from '../fixtures/workshop.ts';
import { compiled } from '../fixtures/workshop.ts';
import type { Play } from './play.ts';
import { beginBy, play, Play as Player, NOW } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const ENDED = 'ended: { final: completed }';
const TAKE = `call: depot.take
    with: { what: email }
    undo: { call: depot.give, with: { id: result.id } }`;

/** The numbers of the undo entries that a step asks for. */
function entries(its: Play): readonly number[] {
  return its.asked('undo').map(({ entry }) => entry);
}

describe('undo: all', () => {
  const looping = () =>
    play(`
  taking:
    ${TAKE}
    done: packing
  packing:
    call: depot.pack
    with: { what: email }
    undo: { call: depot.give, with: { id: note } }
    save: { note: result.id }
    done: checking
  checking:
    ${TASK}
    on: { again: taking, stop: { to: stopped, undo: all, set: { note: '"stopped"' } }, done: ended }
  stopped: { final: stopped }
  ${ENDED}`);

  it('takes back every completed visit once, latest first, one after the other', () => {
    const its = looping().done('taking', { id: 'A' }).done('packing', { id: 'B' });
    its.complete('checking', 'again').done('taking', { id: 'C' }).done('packing', { id: 'D' });
    its.complete('checking', 'stop');
    expect(its.result).to.include({ status: 'undoing' });
    expect(its.states).to.deep.equal([]);
    expect(its.refusal(its.outcome('checking', 'done'))).to.equal('stale');
    const undone: string[] = [];
    while (its.result.status === 'undoing') {
      const [undo, ...others] = its.asked('undo');
      expect(others).to.deep.equal([]);
      undone.push(JSON.stringify(undo?.input));
      its.take({ kind: 'undone', entry: undo?.entry ?? 0 });
    }
    // With the number that was current when each was completed, whatever was set since.
    expect(undone).to.deep.equal(['D', 'C', 'B', 'A'].map((id) => JSON.stringify({ id })));
    expect(its.result).to.include({ status: 'finished', outcome: 'stopped' });
  });

  it('enters its target at once where there is nothing to take back', () => {
    const its = play(`
  checking:
    ${TASK}
    on: { stop: { to: stopped, undo: all } }
  stopped: { final: stopped }`);
    expect(its.complete('checking', 'stop').result.outcome).to.equal('stopped');
  });

  it('takes each back at most once, also when it is asked for again', () => {
    const its = play(`
  taking:
    ${TAKE}
    done: checking
  checking:
    ${TASK}
    on: { back: { to: checking, undo: all }, done: ended }
  ${ENDED}`).done('taking');
    its.complete('checking', 'back');
    const [entry = 0] = entries(its);
    its.take({ kind: 'undone', entry });
    expect(its.states).to.deep.equal(['checking']);
    expect(its.effects).to.deep.equal(['task checking#2']);
    its.complete('checking', 'back');
    expect(its.states).to.deep.equal(['checking']);
    expect(entries(its)).to.deep.equal([]);
    // An answer that comes again changes nothing, and one that was never asked for is refused.
    expect(its.take({ kind: 'undone', entry }).effects).to.deep.equal([]);
    expect(its.refusal({ kind: 'undone', entry: entry + 1 })).to.equal('stale');
  });

  it('takes back what all regions did, in the order of the history', () => {
    const its = play(`
  both:
    parallel:
      one: { call: depot.take, with: { what: email }, undo: { call: depot.give, with: { id: result.id } } }
      two: { call: depot.pack, with: { what: email }, undo: { call: depot.give, with: { id: result.id } } }
      three: { states: { first: { ${TASK}, on: { stop: { to: ^ended, undo: all }, done: over } }, over: { final: true } } }
    done: ended
  ${ENDED}`);
    its.done('both/two/work', { id: 'T' }).done('both/one/work', { id: 'O' });
    its.complete('both/three/first', 'stop');
    expect(its.asked('undo').map(({ input }) => input)).to.deep.equal([{ id: 'O' }]);
    its.take({ kind: 'undone', entry: entries(its)[0] ?? 0 });
    expect(its.asked('undo').map(({ input }) => input)).to.deep.equal([{ id: 'T' }]);
  });

  describe('while a call is under way', () => {
    const leaving = () =>
      play(`
  taking:
    ${TAKE}
    done: ended
    after: { 1 days: { to: waiting, undo: all } }
  waiting:
    ${TASK}
    on: { done: ended }
  ${ENDED}`);

    it('takes the call back when it turns out to have succeeded, once', () => {
      const its = leaving();
      expect(its.asked('call')[0]).to.include({ outlives: true });
      const late = { kind: 'done', ...its.visit('taking'), result: { id: 'L' } } as const;
      its.timer('taking');
      expect(its.states).to.deep.equal(['waiting']);
      its.take(late);
      expect(its.effects).to.deep.equal(['undo 1 depot.give {"id":"L"}']);
      expect(its.states).to.deep.equal(['waiting']);
      expect(its.refusal(late)).to.equal('stale');
      its.take({ kind: 'undone', entry: 1 });
      expect(its.effects).to.deep.equal([]);
    });

    it('also when the case has ended meanwhile', () => {
      const its = leaving();
      const late = { kind: 'done', ...its.visit('taking'), result: { id: 'L' } } as const;
      its.timer('taking').complete('waiting', 'done');
      expect(its.result.status).to.equal('finished');
      its.take(late);
      expect(its.effects).to.deep.equal(['undo 1 depot.give {"id":"L"}']);
      expect(its.take({ kind: 'undone', entry: 1 }).result.status).to.equal('finished');
    });

    it('ignores that it failed', () => {
      const its = leaving();
      const error = { code: 'NO', message: 'No.' };
      const late = { kind: 'failed', ...its.visit('taking'), error } as const;
      expect(its.timer('taking').refusal(late)).to.equal('stale');
    });
  });

  it('ignores the late result of a call without an undo', () => {
    const its = play(`
  taking:
    call: depot.take
    with: { what: email }
    done: ended
    after: { 1 days: waiting }
  waiting: { ${TASK}, on: { done: ended } }
  ${ENDED}`);
    expect(its.asked('call')[0]).not.to.have.property('outlives');
    const late = { kind: 'done', ...its.visit('taking'), result: { id: 'L' } } as const;
    its.timer('taking');
    expect(its.effects[0]).to.equal('stop taking#1 (call)');
    expect(its.refusal(late)).to.equal('stale');
  });
});

describe('child cases', () => {
  const HELPER: WrittenWorkflow = {
    name: 'helper',
    start: 'calling: { run: [email] }',
    states: `
  taking:
    ${TAKE}
    done: checking
  checking:
    ${TASK}
    on: { done: good, other: other, fail: { to: failed, undo: all }, back: { to: taking, undo: all } }
  good: { final: completed }
  other: { final: other }
  failed: { final: failed }`,
  };
  const parent = () =>
    play(
      `
  helping:
    run: helper
    with: { email: email }
    on: { other: { to: checking, set: { note: '"other"' } } }
    done: checking
    failed: { to: checking, set: { note: '"failed"' } }
    after: { 1 days: checking }
  checking:
    ${TASK}
    on: { stop: { to: stopped, undo: all }, again: helping }
  stopped: { final: stopped }`,
      {},
      [HELPER],
    );
  const child = () => {
    const workflow = compiled(HELPER);
    const result = beginBy(workflow, { kind: 'run', input: { email: 'a@ada.example' } });
    if (result.kind === 'refused') throw new Error(result.message);
    return new Player(workflow, result, NOW);
  };

  it('are asked for, and told by their outcome or by done', () => {
    expect(parent().asked('run')[0]).to.include({ workflow: 'helper', visit: 1 });
    expect(parent().done('helping', {}, 'other').data['note']).to.equal('other');
    expect(parent().done('helping', {}, 'completed').data['note']).to.equal(undefined);
    expect(parent().fail('helping').data['note']).to.equal('failed');
  });

  it('are undone with their parent, one after the other', () => {
    const its = parent().done('helping', {}, 'completed').complete('checking', 'again');
    its.done('helping', {}, 'completed').complete('checking', 'stop');
    expect(its.effects).to.deep.equal(['undo-child 1 helping#2']);
    its.take({ kind: 'undone', entry: 1 });
    expect(its.effects).to.deep.equal(['undo-child 2 helping#1']);
    expect(its.take({ kind: 'undone', entry: 2 }).result.outcome).to.equal('stopped');
  });

  it('are called off when their parent leaves, and undone where they had ended before', () => {
    const its = parent();
    const visit = its.visit('helping');
    its.timer('helping');
    expect(its.effects).to.include('stop helping#1 (run)');
    const calledOff = { kind: 'done', ...visit, result: {}, outcome: 'called off' } as const;
    expect(its.refusal(calledOff)).to.equal('stale');
    its.take({ kind: 'done', ...visit, result: {}, outcome: 'completed' });
    expect(its.effects).to.deep.equal(['undo-child 1 helping#1']);
  });

  it('undo themselves when they are called off', () => {
    const its = child().done('taking', { id: 'X' }).take({ kind: 'cancel' });
    expect(its.effects).to.deep.equal(['stop checking#1 (task)', 'undo 1 depot.give {"id":"X"}']);
    expect(its.refusal({ kind: 'cancel' })).to.equal('stale');
    its.take({ kind: 'undone', entry: 1 });
    expect(its.effects).to.deep.equal(['finish called off']);
    expect(its.states).to.deep.equal([]);
    expect(its.refusal({ kind: 'cancel' })).to.equal('stale');
  });

  it('end when they are called off on their way back to somewhere', () => {
    const its = child().done('taking', { id: 'X' }).complete('checking', 'back');
    its.take({ kind: 'cancel' });
    expect(its.effects).to.deep.equal([]);
    its.take({ kind: 'undone', entry: 1 });
    expect(its.result.outcome).to.equal('called off');
  });

  it('undo themselves after their end when their parent wants it, once', () => {
    const its = child().done('taking', { id: 'X' });
    expect(its.refusal({ kind: 'undo', entry: 3 })).to.equal('stale');
    its.complete('checking', 'done').take({ kind: 'undo', entry: 3 });
    expect(its.result.status).to.equal('undoing');
    expect(its.effects).to.deep.equal(['undo 1 depot.give {"id":"X"}']);
    expect(its.refusal({ kind: 'undo', entry: 3 })).to.equal('stale');
    expect(its.refusal({ kind: 'cancel' })).to.equal('stale');
    its.take({ kind: 'undone', entry: 1 });
    expect(its.effects).to.deep.equal(['child-undone 3']);
    expect(its.result).to.include({ status: 'finished', outcome: 'completed' });
    expect(its.take({ kind: 'undo', entry: 4 }).effects).to.deep.equal(['child-undone 4']);
  });

  it('are stored the same, whether they went on in memory or were read back in between', () => {
    const its = child();
    let live = its.result.case;
    const take = (event: CaseEvent): void => {
      const inMemory = transition(its.compiled, live, event, its.moment());
      if (inMemory.kind === 'refused') throw new Error(inMemory.message);
      live = inMemory.case;
      its.take(event);
      const stored = JSON.stringify(persist(live));
      expect(stored).to.equal(JSON.stringify(persist(its.result.case)));
    };
    take({ kind: 'done', ...its.visit('taking'), result: { id: 'X' } });
    take(its.outcome('checking', 'back'));
    take({ kind: 'undone', entry: 1 });
    take({ kind: 'done', ...its.visit('taking'), result: { id: 'Y' } });
    take(its.outcome('checking', 'done'));
    take({ kind: 'undo', entry: 3 });
  });

  it('begin with what they are given, whole and nothing else', () => {
    const workflow = compiled(HELPER);
    const given = [{}, { email: 'a@b.example', note: 'x' }, { email: 'x'.repeat(255) }];
    for (const input of given) {
      expect(beginBy(workflow, { kind: 'run', input })).to.include({ code: 'refused-data' });
    }
    const form = { data: {}, own: {} };
    const byForm = beginBy(workflow, { kind: 'form', start: 'calling', form });
    expect(byForm).to.include({ kind: 'refused', code: 'refused-data' });
  });
});
