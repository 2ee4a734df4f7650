import { expect } from 'chai';
import type { Fill } from '../../../engine/kernel/transition/fill-absent.ts';
import { checkFill } from '../../../engine/kernel/transition/fill-absent.ts';
import { takeOutFilled } from '../../../engine/kernel/transition/take-out-filled.ts';
import { loadCore } from '../../../engine/runtime/catalogue.ts';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import { WORKSHOP_FILES } from '../fixtures/workshop.ts';

const SECRET =
  'secret: { type: string, x-classification: confidential, title: Secret }\n    label:';

function check(fill: Partial<Fill>): string {
  const files = new Map(WORKSHOP_FILES);
  files.set('types/Item.yaml', (files.get('types/Item.yaml') ?? '').replace('label:', SECRET));
  const { core, problems } = readCore(files);
  if (core === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  const { view } = loadCore(core, '1.1');
  const checked = checkFill(view, { type: 'Item', field: 'label', set: 'old.sku', ...fill });
  return 'kind' in checked ? checked.message : 'taken';
}

describe('what fills a field', () => {
  it('may not be more sensitive than the field', () => {
    expect(check({})).to.equal('taken');
    expect(check({ set: 'old.secret' })).to.equal(
      'What fills Item.label is confidential, and the field public.',
    );
    expect(check({ field: 'secret', set: 'old.label' })).to.equal('taken');
  });

  it('may be empty, and is no literal that the field refuses', () => {
    expect(check({ set: 'old.label' })).to.equal('taken');
    expect(check({ field: 'pieces', set: '"two"' })).to.contain('What fills Item.pieces');
  });
});

describe('taking out what was filled', () => {
  const filled = {
    set: [
      { field: 'item.label', value: 'A1' },
      { field: 'items', value: [{ sku: 'B1', label: 'B1' }] },
    ],
    filled: ['item.label', 'items.0.label'],
  };

  it('leaves what was there before, whatever the order of its fields', () => {
    const items = [{ label: 'B1', sku: 'B1' }];
    const data = { item: { label: 'A1', sku: 'A1' }, items, note: 'Since' };
    expect(takeOutFilled(data, filled)).to.deep.equal({
      set: [
        { field: 'item.label', value: null },
        { field: 'items', value: [{ sku: 'B1' }] },
      ],
      stays: [],
    });
  });

  it('leaves what has changed since', () => {
    const data = { item: { sku: 'A1', label: 'Mine' }, items: [{ sku: 'B1', label: 'B1' }] };
    expect(takeOutFilled(data, filled)).to.deep.equal({
      set: [{ field: 'items', value: [{ sku: 'B1' }] }],
      stays: ['item.label'],
    });
  });
});
