import { expect } from 'chai';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import { buildCoreView } from '../../../engine/governance/core/build-core-view.ts';
import { SMALL_CORE } from './small-core.ts';

const TYPE = `type: Rate
version: 1
title: Rate
owner: it
compatibility: none
source: reference
key: [zone, express]
unique: code
extensible: false
schema:
  type: object
  required: [zone, express, price]
  additionalProperties: false
  properties:
    zone: { enum: [1, 2, EU] }
    express: { type: string }
    price: { type: string, format: decimal, x-scale: 2 }
    code: { type: string }
    days: { type: integer, minimum: 1 }
    factor: { type: number }
    open: { type: boolean }
    since: { type: string, format: date }
    parts: { type: array, maxItems: 3, items: { type: string } }
`;

function read(
  csv: string | undefined,
  type = TYPE.replace('express: { type: string }', 'express: { enum: [x, y] }'),
) {
  return readCore(
    new Map([
      ...SMALL_CORE,
      ['types/Rate.yaml', type],
      ...(csv === undefined ? [] : [['reference/Rate.csv', csv] as const]),
    ]),
  );
}

/** Each problem as `code line:column`, then what it says. */
function told(csv: string): readonly string[] {
  return read(csv).problems.map(
    ({ code, position, message }) => `${code} ${position?.line}:${position?.column} ${message}`,
  );
}

const HEADER = 'zone,express,price,validFrom,validTo\n';

describe('a table of reference data', () => {
  it('is read as values of its type, with the days on which each holds', () => {
    const csv = `zone,express,price,days,factor,open,since,code,validFrom,validTo
1,x,10.00,3,0.5,yes,2027-01-01,"A, ""b""",,2026-12-31
1,x,11.00,,,no,,,2027-01-01,
EU,y,12.00,,,,,,,
`;
    const { core, problems } = read(csv);
    expect(problems).to.deep.equal([]);
    expect(core?.reference.get('Rate')).to.deep.equal([
      {
        value: {
          ...{ zone: 1, express: 'x', price: '10.00', days: 3, factor: 0.5, open: true },
          ...{ since: '2027-01-01', code: 'A, "b"' },
        },
        validTo: '2026-12-31',
      },
      { value: { zone: 1, express: 'x', price: '11.00', open: false }, validFrom: '2027-01-01' },
      { value: { zone: 'EU', express: 'y', price: '12.00' } },
    ]);
  });

  it('has operations that find and get its rows, and none that change them', () => {
    const { core } = read(`${HEADER}1,x,10.00,,\n`);
    if (core === undefined) throw new Error('refused');
    const { operations } = buildCoreView(core, '1.1');
    const names = [...operations.keys()].filter((name) => name.startsWith('records.Rate.'));
    expect(names).to.deep.equal(['records.Rate.find', 'records.Rate.get']);
    expect(operations.get('records.Rate.get')?.inputSchema).to.deep.include({
      required: ['zone', 'express'],
    });
  });

  it('is refused cell by cell, each with its place', () => {
    const csv = `${HEADER}3,x,10.00,,\n1,"x",ten,,\n1,y,1.005,,\n1,x,1.00,1.1.2027,\n1,x,1.00,2027-02-01,2027-01-01\n1,,1.00,,\n`;
    expect(told(csv)).to.deep.equal([
      'reference-cell 2:1 "zone" must be one of: 1, 2, EU.',
      'reference-cell 3:7 "price" must be a decimal of at most 34 digits, like 19.90.',
      'reference-cell 4:5 "price" must not have more than 2 decimal places.',
      'reference-cell 5:10 "1.1.2027" is not a date. Write it like 2027-03-17.',
      'reference-cell 6:21 It would end on 2027-01-01, before it begins on 2027-02-01.',
      'reference-cell 7:3 "express" is required.',
    ]);
  });

  it('is refused with columns that are no fields, twice there, or missing', () => {
    expect(told('zone,express,prize,zone,parts\n')).to.deep.equal([
      'reference-column 1:14 Rate has no field "prize". Did you mean "price"?',
      'reference-column 1:20 The column "zone" stands here twice.',
      'reference-column 1:25 "parts" is a group, a list or a file, and cannot stand in one cell.',
    ]);
    expect(told('zone,price\n')).to.deep.equal([
      'reference-column 1:1 The key of Rate is missing. Add the column express.',
    ]);
    expect(told('')[0]).to.match(/^reference-column 1:1 The key/);
    expect(told('zone,express\n1\n')[0]).to.match(/^reference 2:1 Invalid Record Length/);
  });

  it('is refused where two rows of a key, or of what is unique, hold on one day', () => {
    expect(told(`${HEADER}1,x,1.00,,2026-12-31\n1,x,2.00,2026-12-31,\n1,y,3.00,,\n`)).to.deep.equal(
      [
        'reference-overlap 3:1 Line 2 has the same zone and express until 2026-12-31, and this one from 2026-12-31. Only one can hold on any day: end one of them before the other begins, by validTo.',
      ],
    );
    expect(told(`${HEADER}1,x,1.00,,\n1,x,2.00,,\n`)[0]).to.match(/^reference-overlap 3:1/);
    expect(told('zone,express,price,code\n1,x,1.00,A\n2,x,1.00,A\n')[0]).to.match(
      /^reference-overlap 3:1 Line 2 has the same code always/,
    );
  });

  it('is refused without its type, and its type without it', () => {
    expect(read(undefined).problems.map(({ code, file }) => [code, file])).to.deep.equal([
      ['reference-missing', 'types/Rate.yaml'],
    ]);
    const csv = `${HEADER}1,x,10.00,,\n`;
    const other = TYPE.replace('source: reference', 'source: oms');
    expect(read(csv, other).problems[0]).to.include({
      ...{ code: 'reference-type', file: 'reference/Rate.csv' },
    });
    const files = new Map([...SMALL_CORE, ['reference/Rates.csv', csv]]);
    expect(readCore(files).problems[0]?.message).to.match(/There is no type "Rates"/);
  });
});
