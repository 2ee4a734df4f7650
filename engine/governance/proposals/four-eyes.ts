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

/** Tells why this person may not approve the proposal, if so. */
export function whyNotApprove(
  proposal: Proposal,
  { role }: Route,
  person: Pick<Approver, 'email' | 'roles' | 'hasLeft'>,
): NotApproving | undefined {
  const is = ({ email }: Signature): boolean => emailKey(email) === emailKey(person.email);
  if (proposal.status !== 'open') return { code: 'over', reason: 'It is not open any more.' };
  if (is(proposal.author))
    return { code: 'author', reason: 'Whoever proposed a change never approves it.' };
  if (person.hasLeft) return { code: 'left', reason: 'They have left.' };
  if (!person.roles.includes(role))
    return { code: 'role', reason: `Approving this change needs the role "${role}".` };
  if (proposal.approvals.some(is))
    return { code: 'approved', reason: 'They have approved it already.' };
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
  const { author } = proposal;
  if (!isByAuthor(proposal, author)) return [];
  const seen = new Set([emailKey(author.email), author.key]);
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
    seen.add(emailKey(email)).add(key);
    return counts;
  });
}
