import { expect } from 'chai';
import type { Json } from '../../../engine/kernel/json.ts';
import { createTrim } from '../../../engine/kernel/types/trim.ts';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';

const TEXT = { type: 'string' };

const TYPES = new Map<string, JsonSchema>([
  ['Customer', { type: 'object', required: ['id'], properties: { id: TEXT, name: TEXT } }],
  [
    'Quote',
    {
      type: 'object',
      properties: {
        no: TEXT,
        customer: { $ref: 'Customer' },
        lines: { type: 'array', items: { type: 'object', properties: { sku: TEXT } } },
        notes: { type: 'object', properties: { own: TEXT }, additionalProperties: TEXT },
      },
    },
  ],
  [
    'Part',
    {
      type: 'object',
      properties: {
        parts: { type: 'array', items: { $ref: '#' } },
        size: { $ref: '#/$defs/size' },
      },
      $defs: { size: { type: 'object', properties: { mm: { type: 'integer' } } } },
    },
  ],
]);

function kept(schema: JsonSchema, value: Json, extensible: readonly string[] = []): Json {
  return createTrim(schema, {
    types: TYPES,
    isExtensible: (type) => extensible.includes(type),
  })(value);
}

describe('what a type keeps of a value', () => {
  it('is what it knows, in what it refers to and in lists as well', () => {
    const value = {
      ...{ no: 'Q-1', colour: 'red', customer: { id: 'c1', age: 7 } },
      lines: [{ sku: 'A', note: 'x' }, { sku: 'B' }],
    };
    expect(kept({ $ref: 'Quote' }, value)).to.deep.equal({
      ...{ no: 'Q-1', customer: { id: 'c1' } },
      lines: [{ sku: 'A' }, { sku: 'B' }],
    });
    expect(
      kept({ type: 'array', items: { $ref: 'Customer' } }, [{ id: 'c', age: 7 }]),
    ).to.deep.equal([{ id: 'c' }]);
  });

  it('is the value itself where there is nothing to leave out', () => {
    const value = { no: 'Q-1', customer: { id: 'c1' }, lines: [{ sku: 'A' }] };
    expect(kept({ $ref: 'Quote' }, value)).to.equal(value);
  });

  it('is all of an extensible type, but not of what lies in it', () => {
    const value = { no: 'Q-1', campaign: 'spring', customer: { id: 'c1', age: 7 } };
    const expected = { no: 'Q-1', campaign: 'spring', customer: { id: 'c1' } };
    expect(kept({ $ref: 'Quote' }, value, ['Quote'])).to.deep.equal(expected);
  });

  it('is all where the schema says itself what other fields there may be', () => {
    const value = { notes: { own: 'a', other: 'b' } };
    expect(kept({ $ref: 'Quote' }, value)).to.deep.equal(value);
    const strange = { id: 'c', age: 7 };
    for (const schema of [
      { allOf: [{ $ref: 'Customer' }, { properties: { age: true } }] },
      { $ref: 'Customer', properties: { age: true } },
      { type: 'object', properties: { id: TEXT }, patternProperties: { '^a': true } },
      { type: 'object', properties: { id: TEXT }, required: ['age'] },
      { type: 'object', properties: { id: TEXT }, dependentRequired: { id: ['age'] } },
      { type: 'object' },
      true,
    ]) {
      expect(kept(schema, strange), JSON.stringify(schema)).to.equal(strange);
    }
  });

  it('goes into types that lead back to themselves', () => {
    const value = { parts: [{ parts: [{ x: 1 }], y: 2 }], size: { mm: 3, inch: 1 } };
    expect(kept({ $ref: 'Part' }, value)).to.deep.equal({
      ...{ parts: [{ parts: [{}] }], size: { mm: 3 } },
    });
  });

  it('leaves what is not of the declared kind to the check', () => {
    for (const value of [null, 'text', 7, [{ id: 'c', age: 7 }]]) {
      expect(kept({ $ref: 'Customer' }, value)).to.equal(value);
    }
  });
});
