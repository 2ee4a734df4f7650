import { expect } from 'chai';
import {
  countingApprovals,
  whyNotApprove,
} from '../../../engine/governance/proposals/four-eyes.ts';
import type { Approver } from '../../../engine/governance/proposals/four-eyes.ts';
import type { Proposal } from '../../../engine/governance/proposals/proposal.ts';
import { openProposal, somebody } from './keys.ts';
import type { Person } from './keys.ts';

const ROUTE = { approvers: 2, role: 'it-core' };
const [ANNA, BOB, CARL] = [somebody('Anna'), somebody('Bob'), somebody('Carl')];

function approver({ email, key }: Person, more: Partial<Approver> = {}): Approver {
  return { email, roles: ['it-core'], hasLeft: false, keys: [key], ...more };
}

const ALL = [ANNA, BOB, CARL].map((one) => approver(one));

function counting(proposal: Proposal, people: readonly Approver[] = ALL): readonly string[] {
  return countingApprovals(proposal, ROUTE, people).map(({ name }) => name);
}

describe('four eyes', () => {
  const proposal = openProposal(ANNA, [BOB, CARL]);

  it('counts those who signed just this release, each once', () => {
    expect(counting(proposal)).to.deep.equal(['Bob', 'Carl']);
    const [bob] = proposal.approvals;
    expect(counting({ ...proposal, approvals: [bob, bob] as never })).to.deep.equal(['Bob']);
  });

  it('counts none where anything that they signed is otherwise', () => {
    for (const change of [
      { digest: 'b'.repeat(64) },
      { release: '1.3' },
      { previous: null },
      { title: 'Another' },
    ])
      expect(counting({ ...proposal, ...change }), JSON.stringify(change)).to.deep.equal([]);
  });

  it('never counts the author, by whatever name, address or key', () => {
    const own = openProposal(ANNA, [ANNA, BOB]);
    expect(counting(own)).to.deep.equal(['Bob']);
    const otherName = openProposal(ANNA, [{ ...ANNA, email: 'eve@example.org' }, BOB]);
    expect(
      counting(otherName, [...ALL, approver(ANNA, { email: 'eve@example.org' })]),
    ).to.deep.equal(['Bob']);
    const otherKey = { ...somebody('Anna'), email: ' ANNA@example.org' };
    expect(
      counting(openProposal(ANNA, [otherKey]), [
        approver(ANNA, { keys: [ANNA.key, otherKey.key] }),
      ]),
    ).to.deep.equal([]);
  });

  it('never counts who has brought it here, and nothing that nobody has signed for bringing', () => {
    const { author: byCarl } = openProposal(CARL, []);
    const brought = { ...proposal, broughtBy: byCarl };
    expect(counting(brought)).to.deep.equal(['Bob']);
    expect(counting({ ...proposal, broughtBy: { ...byCarl, name: 'Eve' } })).to.deep.equal([]);
    const subject = { proposal: brought, route: ROUTE, counting: [] };
    expect(whyNotApprove(subject, approver(CARL))?.code).to.equal('author');
  });

  it('lets somebody approve again whose first approval is by a key that does not count', () => {
    const elsewhere = { ...somebody('Bob'), email: BOB.email };
    const both = openProposal(ANNA, [elsewhere, BOB]);
    expect(counting(both)).to.deep.equal(['Bob']);
    const first = openProposal(ANNA, [elsewhere]);
    const subject = {
      ...{ proposal: first, route: ROUTE },
      counting: countingApprovals(first, ROUTE, ALL),
    };
    expect(whyNotApprove(subject, approver(BOB))).to.equal(undefined);
  });

  it('counts nobody any more who has left, lost the role or the key, or is unknown', () => {
    const without = (changed: Partial<Approver>): readonly string[] =>
      counting(proposal, [approver(ANNA), approver(BOB, changed), approver(CARL)]);
    expect(without({ hasLeft: true })).to.deep.equal(['Carl']);
    expect(without({ roles: ['auditor'] })).to.deep.equal(['Carl']);
    expect(without({ keys: [] })).to.deep.equal(['Carl']);
    expect(without({ email: 'else@example.org' })).to.deep.equal(['Carl']);
  });

  it('counts no signature that somebody else has copied under their name', () => {
    const [bob, carl] = proposal.approvals;
    const stolen = { ...bob, email: CARL.email, name: 'Carl' };
    expect(counting({ ...proposal, approvals: [stolen, carl] as never })).to.deep.equal(['Carl']);
  });

  it('counts nothing where the author has not signed', () => {
    const { approvals, author } = openProposal(BOB, [CARL]);
    expect(
      counting({ ...proposal, approvals, author: { ...author, key: ANNA.key } }),
    ).to.deep.equal([]);
  });

  it('tells why somebody may not approve', () => {
    const open = openProposal(ANNA, [BOB]);
    const may = (person: Approver, of: Proposal = open): string | undefined =>
      whyNotApprove({ proposal: of, route: ROUTE, counting: open.approvals }, person)?.code;
    expect(may(approver(CARL))).to.equal(undefined);
    expect(may(approver(ANNA))).to.equal('author');
    expect(may(approver(BOB))).to.equal('approved');
    expect(may(approver(CARL, { roles: ['sales-rep'] }))).to.equal('role');
    expect(may(approver(CARL, { hasLeft: true }))).to.equal('left');
    expect(may(approver(CARL), { ...open, status: 'withdrawn' })).to.equal('over');
  });
});
