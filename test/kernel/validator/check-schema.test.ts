import { expect } from 'chai';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';
import { checkSchema } from '../../../engine/kernel/validator/validator.ts';

const TYPES = new Map<string, JsonSchema>([
  [
    'Tree',
    { type: 'object', properties: { children: { type: 'array', items: { $ref: 'Tree' } } } },
  ],
  ['Loop', { anyOf: [{ type: 'string' }, { $ref: 'Pool' }] }],
  ['Pool', { allOf: [{ $ref: 'Loop' }] }],
]);

function inside(schema: JsonSchema): JsonSchema {
  return { type: 'object', properties: { a: schema } };
}

describe('validator: checking schemas', () => {
  const refused: readonly [string, JsonSchema, string, string][] = [
    ['an unknown type', { type: 'strin' }, 'schema-form', 'type'],
    ['a bound that is no number', { type: 'number', minimum: 'x' }, 'schema-form', 'minimum'],
    ['a missing type', { minLength: 1, items: { type: 'string' } }, 'schema-form', ''],
    ['an unknown format', { type: 'string', format: 'colour' }, 'schema-form', ''],
    ...(
      [
        ['x-classification', 'secret'],
        ['x-tags', [1]],
        ['x-accept', 'image/png'],
        ['x-scale', 34],
        ['x-scale', '2'],
        ['x-minimum', 'one'],
        ['x-maximum', true],
      ] as const
    ).map(([keyword, written]): [string, JsonSchema, string, string] => [
      `${keyword}: ${JSON.stringify(written)}`,
      { type: 'string', [keyword]: written },
      'schema-form',
      keyword,
    ]),
    ['an unknown keyword', { type: 'string', maxLenght: 3 }, 'schema-keyword', 'maxLenght'],
    ['look-ahead', { type: 'string', pattern: '(?=a)' }, 'schema-pattern', 'pattern'],
    ['a back reference', { type: 'string', pattern: '(a)\\1' }, 'schema-pattern', 'pattern'],
    [
      'a pattern of names',
      { type: 'object', patternProperties: { '(?!a)': {} } },
      'schema-pattern',
      'patternProperties.(?!a)',
    ],
    ['an unknown reference', { $ref: 'Nothing' }, 'schema-reference', '$ref'],
    ['a reference to a file', { $ref: './other.json' }, 'schema-reference', '$ref'],
    ['a reference to the web', { $ref: 'https://a.example/s' }, 'schema-reference', '$ref'],
    ['an unknown definition', { $ref: '#/$defs/toString' }, 'schema-reference', '$ref'],
    ['an id', { $id: 'https://a.example/s', type: 'string' }, 'schema-keyword', '$id'],
    ['dynamic references', { $dynamicRef: '#x' }, 'schema-keyword', '$dynamicRef'],
    [
      'another dialect',
      { $schema: 'http://json-schema.org/draft-07/schema#' },
      'schema-keyword',
      '$schema',
    ],
    [
      'unique items without a limit',
      { type: 'array', uniqueItems: true },
      'schema-size',
      'uniqueItems',
    ],
  ];
  for (const [name, schema, code, place] of refused) {
    it(`refuses ${name}`, () => {
      const [problem] = checkSchema(inside(schema), TYPES);
      expect(problem?.code).to.equal(code);
      const path = problem?.path.join('.') ?? '';
      expect(path).to.equal(place === '' ? 'properties.a' : `properties.a.${place}`);
      expect(problem?.message).to.match(/^\S.*\S$/);
    });
  }

  it('suggests the keyword that was meant', () => {
    const [problem] = checkSchema({ type: 'string', maxLenght: 3 });
    expect(problem?.message).to.include('Did you mean "maxLength"?');
  });

  it('suggests the type that was meant, and is quick with very many that are not there', () => {
    const [problem] = checkSchema({ $ref: 'Tre' }, TYPES);
    expect(problem?.message).to.equal('There is no type "Tre". Did you mean "Tree"?');
    const anyOf = Array.from({ length: 4_000 }, (_, index) => ({ $ref: `Nothing${index}` }));
    expect(checkSchema({ anyOf }, TYPES)).to.have.lengthOf(100);
  });

  it('refuses a schema that refers to itself for the same value', () => {
    expect(checkSchema(TYPES.get('Loop') ?? false, TYPES)[0]?.code).to.equal('schema-reference');
    expect(checkSchema({ $ref: '#' })[0]?.code).to.equal('schema-reference');
    expect(checkSchema({ $ref: 'Tree' }, TYPES)).to.deep.equal([]);
  });

  it('refuses a field named __proto__, and takes constructor', () => {
    const schema = JSON.parse('{"type":"object","properties":{"__proto__":{}}}') as JsonSchema;
    expect(checkSchema(schema)[0]?.path).to.deep.equal(['properties', '__proto__']);
    const properties = { constructor: { type: 'string' }, toString: { type: 'string' } };
    expect(checkSchema({ type: 'object', properties })).to.deep.equal([]);
  });

  it('refuses a schema that is too deep or too big', () => {
    let deep: JsonSchema = { type: 'string' };
    for (let level = 0; level < 5_000; level += 1) deep = { allOf: [deep] };
    expect(checkSchema(deep)[0]?.code).to.equal('schema-size');
    const big = { anyOf: Array.from({ length: 6_000 }, () => ({ type: 'string' })) };
    expect(checkSchema(big)[0]?.code).to.equal('schema-size');
  });

  it('takes the keywords of Trellis', () => {
    const schema = {
      ...{ type: 'string', format: 'decimal', 'x-minimum': '0', 'x-maximum': 10, 'x-scale': 2 },
      ...{ 'x-classification': 'confidential', 'x-tags': ['personal'] },
    };
    expect(checkSchema(schema)).to.deep.equal([]);
    expect(checkSchema(true)).to.deep.equal([]);
  });
});
