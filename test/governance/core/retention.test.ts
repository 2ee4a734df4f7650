import { expect } from 'chai';
import { archiveAfter } from '../../../engine/governance/core/retention.ts';

const DAY = 24 * 3_600_000;

describe('when finished cases move to the archive', () => {
  const rules = [
    { workflow: 'quote', archiveAfter: '2 years' },
    { archiveAfter: '3 weeks' },
    { workflow: 'claim', archiveAfter: 'never' },
    { workflow: 'leaflet', archiveAfter: '1 hour' },
  ];

  it('is what the line of the workflow says, or that for all others', () => {
    expect(archiveAfter(rules, 'quote')).to.equal(730 * DAY);
    expect(archiveAfter(rules, 'other')).to.equal(21 * DAY);
    expect(archiveAfter(rules, 'claim')).to.equal(undefined);
    expect(archiveAfter(rules, 'leaflet')).to.equal(3_600_000);
  });

  it('is never where nothing is said', () => {
    expect(archiveAfter([], 'quote')).to.equal(undefined);
    expect(archiveAfter(rules.slice(0, 1), 'other')).to.equal(undefined);
  });
});
