import { expect } from 'chai';
import { showClassification } from '../../../engine/kernel/classification.ts';
import { accepted, scopeWith } from '../fixtures/evaluate.ts';

describe('what flows into an expression', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['customer.id', 'public', ['customer.id']],
    ['1 + 2', 'public', []],
    ['customer.contactEmail', 'internal, personal', ['customer.contactEmail']],
    ['customer.vatNo == "x"', 'confidential', ['customer.vatNo']],
    ['customer.vatNo == "x" ? 1 : 2', 'confidential', ['customer.vatNo']],
    ['orElse(customer.vatNo, reference)', 'confidential', ['customer.vatNo', 'reference']],
    ['ok ? customer.id : customer.vatNo', 'confidential', ['ok', 'customer.id', 'customer.vatNo']],
    ['lines.map(l, l.sku)', 'public', ['lines.sku', 'lines']],
    ['lines.map(l, l.margin)', 'confidential', ['lines.margin', 'lines']],
    ['size(lines)', 'public', ['lines']],
    ['lines.exists(l, l.margin == null)', 'confidential', ['lines.margin', 'lines']],
    [
      'lines.filter(l, l.margin == null).map(l, l.sku)',
      'confidential',
      ['lines.sku', 'lines.margin', 'lines'],
    ],
    ['lines.sortBy(l, orElse(l.margin, 0))[0].sku', 'confidential', ['lines.sku', 'lines.margin']],
    ['lines[0].sku', 'public', ['lines.sku']],
    [
      'found.contactEmail in [found.vatNo]',
      'confidential, personal',
      ['found.vatNo', 'found.contactEmail'],
    ],
  ];
  for (const [source, classification, paths] of cases) {
    it(`${source} is ${classification}`, () => {
      const expression = accepted(source, undefined, scopeWith([]));
      expect(showClassification(expression.type.classification)).to.equal(classification);
      expect(expression.flows.map(({ path }) => path)).to.include.members(paths);
    });
  }

  it('names the single fields of an object', () => {
    const { flows, type } = accepted('customer', undefined, scopeWith([]));
    expect(showClassification(type.classification)).to.equal('restricted, personal');
    expect(flows.map(({ path }) => path)).to.include('customer.address.city');
    const credit = flows.find(({ path }) => path === 'customer.creditStatus');
    expect(credit?.type.origin).to.equal('Customer.creditStatus');
    expect(credit?.type.classification.level).to.equal('restricted');
  });

  it('lists every path that is read, as the author wrote it', () => {
    const { reads } = accepted(
      'quote.netTotal > 5 && lines.all(l, l.qty > n) && customer.segment != null && now > time',
    );
    expect(reads).to.have.members(['quote.netTotal', 'lines', 'n', 'customer.segment', 'time']);
  });
});
