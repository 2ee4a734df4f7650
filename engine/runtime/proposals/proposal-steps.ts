import type { ActDraft } from '../../governance/acts.ts';
import { applyChange } from '../../governance/proposals/changed-files.ts';
import type { Proposal } from '../../governance/proposals/proposal.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { User } from '../../ports/accounts.ts';
import type { CoreRelease } from '../../ports/registry.ts';
import type { GovernanceDraft, Thought } from '../govern.ts';
import { actorOf } from './parts.ts';

/** A proposal with the act that made it what it is. */
export function written(
  person: User,
  kind: ActDraft['kind'],
  proposal: Proposal,
  more: JsonObject,
): Thought<Proposal> {
  const acts = [actOf(person, kind, proposal, more)];
  return { draft: { acts, proposal }, answer: proposal };
}

function actOf(
  person: User,
  kind: ActDraft['kind'],
  proposal: Proposal,
  more: JsonObject,
): ActDraft {
  const { number, release: name, digest } = proposal;
  return {
    kind,
    actor: actorOf(person),
    body: { proposal: number, release: name, digest, ...more },
  };
}

/** The last approval, and the release that it makes, in one step. */
export function released(
  person: User,
  approved: Proposal,
  base: CoreRelease,
  said: JsonObject,
): Thought<Proposal> {
  const { release: name, digest, previous, title, author, approvals, files, changedAt } = approved;
  const proposal: Proposal = { ...approved, status: 'released' };
  const after = applyChange(new Map(Object.entries(base.files)), files);
  const draft: GovernanceDraft = {
    acts: [
      actOf(person, 'approved', proposal, said),
      actOf(person, 'released', proposal, { previous }),
    ],
    proposal,
    release: {
      ...{ release: name, digest, files: Object.fromEntries(after), createdAt: changedAt },
      signed: { previous, title, author, approvals: [...approvals] },
    },
  };
  return { draft, answer: proposal };
}
