import { expect } from 'chai';
import type { Json } from '../../engine/kernel/json.ts';
import type { JsonSchema } from '../../engine/kernel/types/value-type.ts';
import { showValue } from '../../engine/forms/show-value.ts';

function shown(value: Json | undefined, schema: JsonSchema): readonly string[] | string {
  const result = showValue(value, schema, 'Europe/Dublin');
  return result.kind === 'text' ? result.lines : result.kind;
}

describe('showValue', () => {
  const cases: readonly (readonly [Json | undefined, JsonSchema, readonly string[] | string])[] = [
    [undefined, true, 'empty'],
    [null, true, 'empty'],
    ['', { type: 'string' }, 'empty'],
    [[], { type: 'array', items: { type: 'string' } }, 'empty'],
    ['a\nb', { type: 'string' }, ['a', 'b']],
    [['a', 'b'], { type: 'array', items: { type: 'string' } }, ['a', 'b']],
    [true, { type: 'boolean' }, ['Yes']],
    [false, { type: 'boolean' }, ['No']],
    [1234.5, { type: 'number' }, ['1,234.5']],
    ['1234567.5', { type: 'string', format: 'decimal', 'x-scale': 2 }, ['1,234,567.50']],
    [
      '-99999999999999999999.001',
      { type: 'string', format: 'decimal' },
      ['-99,999,999,999,999,999,999.001'],
    ],
    ['2027-04-03', { type: 'string', format: 'date' }, ['3 April 2027']],
    ['soon', { type: 'string', format: 'date' }, ['soon']],
    ['2027-07-01T09:00:00Z', { type: 'string', format: 'date-time' }, ['1 July 2027 at 10:00']],
    ['later', { type: 'string', format: 'date-time' }, ['later']],
    ['m', { oneOf: [{ const: 'm', title: 'Medium' }] }, ['Medium']],
    [{ a: 1 }, { type: 'object' }, ['{"a":1}']],
  ];
  for (const [value, schema, expected] of cases) {
    it(`writes ${JSON.stringify(value)} as ${JSON.stringify(expected)}`, () => {
      expect(shown(value, schema)).to.deep.equal(expected);
    });
  }
});
