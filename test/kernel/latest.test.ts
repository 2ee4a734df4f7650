import { expect } from 'chai';
import fc from 'fast-check';
import { Latest } from '../../engine/kernel/latest.ts';

describe('what was made of the latest texts', () => {
  const setUp = (most: number) => {
    const made: string[] = [];
    const latest = new Latest(most, (source) => {
      made.push(source);
      return source.toUpperCase();
    });
    return { latest, made };
  };

  it('is made once while it is in use', () => {
    const { latest, made } = setUp(1_000);
    const answers = ['a', 'b', 'a', 'a', 'b'].map((source) => latest.of(source));
    expect(answers).to.deep.equal(['A', 'B', 'A', 'A', 'B']);
    expect(made).to.deep.equal(['a', 'b']);
  });

  it('is forgotten for the text that was used least lately', () => {
    const { latest, made } = setUp(2 * 51);
    for (const source of ['a', 'b', 'a', 'c', 'a', 'b']) latest.of(source);
    expect(made).to.deep.equal(['a', 'b', 'c', 'b']);
  });

  it('is right for a text that is larger than all that may be kept', () => {
    const { latest, made } = setUp(100);
    const large = 'x'.repeat(200);
    expect([latest.of(large), latest.of(large)]).to.deep.equal(Array(2).fill(large.toUpperCase()));
    expect(made).to.have.length(2);
  });

  it('keeps nothing of a text that cannot be read', () => {
    let tries = 0;
    const latest = new Latest<string>(1_000, () => {
      tries += 1;
      throw new Error('no');
    });
    for (let i = 0; i < 3; i++) expect(() => latest.of('a')).to.throw('no');
    expect(tries).to.equal(3);
  });

  it('never differs from making it anew', () => {
    const sources = fc.array(fc.string({ maxLength: 4 }), { maxLength: 60 });
    fc.assert(
      fc.property(sources, fc.integer({ min: 0, max: 400 }), (written, most) => {
        const { latest } = setUp(most);
        for (const source of written) expect(latest.of(source)).to.equal(source.toUpperCase());
      }),
    );
  });
});
