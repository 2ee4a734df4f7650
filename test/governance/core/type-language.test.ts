import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { answerKind } from '../../../engine/forms/schema-facets.ts';
import { selfContained } from '../../../engine/forms/self-contained.ts';
import { keywordFaults, kindFaults } from '../../../engine/governance/core/type-language.ts';
import type { Json } from '../../../engine/kernel/json.ts';
import { typeFromSchema } from '../../../engine/kernel/types/from-schema.ts';
import { showType } from '../../../engine/kernel/types/show.ts';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';
import type { SchemaObject } from '../../../engine/kernel/validator/subschemas.ts';
import { createValidator } from '../../../engine/kernel/validator/validator.ts';

const OTHER: JsonSchema = {
  type: 'object',
  required: ['n'],
  properties: { n: { type: 'integer' } },
};
const TYPES: ReadonlyMap<string, JsonSchema> = new Map([['Other', OTHER]]);
const TEXT = { type: 'string' };
const LIST = { type: 'array', items: TEXT };
const THING = { type: 'object', properties: { a: TEXT, b: TEXT } };

/** What a keyword does: which value fits and which does not, its kind, and what a form asks for. */
interface Works {
  readonly schema: SchemaObject;
  readonly fits: Json;
  /** (Default: the keyword keeps nothing out) */
  readonly fitsNot?: Json;
  readonly kind: string;
  readonly form: string;
}

const text = (more: SchemaObject, fits: Json, fitsNot?: Json): Works => ({
  ...{ schema: { ...TEXT, ...more }, fits, kind: 'text', form: 'text' },
  ...(fitsNot !== undefined && { fitsNot }),
});
const number = (more: SchemaObject, fits: Json, fitsNot: Json): Works => ({
  ...{ schema: { type: 'number', ...more }, fits, fitsNot, kind: 'number', form: 'number' },
});
const list = (more: SchemaObject, fits: Json, fitsNot: Json): Works => ({
  ...{ schema: { ...LIST, ...more }, fits, fitsNot, kind: 'list of text', form: 'list' },
});
const thing = (more: SchemaObject, fits: Json, fitsNot: Json): Works => ({
  ...{ schema: { ...THING, ...more }, fits, fitsNot, kind: 'object', form: 'object' },
});

