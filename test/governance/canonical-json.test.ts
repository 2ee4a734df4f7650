import canonicalize from 'canonicalize';
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../engine/governance/canonical-json.ts';

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, section 3.2.3', () => {
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    const example = Object.fromEntries([...sorted].reverse().map((key) => [key, 0]));
    const expected = sorted.map((key) => `${JSON.stringify(key)}:0`).join(',');
    expect(canonicalJson(example)).to.equal(`{${expected}}`);
  });

  it('writes numbers as ECMAScript does', () => {
    expect(canonicalJson([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0])).to.equal(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
  });

  it('leaves absent fields out and keeps the order of lists', () => {
    expect(canonicalJson({ b: [2, 1, null], a: undefined, '': true })).to.equal(
      '{"":true,"b":[2,1,null]}',
    );
  });

  it('equals the reference for every JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(value)).to.equal(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order in which keys were added', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).to.equal(canonicalJson(value));
      }),
    );
  });

  it('refuses what JSON cannot say', () => {
    for (const value of [NaN, Infinity, undefined, [undefined], 1n, { f: () => 1 }])
      expect(() => canonicalJson(value)).to.throw(/Canonical JSON cannot hold/);
  });
});
