import type { Proposal, ProposalLook } from '../../../engine/index.ts';
import { isReleasable } from '../../../engine/index.ts';
import type { TagView } from './tag.ts';

/** Says how a proposal stands. */
export function proposalTag({ status }: Pick<Proposal, 'status'>): TagView {
  switch (status) {
    case 'open':
      return { text: 'Waiting for approval', tone: 'blue' };
    case 'released':
      return { text: 'Released', tone: 'green' };
    case 'rejected':
      return { text: 'Rejected', tone: 'red' };
    case 'withdrawn':
      return { text: 'Withdrawn', tone: 'grey' };
  }
}

/** Says what stands between an open proposal and its release, in a sentence. */
export function whatIsMissing({
  proposal,
  judgement,
  route,
  counting,
  isOutdated,
}: ProposalLook): string {
  if (proposal.status !== 'open') return '';
  if (isOutdated)
    return 'Another release came into force since it was made. Its author has to bring it up to date.';
  if (judgement === undefined || !isReleasable(judgement))
    return 'It would break what is in use, so nobody can approve it as it is.';
  // What came signed from elsewhere is approved by somebody here as well.
  const missing = Math.max(1, route.approvers - counting.length);
  return `It needs ${missing} more ${missing === 1 ? 'person' : 'people'} with the role "${route.role}" to approve it. Whoever proposed it does not count.`;
}
