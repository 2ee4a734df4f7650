import { expect } from 'chai';
import { readGuide, rowsUnder } from '../docs/guide.ts';
import { readPatterns } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import type { LoadedCore } from '../../engine/index.ts';
import { patternCore, play } from './play.ts';
import { AIMS, TABLE_PAGE, countOf, rowOf } from './table.ts';

describe('the workflow control-flow patterns', () => {
  let patterns: readonly Pattern[];
  let core: LoadedCore;

  before(async () => {
    [patterns, core] = await Promise.all([readPatterns(), patternCore()]);
  });

  it('are all there, each once', () => {
    const numbers = Array.from({ length: 43 }, (_, index) => index + 1);
    expect(patterns.map(({ number }) => number)).to.deep.equal(numbers);
    expect(patterns.filter(({ how }) => how === '').map(({ folder }) => folder)).to.deep.equal([]);
  });

  it('are what their folders say', () => {
    const faults = patterns.flatMap((pattern) =>
      play(pattern, core).faults.map((fault) => `${pattern.folder}: ${fault}`),
    );
    expect(faults).to.deep.equal([]);
  });

  it('are there often enough', () => {
    const supported = countOf(patterns, 'direct') + countOf(patterns, 'idiom');
    expect(supported).to.be.at.least(AIMS.supported);
  });

  it('are told in the guide as they are', () => {
    const listed = rowsUnder(readGuide(TABLE_PAGE), '## The table');
    expect(listed).to.deep.equal(patterns.map(rowOf));
  });
});
