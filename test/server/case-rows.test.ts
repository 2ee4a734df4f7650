import { expect } from 'chai';
import fc from 'fast-check';
import type { Json, ValueType } from '../../engine/index.ts';
import { columnsOf, listText, rowsIn, rowsText } from '../../server/desk/case-rows.ts';
import {
  TEXT,
  WHOLE_NUMBER,
  YES_NO,
  listOf,
  objectOf,
  oneOf,
  plain,
} from '../../engine/kernel/types/make-type.ts';

const TYPE = listOf(
  objectOf({
    ...{ sku: TEXT, qty: WHOLE_NUMBER, flag: YES_NO, day: plain('date'), kind: oneOf(['a', 'b']) },
    price: objectOf({ net: TEXT }),
  }),
);
const COLUMNS = columnsOf(TYPE) ?? [];

const words = fc.stringMatching(/^[ -~]*[!-~][ -~]*$/u);
const entry = fc.record(
  {
    sku: words,
    qty: fc.integer(),
    flag: fc.boolean(),
    day: fc.constant('2027-03-31'),
    kind: fc.constantFrom('a', 'b'),
    price: fc.record({ net: words }),
  },
  { requiredKeys: [] },
);

describe('a list that is entered by rows', () => {
  it('is as it was when nothing was changed', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const filled = entries.filter((one) => Object.keys(one).length > 0);
        const text = listText(filled as Json, COLUMNS);
        expect(rowsText(rowsIn(text, COLUMNS), COLUMNS)).to.equal(text);
        const parsed: unknown = text === '' ? [] : JSON.parse(text);
        expect(parsed).to.deep.equal(filled);
      }),
    );
  });

  it('has columns where its entries hold plain values alone', () => {
    expect(COLUMNS.map(({ name }) => name)).to.deep.equal([
      ...['sku', 'qty', 'flag', 'day', 'kind', 'price.net'],
    ]);
    const none: readonly ValueType[] = [TEXT, listOf(TEXT), objectOf({ a: TEXT })];
    for (const type of none) expect(columnsOf(type)).to.equal(undefined);
    expect(columnsOf(listOf(objectOf({ a: listOf(TEXT) })))).to.equal(undefined);
  });

  it('keeps what cannot be read, and drops entries without anything', () => {
    const rows = [
      new Map([['qty', 'many']]),
      new Map([['qty', ' ']]),
      new Map([
        ['sku', 'A1'],
        ['qty', '2'],
      ]),
    ];
    expect(JSON.parse(rowsText(rows, COLUMNS))).to.deep.equal([
      { qty: 'many' },
      { sku: 'A1', qty: 2 },
    ]);
    expect(rowsIn('no list', COLUMNS)).to.deep.equal([]);
  });
});
