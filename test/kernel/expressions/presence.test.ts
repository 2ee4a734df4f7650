import { expect } from 'chai';
import { accepted, refused, scopeWith } from '../fixtures/evaluate.ts';
import { wholeType } from '../fixtures/sales-types.ts';

describe('presence', () => {
  const narrowing = [
    'comment != null && size(comment) > 1',
    'comment == null || size(comment) > 1',
    '!(comment == null) && size(comment) > 1',
    '!(comment == null || size(comment) < 1)',
    'comment != null ? size(comment) > 1 : ok',
    'comment == null ? ok : size(comment) > 1',
    'ok && comment != null && size(comment) > 1',
    '(comment == null || ok) && (comment == null || size(comment) > 1)',
    'comment == "x" && size(comment) > 1',
    'comment != "x" || size(comment) > 1',
    'comment in ["x", "y"] && size(comment) > 1',
    'customer.address.city != null && size(customer.address.city) > 1',
    'found.address != null && size(found.address.city) > 1',
    'found.address != null && found.address.postcode != null && size(found.address.postcode) > 1',
    'lines.filter(l, l.unitPrice != null).all(x, x.unitPrice > 1)',
    'lines.filter(l, l.margin != null && l.unitPrice != null).all(x, x.margin < x.unitPrice)',
    'lines.all(l, l.unitPrice == null || l.unitPrice > 1)',
    '(ok ? comment != null : comment == "x") && size(comment) > 1',
    'lines.all(l, l.unitPrice != null) && lines.all(x, x.unitPrice > 1)',
    'size(lines) > 0 && size(lines[0].sku) > 1',
    'size(lines) >= 2 && size(lines[1].sku) > 1',
    'size(lines) == 0 || size(lines[0].sku) > 1',
    'lines.size() != 0 && 2 <= size(lines) && size(lines[1].sku) > 1',
    'size(lines) < 3 ? ok : size(lines[2].sku) > 1',
    'lines[3] != null && size(lines[3].sku) > 1',
    'lines.all(l, ok && l.unitPrice != null) && sum(lines.map(x, x.unitPrice)) > 1',
  ];
  for (const source of narrowing) {
    it(`follows from ${source}`, () => {
      accepted(source, undefined, scopeWith([]));
    });
  }

  const wide = [
    'lines.all(l, ok || l.unitPrice != null) && lines.all(x, x.unitPrice > 1)',
    'lines.filter(l, ok).all(l, l.unitPrice != null) && lines.all(x, x.unitPrice > 1)',
    '!lines.all(l, l.unitPrice == null) && lines.all(x, x.unitPrice > 1)',
    'size(lines) > 0 && size(lines[1].sku) > 1',
    'size(lines) >= 0 && size(lines[0].sku) > 1',
    'size(lines) != 2 && size(lines[0].sku) > 1',
    'size(lines) < 3 && size(lines[0].sku) > 1',
    'size(lines.filter(l, ok)) > 0 && size(lines[0].sku) > 1',
    'comment != null || size(comment) > 1',
    'comment == null && size(comment) > 1',
    '(comment != null || ok) && size(comment) > 1',
    '(ok ? comment != null : ok) && size(comment) > 1',
    'comment == quote.poNumber && size(comment) > 1',
    'comment != "x" && size(comment) > 1',
    'customer.address != null && size(customer.address.city) > 1',
    'lines.filter(l, l.unitPrice != null || ok).all(x, x.unitPrice > 1)',
    'lines.exists(l, l.unitPrice != null) && lines.all(l, l.unitPrice > 1)',
  ];
  for (const source of wide) {
    it(`does not follow from ${source}`, () => {
      expect(refused(source, undefined, scopeWith([]))[0]?.code).to.equal('may-be-empty');
    });
  }

  it('of a field is presence of what holds it', () => {
    const scope = scopeWith(['customer.address.city']);
    accepted('customer.address.city + "x"', undefined, scope);
    expect(accepted('customer.address', undefined, scope).type.mayBeEmpty).to.equal(false);
  });

  it('of all that a whole needs makes a draft whole', () => {
    accepted('customer', wholeType('Customer'), scopeWith(['customer.id', 'customer.legalName']));
    accepted('quote', wholeType('Quote'), scopeWith(['quote.quoteNo']));
    accepted('quote', wholeType('Quote'), { ...scopeWith(), present: 'all' });
    accepted('ok ? quote : quote', wholeType('Quote'), scopeWith(['quote.quoteNo']));
  });

  it('is reported for what a condition tests', () => {
    const both = accepted('comment != null && quote.poNumber != null', undefined, scopeWith([]));
    expect(both.presentWhenTrue).to.deep.equal(['comment', 'quote.poNumber']);
    expect(both.presentWhenFalse).to.deep.equal([]);
    const none = accepted('comment == null || quote.poNumber == null', undefined, scopeWith([]));
    expect(none.presentWhenTrue).to.deep.equal([]);
    expect(none.presentWhenFalse).to.deep.equal(['comment', 'quote.poNumber']);
    const inList = accepted('lines.all(l, l.margin != null)', undefined, scopeWith([]));
    expect(inList.presentWhenTrue).to.deep.equal(['lines.[].margin']);
    expect(inList.presentWhenFalse).to.deep.equal([]);
  });
});
