import { expect } from 'chai';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import { recordViews } from '../../../engine/governance/core/record-views.ts';
import { SMALL_CORE } from './small-core.ts';

describe('the views of records', () => {
  it('are of the types that are owned here, each field by its kind', () => {
    const { core } = readCore(SMALL_CORE);
    if (core === undefined) throw new Error('refused');
    expect(recordViews(core)).to.deep.equal([
      {
        type: 'Claim',
        fields: [
          { name: 'claimNo', kind: 'text' },
          { name: 'amount', kind: 'decimal' },
          { name: 'salary', kind: 'number' },
          { name: 'items', kind: 'json' },
        ],
      },
    ]);
  });
});
