import { emailKey } from '../../kernel/values/email-key.ts';
import type { Route } from '../core/approval-routes.ts';
import type { Proposal } from './proposal.ts';
import { isApproval, isByAuthor } from './statement.ts';
import type { Signature } from './statement.ts';

/** Somebody as the accounts know them now. */
export interface Approver {
  readonly email: string;
  readonly roles: readonly string[];
  readonly hasLeft: boolean;
  /** Their public keys that count now. */
  readonly keys: readonly string[];
}

/** Why somebody may not approve a proposal; a sentence for people. */
export interface NotApproving {
  readonly code: 'author' | 'role' | 'approved' | 'over' | 'left';
  readonly reason: string;
}

/** A proposal with what decides about who may approve it. */
export interface ToApprove {
  readonly proposal: Proposal;
  readonly route: Route;
  /** The approvals that count now. */
  readonly counting: readonly Signature[];
}

/**
 * Tells why this person may not approve the proposal, if so. Who has approved it with a key that does
 * not count here, in another environment or before they got another, may approve it again.
 */
export function whyNotApprove(
  { proposal, route: { role }, counting }: ToApprove,
  person: Pick<Approver, 'email' | 'roles' | 'hasLeft'>,
): NotApproving | undefined {
  const is = ({ email }: Pick<Signature, 'email'>): boolean =>
    emailKey(email) === emailKey(person.email);
  if (proposal.status !== 'open') return { code: 'over', reason: 'It is not open any more.' };
  if (is(proposal.author))
    return { code: 'author', reason: 'Whoever proposed a change never approves it.' };
  if (proposal.broughtBy !== undefined && is(proposal.broughtBy))
    return { code: 'author', reason: 'Whoever brings a change here never approves it.' };
  if (person.hasLeft) return { code: 'left', reason: 'They have left.' };
  if (!person.roles.includes(role))
    return { code: 'role', reason: `Approving this change needs the role "${role}".` };
  if (counting.some(is)) return { code: 'approved', reason: 'They have approved it already.' };
  return undefined;
}

/**
 * The approvals that count now: signed for just this release, each by somebody else than its author
 * and than the others, who still works here, still has the role and still has the key.
 */
export function countingApprovals(
  proposal: Proposal,
  { role }: Route,
  people: readonly Approver[],
): readonly Signature[] {
  const { author, broughtBy } = proposal;
  const isSigned = [author, broughtBy].every(
    (one) => one === undefined || isByAuthor(proposal, one),
  );
  if (!isSigned) return [];
  const seen = new Set([emailKey(author.email), author.key]);
  if (broughtBy !== undefined) seen.add(emailKey(broughtBy.email)).add(broughtBy.key);
  return proposal.approvals.filter((approval) => {
    const { email, key } = approval;
    const person = people.find((one) => emailKey(one.email) === emailKey(email));
    const counts =
      person !== undefined &&
      !person.hasLeft &&
      person.roles.includes(role) &&
      person.keys.includes(key) &&
      !seen.has(emailKey(email)) &&
      !seen.has(key) &&
      isApproval(proposal, author, approval);
    if (counts) seen.add(emailKey(email)).add(key);
    return counts;
  });
}
