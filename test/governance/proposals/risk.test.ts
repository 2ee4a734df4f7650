import { expect } from 'chai';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import { riskOfChange } from '../../../engine/governance/proposals/risk.ts';
import { meridianFiles } from '../../runtime/meridian.ts';

const FILES = meridianFiles();

/** The reasons for which a change of one file is of high risk. */
function reasons(path: string, from: string | RegExp, to: string): readonly string[] {
  const text = FILES.get(path) ?? '';
  expect(text.replace(from, to), path).not.to.equal(text);
  const before = readCore(FILES).core;
  const after = readCore(new Map(FILES).set(path, text.replace(from, to)));
  if (before === undefined || after.core === undefined)
    throw new Error(JSON.stringify(after.problems));
  const { risk, reasons: found } = riskOfChange(before, after.core);
  expect(risk).to.equal(found.length > 0 ? 'high' : 'low');
  return found;
}

describe('the risk of a change of the core', () => {
  it('is low for what only adds or says otherwise', () => {
    expect(reasons('core.yaml', /^name: .*$/mu, 'name: Another')).to.deep.equal([]);
    expect(reasons('core.yaml', '09:00-17:00', '08:00-17:00')).to.deep.equal([]);
    expect(
      reasons('types/Quote.yaml', '  properties:', '  properties:\n    note: { type: string }'),
    ).to.deep.equal([]);
  });

  it('is high where a field would be less protected, under its own name or another', () => {
    expect(
      reasons(
        'types/Customer.yaml',
        'x-classification: confidential',
        'x-classification: internal',
      ),
    ).to.deep.equal(['Customer.vatNo is confidential, and would be internal.']);
    expect(reasons('types/Customer.yaml', /\n +x-tags: \[personal\]/u, '')).to.deep.equal([
      'Customer.contactEmail would not be tagged "personal" any more.',
    ]);
  });

  it('is high where it changes who may do what, or what leaves the house', () => {
    expect(reasons('core.yaml', 'managers:', 'managers:\n  order-desk: [author]')).to.deep.equal([
      'Who manages whose tasks changes.',
    ]);
    expect(
      reasons(
        'core.yaml',
        'line: 1',
        'line: 1\napprovalRoutes: { low: { approvers: 1, role: it-core }, high: { approvers: 1, role: it-core } }',
      ),
    ).to.deep.equal(['Who approves changes of the core changes.']);
    expect(reasons('policies.yaml', 'upTo: public', 'upTo: internal')).to.deep.equal([
      '"clearances" of policies.yaml changes.',
    ]);
    expect(
      reasons('connectors/oms/connector.yaml', 'title: Order management', 'title: Orders'),
    ).to.deep.equal(['The connector oms changes.']);
    expect(reasons('processes/create-order.yaml', /$/u, '\n# changed\n')).to.deep.equal([
      'The core process core/create-order changes.',
    ]);
  });
});
