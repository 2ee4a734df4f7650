import { expect } from 'chai';
import { compiledUnchecked } from '../fixtures/workshop.ts';
import type { Play } from './play.ts';
import { CLERK, firstStep, play as playWritten } from './play.ts';

const FORMS = `
  look: { title: Look, show: [email] }`;
const LOOK = 'task: { assign: { role: clerk }, form: look }';
const ENDED = 'ended: { final: completed }';
const play = (states: string): Play => playWritten({ forms: FORMS, states });
const take = (after: string): string =>
  `{ call: depot.take, with: { what: email }, undo: { call: depot.give, with: { id: result.id } }, done: ${after} }`;

/** What the last step takes back. */
function takenBack(its: Play): readonly unknown[] {
  return its.asked('undo').map(({ input }) => input['id']);
}

function undone(its: Play): Play {
  const [undo] = its.asked('undo');
  return its.take({ kind: 'undone', entry: undo?.entry ?? 0 });
}

describe('undo of a part', () => {
  const scopes = `
  first: ${take('around')}
  around:
    states:
      second: ${take('third')}
      third: ${take('looking')}
      looking: { ${LOOK}, on: { done: over, again: { to: second, undo: second } } }
      over: { final: true }
    on: { leave: { by: { role: clerk }, to: resting, undo: here } }
    done: resting
  resting:
    ${LOOK}
    on:
      one: { to: ended, undo: around/third }
      inner: { to: ended, undo: around }
      all: { to: ended, undo: all }
  ${ENDED}`;
  const ready = () =>
    play(scopes)
      .done('first', { id: 'A' })
      .done('around/second', { id: 'B' })
      .done('around/third', { id: 'C' });

  it('takes back what was completed in a state, latest first, and nothing else', () => {
    const its = ready().complete('around/looking', 'done').complete('resting', 'inner');
    expect(its.result.status).to.equal('undoing');
    expect(takenBack(its)).to.deep.equal(['C']);
    expect(takenBack(undone(its))).to.deep.equal(['B']);
    expect(undone(its).result).to.include({ status: 'finished', outcome: 'completed' });
  });

  it('takes back every visit of the state, and each once', () => {
    const its = ready().complete('around/looking', 'again');
    expect(takenBack(its)).to.deep.equal(['B']);
    undone(its).done('around/second', { id: 'D' }).done('around/third', { id: 'E' });
    its.complete('around/looking', 'done').complete('resting', 'one');
    expect(takenBack(its)).to.deep.equal(['E']);
    expect(takenBack(undone(its))).to.deep.equal(['C']);
    expect(undone(its).result.outcome).to.equal('completed');
  });

  it('takes back what was completed here, where the rule belongs to the state around', () => {
    const its = ready();
    its.take({
      ...{ kind: 'press', ...its.visit('around'), button: 'leave' },
      actor: { kind: 'staff', id: 'u1', name: 'Cleo' },
      form: { data: {}, own: {} },
    });
    expect(takenBack(its)).to.deep.equal(['C']);
    expect(takenBack(undone(its))).to.deep.equal(['B']);
    undone(its).complete('resting', 'all');
    expect(takenBack(its)).to.deep.equal(['A']);
  });

  describe('in a region', () => {
    const regions = () =>
      play(`
  both:
    parallel:
      one:
        states:
          first: ${take('second')}
          second: ${take('looking')}
          looking: { ${LOOK}, on: { back: { to: first, undo: first }, redo: { to: first, undo: ^one }, done: over } }
          over: { final: true }
      two: { states: { a: ${take('b')}, b: { ${LOOK}, on: { stop: { to: ^stopped, undo: all }, done: over } }, over: { final: true } } }
    done: ended
  stopped: { final: stopped }
  ${ENDED}`)
        .done('both/one/first', { id: 'A' })
        .done('both/two/a', { id: 'X' })
        .done('both/one/second', { id: 'B' });

    it('lets the other regions go on, and enters its target afterwards', () => {
      const its = regions().complete('both/one/looking', 'redo');
      expect(takenBack(its)).to.deep.equal(['B']);
      expect(its.result.status).to.equal('active');
      expect(its.states).to.deep.equal(['both/two/b']);
      const [undo] = its.asked('undo');
      its.complete('both/two/b', 'done');
      expect(its.result.status).to.equal('active');
      its.take({ kind: 'undone', entry: undo?.entry ?? 0 });
      expect(takenBack(its)).to.deep.equal(['A']);
      expect(undone(its).states).to.deep.equal(['both/one/first', 'both/two/over']);
      expect(its.effects).to.deep.equal(['call both/one/first#2']);
    });

    it('enters its target at once where there is nothing to take back', () => {
      const its = regions().complete('both/one/looking', 'back');
      undone(its).done('both/one/first', { id: 'C' }).done('both/one/second', { id: 'D' });
      expect(takenBack(its.complete('both/one/looking', 'redo'))).to.deep.equal(['D']);
    });

    it('takes back first what is complete when the region is left meanwhile', () => {
      const its = play(`
  both:
    parallel:
      two:
        states:
          resting: { undo: { call: depot.give, with: { id: '"C"' } }, on: { stop: { by: { role: clerk }, to: ^stopped, undo: all }, go: { by: { role: clerk }, to: over } } }
          over: { final: true }
      one:
        states:
          first: ${take('second')}
          second: ${take('looking')}
          looking: { ${LOOK}, on: { redo: { to: first, undo: ^one }, done: over } }
          over: { final: true }
    done: ended
  stopped: { final: stopped }
  ${ENDED}`);
      its.done('both/one/first', { id: 'A' }).done('both/one/second', { id: 'B' });
      its.complete('both/one/looking', 'redo');
      its.take({
        ...{ kind: 'press', ...its.visit('both/two/resting'), button: 'stop' },
        ...{ actor: CLERK, form: { data: {}, own: {} } },
      });
      expect(takenBack(its)).to.deep.equal(['C']);
      expect(takenBack(undone(its))).to.deep.equal(['A']);
    });

    it('goes on taking back when the region is left meanwhile, each once', () => {
      const its = regions().complete('both/one/looking', 'redo');
      expect(takenBack(its)).to.deep.equal(['B']);
      its.complete('both/two/b', 'stop');
      expect(takenBack(its)).to.deep.equal(['X']);
      its.take({ kind: 'undone', entry: 1 });
      expect(its.result.status).to.equal('undoing');
      its.take({ kind: 'undone', entry: 2 });
      expect(takenBack(its)).to.deep.equal(['A']);
      its.take({ kind: 'undone', entry: 3 });
      expect(its.result.outcome).to.equal('stopped');
      expect(its.take({ kind: 'undone', entry: 3 }).effects).to.deep.equal([]);
    });
  });
});

