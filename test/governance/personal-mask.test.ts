import { expect } from 'chai';
import {
  holdsPersonal,
  maskOf,
  personalPaths,
  withoutPersonal,
} from '../../engine/governance/erasure/personal-mask.ts';
import { fileOf } from '../../engine/kernel/types/file-type.ts';
import { TEXT, listOf, objectOf } from '../../engine/kernel/types/make-type.ts';
import type { ValueType } from '../../engine/kernel/types/value-type.ts';

const PERSONAL = { level: 'internal', tags: ['personal'] } as const;
const email: ValueType = { ...TEXT, classification: PERSONAL };
const customer = objectOf({ email, segment: TEXT }, PERSONAL);
const type = objectOf({
  ...{ customer, people: listOf(customer), names: listOf(email), words: listOf(TEXT) },
  ...{ paper: fileOf(), open: objectOf({}) },
});
const VALUE = {
  customer: { email: 'a@b.example', segment: 'key', other: 1 },
  people: [{ segment: 'oem' }, { email: 'c@d.example', segment: null }],
  names: ['Ada'],
  words: ['one'],
  paper: { id: 'f1', name: 'ada.pdf' },
  open: { anything: 1 },
};

describe('what of a value is personal', () => {
  it('is what is tagged so, what no type knows, and every file', () => {
    expect(personalPaths(VALUE, maskOf(type), ['data'])).to.deep.equal([
      ['data', 'customer', 'email'],
      ['data', 'customer', 'other'],
      ['data', 'people', 1, 'email'],
      ['data', 'names'],
      ['data', 'paper'],
    ]);
    expect(withoutPersonal(VALUE, maskOf(type))).to.deep.equal({
      customer: { segment: 'key' },
      people: [{ segment: 'oem' }, { segment: null }],
      words: ['one'],
      open: { anything: 1 },
    });
  });

  it('is nothing where nothing is there', () => {
    const empty = { customer: null, people: [], names: [], paper: null };
    expect(personalPaths(empty, maskOf(type), [])).to.deep.equal([]);
    expect(holdsPersonal(maskOf(type))).to.equal(true);
    expect(holdsPersonal(maskOf(objectOf({ words: listOf(TEXT) })))).to.equal(false);
  });

  it('is all of a value that is not of the form that its type has', () => {
    expect(personalPaths(['x'], maskOf(customer), ['data'])).to.deep.equal([['data']]);
    expect(withoutPersonal('x', maskOf(customer))).to.equal(undefined);
  });
});
