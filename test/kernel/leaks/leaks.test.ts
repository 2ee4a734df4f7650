import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import type { Problem } from '../../../engine/kernel/problem.ts';
import type { Specimen } from './corpus.ts';
import { throughExpressions } from './corpus.ts';
import { throughPlaces } from './places.ts';
import { SECRETS_CORE } from './secrets-core.ts';
import { byHand } from './ways.ts';

/** Of those made of all ways into all places, one of so many is checked. */
const EACH = process.env['TRELLIS_TEST_SIZE'] === 'full' ? 1 : 7;

const checked = (which: 'secret' | 'open'): readonly Specimen[] => [
  ...throughExpressions(which).filter((_, index) => index % EACH === 0),
  ...throughPlaces(which),
  ...byHand(which),
];

const corpus = (which: 'secret' | 'open'): readonly Specimen[] => [
  ...throughExpressions(which),
  ...throughPlaces(which),
  ...byHand(which),
];

const problemsOf = ({ source }: Specimen): readonly Problem[] =>
  checkSource(source, SECRETS_CORE).problems;

const LEAKS = ['too-sensitive', 'less-protected', 'not-readable'];

/** The line of a problem, or the name of its file where that is not the workflow itself. */
function lineOf({ source }: Specimen, { file, position }: Problem): string {
  return file ?? source.text.split('\n')[(position?.line ?? 0) - 1] ?? '';
}

describe('the corpus of leaks', function () {
  this.timeout(120_000);

  it('has more than 200 leaks, and as many that are none', () => {
    expect(corpus('secret')).to.have.length.above(600);
    expect(corpus('open')).to.have.length.above(600);
    const names = new Set(corpus('secret').map(({ name }) => name));
    expect(names.size, 'each is another').to.equal(corpus('secret').length);
  });

  it('is caught: every leak is told at its place, with the way from the field, and nothing else', () => {
    for (const specimen of checked('secret')) {
      const problems = problemsOf(specimen);
      const codes = problems.map(({ code }) => code);
      expect(codes, `${specimen.name}\n${specimen.source.text}`).to.have.length.above(0);
      expect(LEAKS, specimen.name).to.include.members(codes);
      for (const problem of problems) {
        expect(lineOf(specimen, problem), specimen.name).to.include(specimen.at);
        expect(problem.trace, specimen.name).to.have.length.above(1);
      }
    }
  });

  it('is not taken for one where nothing secret goes out', () => {
    for (const specimen of checked('open')) {
      expect(problemsOf(specimen), `${specimen.name}\n${specimen.source.text}`).to.deep.equal([]);
    }
  });
});
