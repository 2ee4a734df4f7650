import { expect } from 'chai';
import { assignable } from '../../../engine/kernel/types/assignable.ts';
import {
  EMPTY,
  NO_VALUE,
  TEXT,
  listOf,
  objectOf,
  oneOf,
  plain,
  withEmptiness,
} from '../../../engine/kernel/types/make-type.ts';
import type { ValueType } from '../../../engine/kernel/types/value-type.ts';
import { draftType, wholeType } from '../fixtures/sales-types.ts';

const maybe = (type: ValueType): ValueType => withEmptiness(type, true);
const literal = (value: string): ValueType => ({ ...TEXT, literal: value });
const segment = oneOf(['key', 'oem', 'retail']);

describe('assignable', () => {
  const fine: readonly (readonly [string, ValueType, ValueType])[] = [
    ['a text to a text', TEXT, TEXT],
    ['a whole number to a number', plain('whole number'), plain('number')],
    ['one of some texts to a text', segment, TEXT],
    ['numbers of a choice to a number', oneOf([1, 2]), plain('number')],
    ['fewer choices to more', oneOf(['key']), segment],
    ['a text that is a choice', literal('oem'), segment],
    ['nothing where nothing is needed', EMPTY, maybe(TEXT)],
    ['an empty list to any list', listOf(NO_VALUE), listOf(TEXT)],
    ['what may be empty to what may', maybe(TEXT), maybe(TEXT)],
    ['a whole object to a draft', wholeType('Quote'), draftType('Quote')],
    ['an object with more fields', objectOf({ a: TEXT, b: TEXT }), objectOf({ a: TEXT })],
  ];
  for (const [name, from, to] of fine) {
    it(`lets ${name} go`, () => {
      expect(assignable(from, to)).to.deep.equal([]);
    });
  }

  const refused: readonly (readonly [string, ValueType, ValueType, string, string])[] = [
    ['a number for a decimal', plain('number'), plain('decimal'), 'wrong-kind', ''],
    ['a whole number for a decimal', plain('whole number'), plain('decimal'), 'wrong-kind', ''],
    ['a number for a whole number', plain('number'), plain('whole number'), 'wrong-kind', ''],
    ['a date for a date-time', plain('date'), plain('date-time'), 'wrong-kind', ''],
    ['any text for a choice', TEXT, segment, 'wrong-kind', ''],
    ['a text that is no choice', literal('platinum'), segment, 'not-a-choice', ''],
    ['a choice too many', oneOf(['key', 'gold']), segment, 'not-a-choice', ''],
    ['numbers of a choice for a text', oneOf([1]), TEXT, 'wrong-kind', ''],
    ['what may be empty', maybe(TEXT), TEXT, 'may-be-empty', ''],
    ['nothing for a value', EMPTY, TEXT, 'may-be-empty', ''],
    ['items of another kind', listOf(TEXT), listOf(plain('number')), 'wrong-kind', ''],
    ['items that may be empty', listOf(maybe(TEXT)), listOf(TEXT), 'may-be-empty', ''],
    ['an object that lacks a field', objectOf({}), objectOf({ a: TEXT }), 'wrong-kind', ''],
    [
      'a field of another kind',
      objectOf({ a: plain('date') }),
      objectOf({ a: TEXT }),
      'wrong-kind',
      'a',
    ],
    ['a draft for a whole', draftType('Quote'), wholeType('Quote'), 'may-be-empty', 'quoteNo'],
    ['an object for a text', objectOf({}), TEXT, 'wrong-kind', ''],
  ];
  for (const [name, from, to, code, path] of refused) {
    it(`refuses ${name}`, () => {
      const [mismatch] = assignable(from, to);
      expect(mismatch?.code).to.equal(code);
      expect(mismatch?.path.join('.')).to.equal(path);
      expect(mismatch?.message).to.match(/\.$/);
    });
  }

  it('says what is allowed', () => {
    const [mismatch] = assignable(literal('retial'), segment);
    expect(mismatch?.message).to.equal(
      '"retial" is not one of the allowed values: key, oem, retail. Did you mean "retail"?',
    );
    expect(mismatch?.suggestion).to.equal('retail');
  });
});
