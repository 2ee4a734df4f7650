import { expect } from 'chai';
import { remembered } from '../../engine/kernel/remembered.ts';

describe('what is remembered of an object', () => {
  it('is made once, and for no other object', () => {
    let made = 0;
    const sizeOf = remembered((list: readonly string[]) => {
      made += 1;
      return { size: list.length };
    });
    const [one, other] = [['a'], ['a']];
    expect(sizeOf(one)).to.equal(sizeOf(one));
    expect(sizeOf(other)).to.deep.equal(sizeOf(one));
    expect(sizeOf(other)).not.to.equal(sizeOf(one));
    expect(made).to.equal(2);
  });

  it('is nothing where the making failed', () => {
    let tries = 0;
    const lateOf = remembered((of: object) => {
      tries += 1;
      if (tries === 1) throw new Error('not yet');
      return { of };
    });
    const one = {};
    expect(() => lateOf(one)).to.throw('not yet');
    expect(lateOf(one).of).to.equal(one);
  });
});
