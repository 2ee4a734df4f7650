import { expect } from 'chai';
import { breaksBetween } from '../../../engine/governance/compatibility/breaks.ts';
import { createValidator } from '../../../engine/kernel/validator/validator.ts';
import { PAIRS } from './pairs.ts';
import type { Pair } from './pairs.ts';

describe('compatibility of two schemas', () => {
  it('is held by more than sixty pairs', () => {
    expect(PAIRS.length).to.be.greaterThan(60);
  });

  for (const { name, before, after, backward, forward } of PAIRS) {
    it(name, () => {
      for (const schema of [before, after]) {
        expect(createValidator(new Map()).check(schema)).to.deep.equal([]);
      }
      expect(rulesOf(before, after), 'backward').to.have.members(backward);
      expect(rulesOf(after, before), 'forward').to.have.members(forward);
    });
  }
});

function rulesOf(from: Pair['before'], to: Pair['after']): readonly string[] {
  return breaksBetween(new Map([['T', from]]), new Map([['T', to]])).map(
    ({ finding: { at, rule }, isShown }) => `${[...at, rule].join(' ')}${isShown ? '' : '?'}`,
  );
}
