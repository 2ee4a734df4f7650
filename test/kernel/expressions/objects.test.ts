import { expect } from 'chai';
import { listOf } from '../../../engine/kernel/types/make-type.ts';
import { accepted, refused, scopeWith, valueOf } from '../fixtures/evaluate.ts';
import { wholeType } from '../fixtures/sales-types.ts';

describe('an object that is written out', () => {
  const line = wholeType('QuoteLine');

  it('is stored field by field, in the kind that its type has', () => {
    expect(valueOf('{"sku": "A1", "qty": n, "unitPrice": price}')).to.deep.equal({
      sku: 'A1',
      qty: 7,
      unitPrice: '10.50',
    });
    const wanted = accepted('{"sku": "A1", "qty": 1, "unitPrice": 2}', line);
    const environment = { variables: {}, now: 0, timeZone: 'UTC', calendar: NO_CALENDAR };
    expect(wanted.evaluate(environment)).to.deep.equal({ sku: 'A1', qty: 1, unitPrice: '2' });
  });

  it('leaves out what is empty', () => {
    expect(valueOf('{"sku": "A1", "note": comment}')).to.deep.equal({ sku: 'A1' });
  });

  it('can be the items of a list', () => {
    accepted('lines + [{"sku": "A1", "qty": 2}]', listOf(line));
    accepted('lines.map(l, {"sku": l.sku, "qty": l.qty + 1})', listOf(line));
    expect(valueOf('lines.map(l, {"sku": l.sku}).filter(x, x.sku != "A1")')).to.deep.equal([
      { sku: 'B2' },
      { sku: 'C3' },
    ]);
  });

  it('has all that its type needs, and nothing that it does not have', () => {
    expect(refused('{"sku": "A1"}', line)[0]?.message).to.include('has no field "qty"');
    expect(refused('{"sku": "A1", "quantity": 1}', line)[0]?.code).to.equal('unknown-field');
    expect(refused('{"sku": 5, "qty": 1}', line)[0]?.message).to.include('sku: ');
    expect(refused('{"sku": comment, "qty": 1}', line, scopeWith([]))[0]?.code).to.equal(
      'may-be-empty',
    );
  });

  it('is as sensitive as what it is made of', () => {
    const { flows, type } = accepted('{"sku": "A1", "by": customer.vatNo}');
    expect(flows.map(({ path }) => path)).to.include('customer.vatNo');
    expect(type.classification.level).to.equal('confidential');
  });
});

const NO_CALENDAR = { timeZone: 'UTC', hours: [], holidays: [] };
