import { expect } from 'chai';
import fc from 'fast-check';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import { sourceOf, withHelpers, workshopCore } from '../fixtures/workshop.ts';
import { HELPER } from '../transition/sample-workflows.ts';
import type { ModelState } from './model-workflow.ts';
import { RandomWorkflow } from './random-workflow.ts';
import type { Pick } from './walk.ts';
import { walkAlong } from './walk.ts';
import { writeWorkflow } from './write-workflow.ts';

const SIZES: Readonly<Record<string, number>> = { full: 300, nightly: 10_000 };
const SIZE = process.env['TRELLIS_TEST_SIZE'] ?? '';
const WORKFLOWS = SIZES[SIZE] ?? 20;
const PATHS = 30;
const STEPS = 12;

const PICK: fc.Arbitrary<Pick> = fc.record({
  index: fc.nat(1_000),
  from: fc.nat(19),
  hours: fc.constantFrom(1, 1, 1, 7, 100),
});
const PICKS = fc.array(PICK, { maxLength: STEPS });

/** What the checker says of regions that are in each other's way. */
const AT_ODDS = [
  'regions-at-odds',
  'two-regions-leave',
  'into-other-region',
  'undo-inside-parallel',
];

describe('the kernel beside a second interpreter', function () {
  this.timeout(7_200_000);

  it('is held against workflows whose regions keep out of each other’s way', () => {
    const core = withHelpers(workshopCore().view, [HELPER]);
    const property = fc.property(fc.gen(), (random) => {
      const written = writeWorkflow(new RandomWorkflow(random).make());
      const { problems } = checkSource(sourceOf(written), core);
      const found = problems.filter(({ code }) => AT_ODDS.includes(code));
      expect(found.map(({ message }) => message)).to.deep.equal([]);
    });
    fc.assert(property, { numRuns: Math.min(WORKFLOWS, 300) });
  });

  it('comes to the same states, data and effects on random paths through random workflows', () => {
    let model: ModelState | undefined;
    const property = fc.property(
      fc.gen(),
      fc.array(PICKS, { minLength: PATHS, maxLength: PATHS }),
      (random, paths) => {
        model = new RandomWorkflow(random).make();
        walkAlong(model, paths);
      },
    );
    const found = fc.check(property, { numRuns: WORKFLOWS, endOnFailure: true });
    const { failed, seed, counterexamplePath, errorInstance } = found;
    const why = errorInstance instanceof Error ? errorInstance.message : '';
    const what = model === undefined ? '' : JSON.stringify(writeWorkflow(model));
    const again = `seed ${String(seed)}, path ${String(counterexamplePath)}`;
    expect(failed, `${what}\n${why}\n(${again})`).to.equal(false);
  });
});