describe('what is complete in the very step in which it is taken back', () => {
  const nowhere = (name: string): string =>
    `${name}: { when: 'orElse(flag, false)', states: { over: { final: true } } }`;
  const idle = `idle: { states: { looking: { ${LOOK}, on: { done: over } }, over: { final: true } } }`;
  const complete = `
        complete:
          states:
            at-once:
              parallel: { ${nowhere('one')}, ${nowhere('two')} }
              undo: { call: depot.give, with: { id: text(other) } }
              done: [{ to: over, when: 'orElse(flag, false)' }]
            over: { final: true }`;

  const orders = {
    last: `${idle}${complete}`,
    first: `${complete.trimStart()}\n        ${idle}`,
  };
  for (const [place, regions] of Object.entries(orders)) {
    it(`is kept with the data of before, also where its region is written ${place}`, () => {
      const states = `
    around:
      parallel:
        ${regions}
      next: [{ to: around, set: { other: other + 1 }, undo: all }]
      done: ended
    ${ENDED}`;
      const first = firstStep(compiledUnchecked({ forms: FORMS, states }));
      if (first.kind === 'refused') throw new Error(first.message);
      const { data } = first.case.context;
      const undo = first.effects.filter(({ kind }) => kind === 'undo');
      expect([
        data['other'],
        undo.map((effect) => 'input' in effect && effect.input),
      ]).to.deep.equal([8, [{ id: '7' }]]);
    });
  }
});
