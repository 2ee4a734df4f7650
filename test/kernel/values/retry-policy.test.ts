import { expect } from 'chai';
import fc from 'fast-check';
import type { RetryPolicy } from '../../../engine/kernel/values/retry-policy.ts';
import { tightened } from '../../../engine/kernel/values/retry-policy.ts';

const POLICY: fc.Arbitrary<RetryPolicy> = fc.record({
  attempts: fc.integer({ min: 1, max: 100 }),
  first: fc.integer({ min: 1, max: 3_600_000 }),
  backoff: fc.constantFrom('fixed' as const, 'exponential' as const),
});

describe('a policy of tries', () => {
  it('is never loosened by what a workflow says beside it', () => {
    fc.assert(
      fc.property(POLICY, POLICY, (policy, by) => {
        const both = tightened(policy, by);
        expect(both.attempts).to.be.at.most(policy.attempts);
        expect(both.first).to.be.at.least(policy.first);
        if (policy.backoff === 'exponential') expect(both.backoff).to.equal('exponential');
      }),
    );
  });

  it('stays as it is where nothing is said', () => {
    fc.assert(
      fc.property(POLICY, (policy) => {
        expect(tightened(policy, {})).to.deep.equal(policy);
      }),
    );
  });
});
