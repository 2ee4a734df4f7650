import { expect } from 'chai';
import { CLERK, play } from './play.ts';

const DATA = `
  made:
    kind: object
    fields: { sku: { kind: text }, pieces: { kind: whole number }, colour: { kind: text } }`;

const STATES = `
  asking:
    call: records.Item.get
    with: { sku: '"A1"' }
    save: { item: result.record, made: '{"sku": "A2", "pieces": 1, "colour": "red"}' }
    done: keeping
    failed: ended
  keeping:
    call: records.Item.create
    with: { record: made }
    done: ended
    failed: ended
  ended: { final: completed }`;

describe('a value of a locked type', () => {
  it('is kept without what the type does not know, whoever sends it', () => {
    const its = play({ states: STATES, data: DATA });
    its.done('asking', { record: { sku: 'A1', pieces: 3, colour: 'red' }, version: 1 });
    expect(its.data['item']).to.deep.equal({ sku: 'A1', pieces: 3 });
  });

  it('is kept so when a person corrects it', () => {
    const its = play({ states: STATES, data: DATA });
    its.take({
      ...{ kind: 'modify', actor: CLERK, reason: 'As the customer said' },
      set: [{ field: 'item', value: { sku: 'A3', pieces: 2, colour: 'red' } }],
    });
    expect(its.data['item']).to.deep.equal({ sku: 'A3', pieces: 2 });
  });

  it('is sent without what the type does not know', () => {
    const its = play({ states: STATES, data: DATA });
    its.done('asking', { record: { sku: 'A1', pieces: 3 }, version: 1 });
    expect(its.data['made']).to.deep.equal({ sku: 'A2', pieces: 1, colour: 'red' });
    expect(its.asked('call')[0]?.input).to.deep.equal({ record: { sku: 'A2', pieces: 1 } });
  });
});
