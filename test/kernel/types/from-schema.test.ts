import { expect } from 'chai';
import { draftOf, initialValue, wholeOf } from '../../../engine/kernel/types/draft.ts';
import { typeFromSchema } from '../../../engine/kernel/types/from-schema.ts';
import { fieldOf } from '../../../engine/kernel/types/make-type.ts';
import { showType } from '../../../engine/kernel/types/show.ts';
import type { JsonSchema, ValueType } from '../../../engine/kernel/types/value-type.ts';
import { draftType, resolveType, wholeType } from '../fixtures/sales-types.ts';

const read = (schema: JsonSchema): ValueType => typeFromSchema(schema, resolveType);

function field(type: ValueType, ...path: readonly string[]): ValueType {
  let current = type;
  for (const name of path) {
    const next = fieldOf(current, name);
    if (next === undefined) throw new Error(`no field ${name}`);
    current = next;
  }
  return current;
}

describe('typeFromSchema', () => {
  const kinds: readonly (readonly [JsonSchema, string])[] = [
    [{ type: 'string' }, 'text'],
    [{ type: 'string', format: 'email' }, 'text'],
    [{ type: 'string', format: 'constructor' }, 'text'],
    [{ type: 'string', format: 'date' }, 'date'],
    [{ type: 'string', format: 'date-time' }, 'date-time'],
    [{ type: 'string', format: 'duration' }, 'duration'],
    [{ type: 'string', format: 'decimal' }, 'decimal'],
    [{ type: 'object', 'x-accept': ['application/pdf'] }, 'file'],
    [{ type: 'integer' }, 'whole number'],
    [{ type: 'number' }, 'number'],
    [{ type: 'boolean' }, 'yes/no'],
    [{ type: ['string', 'null'] }, 'text (may be empty)'],
    [{ enum: ['a', 'b'] }, 'one of a, b'],
    [{ enum: ['a', null] }, 'one of a (may be empty)'],
    [{ const: 'a' }, 'one of a'],
    [{ enum: [true, false] }, 'yes/no'],
    [{ type: 'array', items: { $ref: 'QuoteLine' } }, 'list of QuoteLine'],
    [{ $ref: 'Customer' }, 'Customer'],
    [{ $ref: 'Nobody' }, 'object'],
    [true, 'object'],
    [{ type: ['string', 'number'] }, 'object'],
    [{ oneOf: [{ type: 'string' }, { type: 'null' }] }, 'text (may be empty)'],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'object'],
    [{ allOf: [{ $ref: 'Customer' }] }, 'Customer'],
    [{ properties: { a: { type: 'string' } } }, 'object'],
    [{ $ref: '#/$defs/x', $defs: { x: { type: 'integer' } } }, 'whole number'],
  ];
  for (const [schema, shown] of kinds) {
    it(`reads ${JSON.stringify(schema)} as ${shown}`, () => {
      expect(showType(read(schema))).to.equal(shown);
    });
  }

  it('joins the fields of an allOf, each as sensitive as all parts say', () => {
    const type = read({
      type: 'object',
      required: ['b'],
      properties: { a: { type: 'string' }, b: { type: 'integer' } },
      allOf: [
        { $ref: 'QuoteLine' },
        { required: ['a', 'c'], properties: { b: { 'x-classification': 'internal' } } },
        { properties: { c: { type: 'string', 'x-tags': ['personal'] } } },
      ],
    });
    if (type.kind !== 'object') throw new Error('no object');
    expect(Object.keys(type.fields)).to.include.members(['a', 'b', 'c', 'sku', 'qty']);
    expect(type.required).to.have.members(['a', 'b', 'c', 'sku', 'qty']);
    expect(field(type, 'c')).to.include({ mayBeEmpty: false });
    expect(field(type, 'c').classification.tags).to.deep.equal(['personal']);
    expect(field(type, 'b').classification.level).to.equal('internal');
    expect(field(type, 'b').kind).to.equal('whole number');
    expect(field(type, 'sku').origin).to.equal('QuoteLine.sku');
  });

  const SECRET = { type: 'string', 'x-classification': 'confidential' };
  const hiding: readonly JsonSchema[] = [
    { type: 'string', allOf: [{ 'x-classification': 'confidential' }] },
    { oneOf: [{ type: 'string' }, SECRET] },
    { anyOf: [{ type: 'integer' }, SECRET] },
    { type: 'string', if: { minLength: 3 }, then: SECRET },
    { type: 'string', if: { minLength: 3 }, else: SECRET },
    { type: 'object', additionalProperties: SECRET },
    { type: 'object', patternProperties: { '^x': SECRET } },
    {
      type: 'object',
      properties: { a: {} },
      dependentSchemas: { a: { properties: { b: SECRET } } },
    },
    { type: 'object', unevaluatedProperties: SECRET },
    { type: 'array', prefixItems: [{}, SECRET] },
    { type: 'array', items: { type: 'string' }, contains: SECRET },
    {
      oneOf: [{ $ref: '#/$defs/x' }, { type: 'integer' }],
      $defs: { x: { properties: { y: SECRET } } },
    },
    { anyOf: [{ $ref: 'Quote' }, { type: 'string' }] },
  ];
  for (const schema of hiding) {
    it(`is as sensitive as what hides in ${JSON.stringify(schema)}`, () => {
      expect(read(schema).classification.level).to.equal('confidential');
    });
  }

  it('says which fields may be empty and where they come from', () => {
    const quote = wholeType('Quote');
    expect(field(quote, 'quoteNo').mayBeEmpty).to.equal(false);
    expect(field(quote, 'netTotal').mayBeEmpty).to.equal(true);
    expect(field(quote, 'netTotal').origin).to.equal('Quote.netTotal');
    const lines = field(quote, 'lines');
    expect(lines.kind === 'list' && field(lines.of, 'sku').origin).to.equal('QuoteLine.sku');
    expect(field(wholeType('Customer'), 'address', 'city').origin).to.equal(
      'Customer.address.city',
    );
  });

  it('is as sensitive as the most sensitive field, and each field as itself', () => {
    const customer = wholeType('Customer');
    expect(customer.classification).to.deep.equal({ level: 'restricted', tags: ['personal'] });
    expect(field(customer, 'id').classification.level).to.equal('public');
    expect(field(customer, 'contactEmail').classification).to.deep.equal({
      level: 'internal',
      tags: ['personal'],
    });
  });

  it('hands the classification of an object down to its fields', () => {
    const type = read({
      type: 'object',
      'x-classification': 'confidential',
      properties: { a: { type: 'string' }, b: { $ref: 'QuoteLine' } },
    });
    expect(field(type, 'a').classification.level).to.equal('confidential');
    expect(field(type, 'b', 'sku').classification.level).to.equal('confidential');
  });

  it('makes fields of names that every object has', () => {
    const schema = JSON.parse(
      '{"type":"object","required":["__proto__"],"properties":{"__proto__":{"type":"integer"},"constructor":{"type":"string"}}}',
    ) as JsonSchema;
    expect(field(read(schema), '__proto__').kind).to.equal('whole number');
    expect(fieldOf(read(schema), 'toString')).to.equal(undefined);
  });

  it('ends where types name each other in circles', () => {
    const circle: JsonSchema = {
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 12 }, (_, index) => [`f${index}`, { $ref: 'Circle' }]),
      ),
    };
    const started = performance.now();
    const type = draftOf(typeFromSchema(circle, () => circle, { typeName: 'Circle' }));
    const path = Array.from({ length: 8 }, () => 'f0');
    expect(field(type, ...path).kind).to.equal('object');
    expect(fieldOf(field(type, ...path), 'f0')?.kind).to.equal('object');
    expect(fieldOf(field(type, ...path, 'f0'), 'f0')).to.equal(undefined);
    expect(performance.now() - started).to.be.lessThan(1000);
  });
});

describe('a draft', () => {
  it('may be empty everywhere but in its lists, whose items are whole', () => {
    const quote = draftType('Quote');
    expect(field(quote, 'quoteNo').mayBeEmpty).to.equal(true);
    const lines = field(quote, 'lines');
    expect(lines.mayBeEmpty).to.equal(false);
    expect(lines.kind === 'list' && field(lines.of, 'sku').mayBeEmpty).to.equal(false);
    expect(field(draftType('Customer'), 'address', 'city').mayBeEmpty).to.equal(true);
  });

  it('begins with the lists that it needs', () => {
    expect(initialValue(draftType('Quote'))).to.deep.equal({ lines: [] });
    expect(initialValue(draftType('Customer'))).to.equal(undefined);
    expect(initialValue(read({ type: 'array', items: { type: 'string' } }))).to.deep.equal([]);
    expect(initialValue(read({ type: 'string' }))).to.equal(undefined);
  });

  it('is whole when nothing in it may be empty', () => {
    const whole = wholeOf(draftType('Customer'));
    expect(whole.mayBeEmpty).to.equal(false);
    expect(field(whole, 'address', 'city').mayBeEmpty).to.equal(false);
  });
});
