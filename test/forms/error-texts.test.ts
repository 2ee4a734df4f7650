import { expect } from 'chai';
import { checkPage } from '../../engine/forms/check-answers.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { JsonSchema } from '../../engine/kernel/types/value-type.ts';
import { journeyOf, modelOf } from './forms-fixture.ts';

function errorsOf(
  properties: Readonly<Record<string, JsonSchema>>,
  values: JsonObject,
  audience: 'customer' | 'staff' = 'customer',
): readonly string[] {
  const types = { Trial: { type: 'object', required: Object.keys(properties), properties } };
  const model = modelOf(
    '{ t: Trial }',
    '{ title: T, fields: [{ field: t, required: true }] }',
    types,
    { audience },
  );
  const journey = journeyOf(model, {}, types);
  return checkPage(journey.checks, 0, { values: { t: values } }, journey.context).map(
    ({ text }) => text,
  );
}

describe('messages about answers', () => {
  it('say what to do about a missing one', () => {
    const properties: Record<string, JsonSchema> = {
      name: { type: 'string', title: 'Company name' },
      vatNo: { type: 'string' },
      ask: { type: 'string', title: 'What do you need?' },
      own: { type: 'string', title: 'Your message' },
      born: { type: 'string', format: 'date', title: 'Date of birth' },
      size: { enum: ['s', 'm'] },
      agreed: { type: 'boolean', title: 'Terms' },
      entries: { type: 'array', items: { type: 'string' } },
      boxes: { type: 'array', minItems: 2, items: { type: 'string' } },
    };
    expect(errorsOf(properties, {})).to.deep.equal([
      'Enter your company name',
      'Enter your VAT number',
      'Enter an answer to “What do you need?”',
      'Enter your message',
      'Enter your date of birth',
      'Select your size',
      'Select your terms',
      'Add an entry',
      'Add at least 2 box entries',
    ]);
    expect(errorsOf({ total: { type: 'number', title: 'Net total' } }, {}, 'staff')).to.deep.equal([
      'Enter the net total',
    ]);
  });

  const cases: readonly (readonly [JsonSchema, JsonObject[string], string])[] = [
    [{ type: 'string', maxLength: 3 }, 'long', 'A must be 3 characters or fewer'],
    [{ type: 'string', maxLength: 1 }, 'long', 'A must be 1 character or fewer'],
    [{ type: 'string', minLength: 9 }, 'short', 'A must be 9 characters or more'],
    [{ type: 'string', pattern: '^x$' }, 'y', 'A is not in the correct format'],
    [
      { type: 'string', pattern: '^x$', examples: ['x'] },
      'y',
      'A is not in the correct format, like x',
    ],
    [
      { type: 'string', format: 'email' },
      'y',
      'Enter an email address in the correct format, like name@example.com',
    ],
    [
      { type: 'string', format: 'uri' },
      'javascript:x',
      'Enter a web address in the correct format, like https://www.example.com',
    ],
    [{ type: 'string', format: 'date' }, '2023-02-29', 'A must be a real date'],
    [
      { type: 'string', format: 'date-time' },
      'x',
      'A must be a date and time in the correct format, like 2027-03-31T09:30:00Z',
    ],
    [
      { type: 'string', format: 'time' },
      'x',
      'A must be a time in the correct format, like 13:30:00Z',
    ],
    [
      { type: 'string', format: 'duration' },
      'x',
      'A must be a length of time in the correct format, like P14D or PT8H',
    ],
    [{ type: 'string', format: 'uuid' }, 'x', 'A is not in the correct format'],
    [{ type: 'integer', minimum: 18 }, 3, 'A must be 18 or more'],
    [{ type: 'integer', maximum: 9999 }, 10_000, 'A must be 9,999 or less'],
    [{ type: 'number', exclusiveMinimum: 0 }, 0, 'A must be more than 0'],
    [{ type: 'number', exclusiveMaximum: 1 }, 1, 'A must be less than 1'],
    [
      { type: 'string', format: 'decimal', 'x-scale': 2 },
      '1.234',
      'A must have no more than 2 decimal places',
    ],
    [{ type: 'string', format: 'decimal', 'x-minimum': '10' }, '9.99', 'A must be 10 or more'],
    [
      { type: 'array', maxItems: 1, items: { type: 'string' } },
      ['a', 'b'],
      'A must have at most 1 a',
    ],
    [
      { type: 'array', uniqueItems: true, maxItems: 3, items: { type: 'string' } },
      ['a', 'a'],
      'A must not have the same entry twice',
    ],
    [{ enum: ['s', 'm'], title: 'Size' }, 'x', 'Select one of the choices for size'],
  ];
  for (const [schema, value, text] of cases) {
    it(text, () => {
      expect(errorsOf({ a: schema }, { a: value })).to.deep.equal([text]);
    });
  }

  it('fall back to the validator’s own words with the label', () => {
    const [text] = errorsOf({ a: { type: 'number', multipleOf: 5 } }, { a: 7 });
    expect(text).to.match(/^A must be a multiple of 5/u);
  });
});
