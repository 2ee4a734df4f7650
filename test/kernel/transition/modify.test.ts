import { expect } from 'chai';
import { authoredPlaces } from '../../../engine/kernel/compile/authored-places.ts';
import type { CaseEvent, FieldChange, WorkChange } from '../../../engine/kernel/event.ts';
import { CLERK, MANAGER, play } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: work, notBy: [starter] }';

const STATES = `
  taking:
    call: depot.take
    with: { what: email }
    save: { id: result.id }
    undo: { call: depot.give, with: { id: result.id } }
    done: both
    after: { 1 days: late }
  both:
    parallel:
      people:
        states:
          first: { ${TASK}, on: { done: second, other: over } }
          second: { ${TASK}, on: { done: over } }
          over: { final: true }
      packing: { call: depot.pack, with: { what: id } }
    done: waiting
  waiting: { wait: { message: depot.arrived, match: reference }, save: { count: message.pieces }, done: ended }
  late: { final: late }
  ended: { final: completed }`;

function modify(
  work?: WorkChange,
  set: readonly FieldChange[] = [],
): Extract<CaseEvent, { readonly kind: 'modify' }> {
  return { kind: 'modify', reason: 'A test.', actor: MANAGER, set, ...(work && { work }) };
}

describe('a case that is changed by hand', () => {
  it('moves to another state, and calls off what it leaves', () => {
    const its = play(STATES).done('taking');
    its.take(modify({ kind: 'move', from: 'both/people/first', to: 'waiting' }));
    expect(its.states).to.deep.equal(['waiting']);
    expect(its.effects).to.have.members([
      'stop both/people/first#1 (task)',
      'stop both/packing/work#1 (call)',
      'wait waiting#1',
    ]);
    its.take(modify({ kind: 'move', from: 'waiting', to: 'both/people/second' }));
    expect(its.states).to.deep.equal(['both/people/second', 'both/packing/work']);
  });

  it('moves within one region and leaves the others alone', () => {
    const its = play(STATES).done('taking');
    its.take(modify({ kind: 'move', from: 'both/people/first', to: 'both/people/second' }));
    expect(its.states).to.deep.equal(['both/people/second', 'both/packing/work']);
    expect(its.effects).to.deep.equal([
      'stop both/people/first#1 (task)',
      'task both/people/second#1',
    ]);
    its.take(modify({ kind: 'move', from: 'both/people/second', to: 'both/people/over' }));
    its.done('both/packing/work');
    expect(its.states).to.deep.equal(['waiting']);
  });

  it('does not move between regions, from where it is not, or to what is not there', () => {
    const its = play(STATES).done('taking');
    const ways: readonly WorkChange[] = [
      { kind: 'move', from: 'both/people/first', to: 'both/packing/work' },
      { kind: 'move', from: 'waiting', to: 'ended' },
      { kind: 'move', from: 'both/people/first', to: 'nowhere' },
      { kind: 'move', from: '', to: 'ended' },
      { kind: 'repeat', state: 'waiting' },
      { kind: 'skip', state: 'taking', as: { kind: 'done', result: {} } },
      { kind: 'skip', state: 'both', as: { kind: 'done', result: {} } },
    ];
    for (const way of ways) expect(its.refusal(modify(way))).to.equal('not-possible');
  });

  it('does not move to where a value is missing that is needed there', () => {
    const its = play(STATES);
    const to = { kind: 'move', from: 'taking', to: 'both' } as const;
    expect(its.refusal(modify(to))).to.equal('refused-data');
    its.take(modify(to, [{ field: 'id', value: 'T-9' }]));
    expect(its.states).to.deep.equal(['both/people/first', 'both/packing/work']);
    expect(its.data['id']).to.equal('T-9');
  });

  it('repeats work with what the case carries now', () => {
    const its = play(STATES);
    const set = [{ field: 'email', value: 'b@ada.example' }];
    its.take(modify({ kind: 'repeat', state: 'taking' }, set));
    expect(its.asked('call')[0]).to.deep.include({ visit: 2, input: { what: 'b@ada.example' } });
    expect(its.effects).to.include('stop taking#1 (call)').and.to.include('timer taking#2 0');
    its.done('taking').take(modify({ kind: 'repeat', state: 'both/packing/work' }));
    expect(its.effects).to.deep.equal([
      'stop both/packing/work#1 (call)',
      'call both/packing/work#2',
    ]);
  });

  it('skips and begins anew a region that is one piece of work, by its name', () => {
    const its = play(STATES).done('taking');
    expect(its.refusal(modify({ kind: 'repeat', state: 'both/people' }))).to.equal('not-possible');
    its.take(modify({ kind: 'repeat', state: 'both/packing' }));
    expect(its.effects).to.deep.equal([
      'stop both/packing/work#1 (call)',
      'call both/packing/work#2',
    ]);
    const end = { kind: 'done', result: { id: 'X' } } as const;
    its.take(modify({ kind: 'skip', state: 'both/packing', as: end }));
    expect(authoredPlaces(its.states, its.compiled)).to.deep.equal([
      { name: 'both/people/first', isOver: false },
      { name: 'both/packing', isOver: true },
    ]);
  });

  it('skips work, which ends as if it had been done', () => {
    const its = play(STATES);
    const badly = { kind: 'done', result: { wrong: 1 } } as const;
    expect(its.refusal(modify({ kind: 'skip', state: 'taking', as: badly }))).to.equal(
      'not-possible',
    );
    const end = { kind: 'outcome', outcome: 'done' } as const;
    expect(its.refusal(modify({ kind: 'skip', state: 'taking', as: end }))).to.equal(
      'not-possible',
    );
    its.take(modify({ kind: 'skip', state: 'taking', as: { kind: 'done', result: { id: 'X' } } }));
    expect(its.effects[0]).to.equal('stop taking#1 (call)');
    expect(its.effects.filter((effect) => effect.startsWith('stop'))).to.have.length(1);
    expect(its.data['id']).to.equal('X');
    its.take(
      modify({ kind: 'skip', state: 'both/people/first', as: { ...end, outcome: 'other' } }),
    );
    expect(its.states).to.deep.equal(['both/people/over', 'both/packing/work']);
    const error = { code: 'GONE', message: 'Gone.' };
    const failing = modify({
      kind: 'skip',
      state: 'both/packing/work',
      as: { kind: 'failed', error },
    });
    expect(its.refusal(failing)).to.equal('unhandled');
    its.done('both/packing/work');
    const heard = {
      kind: 'message',
      name: 'depot.arrived',
      body: { parcel: 'S-1', pieces: 3 },
    } as const;
    const other = modify({ kind: 'skip', state: 'waiting', as: { ...heard, name: 'depot.other' } });
    expect(its.refusal(other)).to.equal('not-possible');
    its.take(modify({ kind: 'skip', state: 'waiting', as: heard }));
    expect(its.result).to.include({ outcome: 'completed' });
    expect(its.data['count']).to.equal(3);
    expect(its.refusal(modify())).to.equal('not-possible');
  });

  it('does not skip to where the case stays: its work would go on', () => {
    const its = play(`
  asking: { ${TASK}, on: { done: ended, other: { set: { count: 1 } } }, after: { 1 days: ended } }
  ended: { final: completed }`);
    const skip = (outcome: string): CaseEvent =>
      modify({ kind: 'skip', state: 'asking', as: { kind: 'outcome', outcome } });
    expect(its.refusal(skip('other'))).to.equal('not-possible');
    its.take(skip('done'));
    expect(its.effects[0]).to.equal('stop asking#1 (task)');
  });

  it('takes data of the right type alone, and reads again what waits', () => {
    const its = play(`
  asking: { ${TASK}, on: { done: ended }, next: [{ when: 'flag', to: ended }] }
  ended: { final: completed }`);
    const wrong: readonly FieldChange[] = [
      { field: 'count', value: 'many' },
      { field: 'count', value: 101 },
      { field: 'item.pieces', value: 0 },
      { field: 'nothing', value: 1 },
      { field: 'item.nothing', value: 1 },
      { field: 'constructor', value: 1 },
    ];
    for (const change of wrong) {
      expect(its.refusal(modify(undefined, [change])), change.field).to.be.oneOf([
        'not-possible',
        'refused-data',
      ]);
    }
    its.take(
      modify(undefined, [
        { field: 'item.pieces', value: 5 },
        { field: 'count', value: null },
      ]),
    );
    expect(its.data)
      .to.deep.include({ item: { pieces: 5 } })
      .and.not.to.have.property('count');
    expect(its.states).to.deep.equal(['asking']);
    its.take(modify(undefined, [{ field: 'flag', value: true }]));
    expect(its.result.outcome).to.equal('completed');
  });

  it('can be changed while it is suspended, and stays so', () => {
    const its = play(STATES).take({ kind: 'suspend', reason: 'Look.' });
    expect(its.result.status).to.equal('suspended');
    its.take(modify({ kind: 'skip', state: 'taking', as: { kind: 'done', result: { id: 'X' } } }));
    expect(its.result.status).to.equal('suspended');
    expect(its.refusal(its.outcome('both/people/first', 'done', {}, CLERK))).to.equal('suspended');
  });
});
