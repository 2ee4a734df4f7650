import { expect } from 'chai';
import fc from 'fast-check';
import { presenceOf } from '../../../engine/kernel/check/presence.ts';
import type { Presence } from '../../../engine/kernel/check/presence.ts';
import { scopeOf } from '../../../engine/kernel/check/scopes.ts';
import { statechartOf } from '../../../engine/kernel/check/statechart.ts';
import type { Workflow } from '../../../engine/kernel/definition/workflow.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';
import { TooManyNodes, enumeratePaths } from './enumerate-paths.ts';
import { Builder, plans } from './random-statechart.ts';

const RUNS = process.env['TRELLIS_TEST_SIZE'] === 'full' ? 1_000 : 150;

function presence(workflow: Workflow): Presence {
  return presenceOf(workflow, statechartOf(workflow), scopeOf(workflow, meridianCore));
}

/** Enumerates, or gives up on the few workflows whose paths are too many. */
function enumerated(workflow: Workflow): ReturnType<typeof enumeratePaths> {
  try {
    return enumeratePaths(workflow);
  } catch (error) {
    fc.pre(!(error instanceof TooManyNodes));
    throw error;
  }
}

describe('presence along the paths', () => {
  it('is what following every path one by one gives, when no condition hides a path', () => {
    let entries = 0;
    fc.assert(
      fc.property(plans(false), (plan) => {
        const builder = new Builder({ intoRegions: false });
        const workflow = builder.build(plan);
        const byPaths = enumerated(workflow);
        const found = presence(workflow);
        for (const id of statechartOf(workflow).states.keys()) {
          const own = builder.fieldsOf.get(id) ?? [];
          const expected = byPaths.get(id);
          const actual = found.onEntry(id);
          expect(actual && own.filter((path) => actual.has(path)), id).to.deep.equal(
            expected && own.filter((path) => expected.has(path)),
          );
          entries += expected === undefined ? 0 : 1;
        }
      }),
      { numRuns: RUNS },
    );
    expect(entries).to.be.greaterThan(RUNS);
  }).timeout(60_000);

  it('never counts as present what a path leaves empty, when conditions hide paths', () => {
    fc.assert(
      fc.property(plans(true), (plan) => {
        const builder = new Builder({ intoRegions: true });
        const workflow = builder.build(plan);
        const found = presence(workflow);
        for (const [id, filled] of enumerated(workflow)) {
          const own = builder.fieldsOf.get(id) ?? [];
          const claimed = own.filter((path) => found.onEntry(id)?.has(path) ?? false);
          const wrong = claimed.filter((path) => !filled.has(path));
          expect(found.isReached(id), id).to.equal(true);
          expect(wrong, id).to.deep.equal([]);
        }
      }),
      { numRuns: RUNS },
    );
  }).timeout(60_000);
});