/** Every keyword of JSON Schema 2020-12 by its vocabularies: what it does, or what is written instead. */
const KEYWORDS: Readonly<Record<string, Works | RegExp>> = {
  $schema: text({ $schema: 'https://json-schema.org/draft/2020-12/schema' }, 'a', 1),
  $ref: { schema: { $ref: 'Other' }, fits: { n: 1 }, fitsNot: {}, kind: 'Other', form: 'object' },
  $defs: {
    ...{ schema: { $ref: '#/$defs/d', $defs: { d: { type: 'integer' } } }, fits: 1, fitsNot: 'a' },
    ...{ kind: 'whole number', form: 'whole number' },
  },
  $comment: text({ $comment: 'why' }, 'a', 1),
  $id: /"\$id" is not taken: name a locked type/,
  $anchor: /"\$anchor" is not taken: name a locked type/,
  $dynamicRef: /is not taken: name a locked type/,
  $dynamicAnchor: /is not taken: name a locked type/,
  $vocabulary: /is not taken: name a locked type/,
  type: { schema: { type: 'boolean' }, fits: true, fitsNot: 'a', kind: 'yes/no', form: 'yes/no' },
  const: { schema: { const: 'a' }, fits: 'a', fitsNot: 'b', kind: 'one of a', form: 'one of' },
  enum: { schema: { enum: ['a', 2] }, fits: 2, fitsNot: 'b', kind: 'one of a, 2', form: 'one of' },
  format: {
    ...{ schema: { ...TEXT, format: 'date' }, fits: '2027-01-31', fitsNot: '31.1.2027' },
    ...{ kind: 'date', form: 'date' },
  },
  minLength: text({ minLength: 2 }, 'ab', 'a'),
  maxLength: text({ maxLength: 2 }, 'ab', 'abc'),
  pattern: text({ pattern: '^a+$' }, 'aa', 'ab'),
  minimum: number({ minimum: 2 }, 2, 1),
  maximum: number({ maximum: 2 }, 2, 3),
  exclusiveMinimum: number({ exclusiveMinimum: 2 }, 2.5, 2),
  exclusiveMaximum: number({ exclusiveMaximum: 2 }, 1.5, 2),
  multipleOf: number({ multipleOf: 0.01 }, 19.99, 0.001),
  items: list({}, ['a'], [1]),
  minItems: list({ minItems: 1 }, ['a'], []),
  maxItems: list({ maxItems: 1 }, ['a'], ['a', 'b']),
  uniqueItems: list({ uniqueItems: true, maxItems: 5 }, ['a', 'b'], ['a', 'a']),
  contains: list({ contains: { const: 'x' } }, ['a', 'x'], ['a']),
  minContains: list({ contains: { const: 'x' }, minContains: 2 }, ['x', 'x'], ['x']),
  maxContains: list({ contains: { const: 'x' }, maxContains: 1 }, ['x'], ['x', 'x']),
  prefixItems: /Write an object with a field for each/,
  unevaluatedItems: /Write "items"/,
  properties: thing({}, { a: 'a' }, { a: 1 }),
  required: thing({ required: ['a'] }, { a: 'a' }, { b: 'b' }),
  additionalProperties: thing({ additionalProperties: false }, { a: 'a' }, { c: 'c' }),
  unevaluatedProperties: thing({ unevaluatedProperties: false }, { a: 'a' }, { c: 'c' }),
  minProperties: thing({ minProperties: 1 }, { a: 'a' }, {}),
  maxProperties: thing({ maxProperties: 1 }, { a: 'a' }, { a: 'a', b: 'b' }),
  dependentRequired: thing({ dependentRequired: { a: ['b'] } }, { b: 'b' }, { a: 'a' }),
  dependentSchemas: thing(
    { dependentSchemas: { a: { properties: { b: { minLength: 2, type: 'string' } } } } },
    { a: 'a', b: 'bb' },
    { a: 'a', b: 'b' },
  ),
  patternProperties: /Write a list of objects/,
  propertyNames: /Write a list of objects/,
  allOf: thing({ allOf: [{ $ref: 'Other' }] }, { a: 'a', n: 1 }, { a: 'a' }),
  anyOf: thing({ anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { b: 'b' }, {}),
  oneOf: thing(
    { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    { a: 'a' },
    { a: 'a', b: 'b' },
  ),
  not: thing({ not: { required: ['b'] } }, { a: 'a' }, { b: 'b' }),
  if: thing({ if: { required: ['a'] }, then: { required: ['b'] } }, {}, { a: 'a' }),
  then: thing({ if: { required: ['a'] }, then: { required: ['b'] } }, { b: 'b' }, { a: 'a' }),
  else: thing({ if: { required: ['a'] }, else: { required: ['b'] } }, { b: 'b' }, {}),
  title: text({ title: 'Name' }, 'a', 1),
  description: text({ description: 'As in the passport' }, 'a', 1),
  default: text({ default: 'a' }, 'b', 1),
  deprecated: text({ deprecated: true }, 'a', 1),
  readOnly: text({ readOnly: true }, 'a', 1),
  examples: text({ examples: ['a'] }, 'a', 1),
  writeOnly: /Write "x-classification"/,
  contentEncoding: /"x-accept"/,
  contentMediaType: /"x-accept"/,
  contentSchema: /write what a text holds as fields/,
};

const WRITTEN: Readonly<Record<string, unknown>> = {
  ...{
    $dynamicRef: '#x',
    $vocabulary: {},
    $anchor: 'x',
    $dynamicAnchor: 'x',
    $id: 'https://a.example',
  },
  ...{ prefixItems: [TEXT], patternProperties: { '^x': TEXT }, propertyNames: { maxLength: 3 } },
  ...{ unevaluatedItems: false, writeOnly: true, contentSchema: TEXT },
  ...{ contentEncoding: 'base64', contentMediaType: 'text/plain' },
};

/** The keywords of the standard, as its own meta-schemas list them. */
function standardKeywords(): readonly string[] {
  const folder = 'node_modules/ajv/dist/refs/json-schema-2020-12/meta';
  return readdirSync(folder).flatMap((file) => {
    const { properties } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as {
      readonly properties: object;
    };
    return Object.keys(properties);
  });
}

const languageFaults = (type: SchemaObject) => [
  ...keywordFaults(type),
  ...kindFaults(type, resolve),
];
const resolve = (name: string): JsonSchema | undefined => TYPES.get(name);
const whole = (schema: SchemaObject): SchemaObject => {
  const { $defs, ...own } = schema;
  const type = { type: 'object', properties: { x: own } };
  return $defs === undefined ? type : { ...type, $defs };
};
const told = (type: SchemaObject): readonly string[] => [
  ...createValidator(TYPES)
    .check(type)
    .map(({ message }) => message),
  ...languageFaults(type).map(({ message }) => message),
];

describe('the language of types', () => {
  it('says of every keyword of JSON Schema 2020-12 what becomes of it', () => {
    expect(Object.keys(KEYWORDS).sort()).to.deep.equal([...standardKeywords()].sort());
  });

  for (const [keyword, what] of Object.entries(KEYWORDS)) {
    if (what instanceof RegExp) {
      it(`refuses ${keyword}, and says what to write instead`, () => {
        const base = keyword.includes('tems') ? LIST : keyword.includes('ropert') ? THING : TEXT;
        const messages = told(whole({ ...base, [keyword]: WRITTEN[keyword] }));
        expect(messages.filter((message) => what.test(message))).to.have.lengthOf(1);
      });
    } else {
      it(`takes ${keyword} in values, expressions and forms`, () => {
        const { schema, fits, fitsNot, kind, form } = what;
        const type = whole(schema);
        expect(told(type)).to.deep.equal([]);
        const validate = createValidator(TYPES).compile(type);
        expect(validate({ x: fits })).to.deep.equal([]);
        if (fitsNot !== undefined) expect(validate({ x: fitsNot })).to.have.length.above(0);
        expect(showType(typeFromSchema(schema, resolve))).to.equal(kind);
        const plain = selfContained(schema, new Map([['Other', { schema: OTHER }]]) as never);
        expect(plain.ok && answerKind(plain.schema)).to.equal(form);
      });
    }
  }

  const unclear: readonly (readonly [SchemaObject, RegExp])[] = [
    [{}, /Nothing says what this is/],
    [{ title: 'Anything' }, /Nothing says what this is/],
    [{ type: ['string', 'number'] }, /several kinds/],
    [{ anyOf: [TEXT, { type: 'number' }] }, /several kinds/],
    [{ enum: ['a', true] }, /Choices are texts and numbers/],
    [{ const: { a: 1 } }, /Choices are texts and numbers/],
    [{ type: 'object' }, /which fields/],
    [{ type: 'array' }, /what is in this list/],
    [{ type: 'array', items: {} }, /Nothing says what this is/],
    [{ ...THING, then: { properties: { c: TEXT } }, if: {} }, /"c" stands in a branch alone/],
    [{ ...THING, additionalProperties: TEXT }, /Write a list of objects/],
    [{ $ref: 'Other', properties: { a: TEXT } }, /Join the two with "allOf/],
    [{ ...THING, anyOf: [{ not: { propertyNames: { maxLength: 3 } } }] }, /list of objects/],
  ];
  for (const [schema, message] of unclear) {
    it(`refuses ${JSON.stringify(schema)} once, at its place`, () => {
      const faults = languageFaults(whole(schema));
      expect(faults).to.have.lengthOf(1);
      expect(faults[0]?.message).to.match(message);
      expect(faults[0]?.path.slice(0, 3)).to.deep.equal(['schema', 'properties', 'x']);
    });
  }

  it('takes a list of references, a reference to itself, and choices beside null', () => {
    const type = whole({
      ...THING,
      allOf: [{ properties: { c: { $ref: '#' }, d: { type: ['string', 'null'] } } }],
    });
    expect(languageFaults(type)).to.deep.equal([]);
  });

  it('is bounded', () => {
    const many = Array.from({ length: 1001 }, (_, index) => `f${index}`);
    const fields = Object.fromEntries(many.slice(0, 501).map((name) => [name, TEXT]));
    for (const [schema, message] of [
      [{ enum: many }, /1000 choices/],
      [{ ...TEXT, pattern: 'a'.repeat(1001) }, /1000 characters/],
      [{ type: 'object', properties: fields }, /500 fields/],
    ] as const)
      expect(told(whole(schema))[0]).to.match(message);
  });
});
