import { expect } from 'chai';
import type { Specimen } from './corpus.ts';
import { judge, mutantsOf, variationsOf } from './corpus.ts';
import { OPERATORS } from './operators/all.ts';
import { bundledCore, readSubjects } from './subjects.ts';
import { VARIATIONS } from './variations.ts';

/** One in so many of what each operator makes; all of it in the full run and in the program. */
const EACH = process.env['TRELLIS_TEST_SIZE'] === 'full' ? 1 : 60;

/** The first that each operator makes, and one in so many of all. */
function some(specimens: readonly Specimen[]): readonly Specimen[] {
  const seen = new Set<string>();
  return specimens.filter(({ operator }, index) => {
    const isFirst = !seen.has(operator);
    seen.add(operator);
    return isFirst || index % EACH === 0;
  });
}

describe('the corpus of mutations', function () {
  this.timeout(600_000);

  it('has operators of different names, each of which says why it is wrong', () => {
    const all = [...OPERATORS, ...VARIATIONS];
    expect(new Set(all.map(({ name }) => name)).size).to.equal(all.length);
    expect(all.filter(({ why }) => !/^.{10,}\.$/u.test(why))).to.deep.equal([]);
    expect(OPERATORS.length).to.be.at.least(40);
  });

  it('begins with workflows that are right', async () => {
    const core = await bundledCore();
    const whole = { name: 'as-it-is', why: 'It is right.', apply: () => [{}] };
    const found = variationsOf(await readSubjects(), [whole]).map((one) => judge(one, core));
    expect(found.flatMap((one) => one.found)).to.deep.equal([]);
  });

  it('is refused, each at its place', async () => {
    const core = await bundledCore();
    const mutants = mutantsOf(await readSubjects(), OPERATORS);
    expect(mutants.length).to.be.at.least(1000);
    expect(new Set(mutants.map(({ operator }) => operator)).size).to.equal(OPERATORS.length);
    const missed = some(mutants)
      .map((one) => judge(one, core))
      .filter(({ isRight }) => !isRight);
    expect(missed.map(({ specimen, found }) => [specimen.name, ...found])).to.deep.equal([]);
  });

  it('lets everything through that says the same in another way', async () => {
    const core = await bundledCore();
    const varied = variationsOf(await readSubjects(), VARIATIONS);
    expect(varied.length).to.be.at.least(300);
    const refused = some(varied)
      .map((one) => judge(one, core))
      .filter(({ isRight }) => !isRight);
    expect(refused.map(({ specimen, found }) => [specimen.name, ...found])).to.deep.equal([]);
  });
});
