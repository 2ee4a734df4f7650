import { expect } from 'chai';
import { literalExpression } from '../../../engine/kernel/expressions/check.ts';
import type { Json } from '../../../engine/kernel/json.ts';
import {
  TEXT,
  listOf,
  objectOf,
  oneOf,
  plain,
  withEmptiness,
} from '../../../engine/kernel/types/make-type.ts';
import type { ValueType } from '../../../engine/kernel/types/value-type.ts';
import { wholeType } from '../fixtures/sales-types.ts';
import { ENVIRONMENT } from '../fixtures/evaluate.ts';

describe('a value that is written as it is', () => {
  const fine: readonly (readonly [Json, ValueType | undefined, Json])[] = [
    ['Hello', undefined, 'Hello'],
    ['Hello', TEXT, 'Hello'],
    [5, plain('number'), 5],
    [5, plain('decimal'), '5'],
    [0.1, plain('decimal'), '0.1'],
    ['12.50', plain('decimal'), '12.50'],
    ['2027-03-01', plain('date'), '2027-03-01'],
    ['2027-03-01T09:00:00Z', plain('date-time'), '2027-03-01T09:00:00Z'],
    ['PT3H', plain('duration'), 'PT3H'],
    ['key', oneOf(['key', 'oem']), 'key'],
    [2, oneOf([1, 2]), 2],
    [true, plain('yes/no'), true],
    [null, withEmptiness(TEXT, true), null],
    [[1, 2], listOf(plain('decimal')), ['1', '2']],
    [[], listOf(TEXT), []],
    [['a'], undefined, ['a']],
    [
      { sku: 'A', qty: 1, unitPrice: 2 },
      wholeType('QuoteLine'),
      { sku: 'A', qty: 1, unitPrice: '2' },
    ],
    [{ a: 1 }, undefined, { a: 1 }],
  ];
  for (const [value, expected, stored] of fine) {
    it(`takes ${JSON.stringify(value)} as ${JSON.stringify(stored)}`, () => {
      const result = literalExpression(value, expected);
      expect(result.ok && result.expression.evaluate(ENVIRONMENT)).to.deep.equal(stored);
    });
  }

  const refused: readonly (readonly [Json, ValueType, string])[] = [
    [5, TEXT, 'wrong-kind'],
    ['x', plain('number'), 'wrong-kind'],
    ['1e5', plain('decimal'), 'wrong-kind'],
    [1e300, plain('decimal'), 'wrong-kind'],
    ['2027-02-30', plain('date'), 'wrong-kind'],
    ['gold', oneOf(['key']), 'not-a-choice'],
    [1.5, plain('whole number'), 'wrong-kind'],
    [null, TEXT, 'may-be-empty'],
    [[1, 'a'], listOf(plain('number')), 'wrong-kind'],
    [{ sku: 'A' }, wholeType('QuoteLine'), 'wrong-kind'],
    [{ sku: 1, qty: 1 }, wholeType('QuoteLine'), 'wrong-kind'],
    [{}, TEXT, 'wrong-kind'],
    [{ a: null }, objectOf({ a: TEXT }), 'may-be-empty'],
    [{ a: 'x', b: 1 }, objectOf({ a: TEXT }), 'unknown-field'],
    [[{ a: { c: 1 } }], listOf(objectOf({ a: objectOf({ b: TEXT }) })), 'wrong-kind'],
    [{ a: { b: 'x', c: 1 } }, objectOf({ a: objectOf({ b: TEXT }) }), 'unknown-field'],
  ];
  for (const [value, expected, code] of refused) {
    it(`refuses ${JSON.stringify(value)} with "${code}"`, () => {
      const result = literalExpression(value, expected);
      expect(!result.ok && result.problems[0]?.code).to.equal(code);
    });
  }
});
