import { expect } from 'chai';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { play } from '../transition/play.ts';
import type { Play } from '../transition/play.ts';

const FORM = `
  list:
    title: List
    fields:
      - { field: items, columns: [sku, pieces], required: true }
      - { field: reason, kind: text, maxLength: 20, required: true, when: 'orElse(count, 0) > 3' }
      - { field: note, when: 'outcome == "long"', required: true }
      - { field: tick, kind: yes/no }
    rules:
      - { must: 'items.all(i, i.sku != "X")', say: { en: Not X please, de: Kein X }, at: items }
      - { must: 'orElse(form.tick, true)', say: Tick it }`;

const listing = (data: JsonObject = {}): Play =>
  play(
    {
      forms: FORM,
      states: `
  first: { task: { assign: { role: clerk }, form: list }, on: { done: ended, long: ended } }
  ended: { final: completed }`,
    },
    data,
  );

/** The places and words of what a form refuses; nothing where it is taken. */
function refused(
  its: Play,
  data: JsonObject,
  own: JsonObject = {},
  outcome = 'done',
): readonly string[] {
  const result = its.offer(its.outcome('first', outcome, { data, own }));
  if (result.kind === 'stepped') return [];
  return (result.errors ?? []).map(({ field, message }) => `${field}: ${message}`);
}

const ONE = [{ sku: 'A', pieces: 1 }];

describe('what a form takes', () => {
  it('is what its fields ask for, in the columns that they name', () => {
    expect(refused(listing(), { items: ONE })).to.deep.equal([]);
    expect(refused(listing(), {})).to.deep.equal(['items: is required']);
    expect(refused(listing(), { items: [] })).to.deep.equal(['items: is required']);
    const wrong = [{ sku: 'A', pieces: 2, label: 'x' }];
    expect(refused(listing(), { items: wrong })).to.deep.equal([
      'items.0.label: is not asked for by this form',
    ]);
    expect(refused(listing(), { items: 'A' })).to.have.length(1);
  });

  it('is nothing that it does not ask for, however deep it lies', () => {
    expect(
      refused(listing(), { items: ONE, item: { pieces: 2 }, id: '1' }, { x: 1 }),
    ).to.deep.equal([
      'item: is not asked for by this form',
      'id: is not asked for by this form',
      'form.x: is not asked for by this form',
    ]);
    const proto = JSON.parse('{"__proto__":{"a":1}}') as JsonObject;
    expect(refused(listing(), { ...proto, items: ONE })).to.deep.equal([
      '__proto__: is not asked for by this form',
    ]);
  });

  it('depends on `when`, read over the data before and the outcome', () => {
    expect(refused(listing({ count: 4 }), { items: ONE })).to.deep.equal([
      'form.reason: is required',
    ]);
    expect(refused(listing(), { items: ONE }, { reason: 'x' })).to.deep.equal([
      'form.reason: is not asked for by this form',
    ]);
    expect(refused(listing(), { items: ONE }, {}, 'long')).to.deep.equal(['note: is required']);
    expect(refused(listing(), { items: ONE, note: 'x' }, {}, 'long')).to.deep.equal([]);
    expect(refused(listing(), { items: ONE, note: 'x' })).to.deep.equal([
      'note: is not asked for by this form',
    ]);
  });

  it('keeps its rules, told at their place or at the form', () => {
    expect(refused(listing(), { items: [{ sku: 'X', pieces: 1 }] }, { tick: false })).to.deep.equal(
      ['items: Not X please', ': Tick it'],
    );
  });

  it('may leave what was there, and empty what may be empty', () => {
    const its = play({
      forms: `
  change: { title: Change, fields: [{ field: note, required: true }, { field: items, columns: [sku, pieces] }, count] }`,
      states: `
  first: { task: { assign: { role: clerk }, form: change }, on: { more: first, done: ended } }
  ended: { final: completed }`,
    });
    its.complete('first', 'more', {
      data: { note: 'x', items: [{ sku: 'A', pieces: 1 }], count: 3 },
    });
    its.complete('first', 'more', { data: {} });
    expect(its.data).to.deep.include({ note: 'x', items: [{ sku: 'A', pieces: 1 }], count: 3 });
    its.complete('first', 'more', { data: { items: null, count: null } });
    expect(its.data['items']).to.deep.equal([]);
    expect(its.data).not.to.have.property('count');
    expect(its.refusal(its.outcome('first', 'done', { data: { note: null } }))).to.equal(
      'refused-data',
    );
  });

  it('has the columns that must be filled in every item, whoever wrote it', () => {
    const parts = {
      forms: `
  change: { title: Change, fields: [{ field: items, columns: [sku, pieces, { field: label, required: true }] }] }`,
      states: `
  first: { task: { assign: { role: clerk }, form: change }, on: { more: first, done: ended } }
  ended: { final: completed }`,
    };
    const posted = play(parts);
    const items = [
      { sku: 'A', pieces: 1, label: 'a' },
      { sku: 'B', pieces: 1, label: null },
      { sku: 'C', pieces: 1 },
    ];
    expect(refused(posted, { items })).to.include.members([
      'items.1.label: is required',
      'items.2.label: is required',
    ]);
    expect(refused(posted, { items: [{ sku: 'A', pieces: 1, label: 'a' }] })).to.deep.equal([]);
    expect(refused(posted, {})).to.deep.equal([]);

    const kept = play({
      ...parts,
      states: `
  before: { entry: { set: { items: '[{"sku": "A", "pieces": 1}]' } }, next: first }${parts.states}`,
    });
    expect(refused(kept, {})).to.deep.equal(['items.0.label: is required']);
  });
});
