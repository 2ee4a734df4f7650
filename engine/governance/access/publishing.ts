import type { PublishingRules } from '../publishing/publishing-rules.ts';
import { tiersOf } from '../publishing/risk.ts';
import { allow, hasOneOf, refuse } from './decide.ts';
import type { Decision, ReviewSubject, StaffActor } from './words.ts';

/** Workflows are written by authors of the team that owns them, and by IT. */
export function mayWriteWorkflow(
  actor: StaffActor,
  { teams, rules }: { readonly teams: readonly string[]; readonly rules: PublishingRules },
): Decision {
  const { self, it } = rules.roles;
  if (it.some((role) => actor.roles.includes(role))) return allow('IT may write every workflow.');
  const author = hasOneOf(actor, self);
  if (!author.allowed) return author;
  const other = teams.find((team) => !actor.teams.includes(team));
  return other === undefined
    ? allow('The workflow is of a team of theirs.')
    : refuse('not-involved', `Only the team "${other}" and IT write this workflow.`);
}

/** A draft is sent and withdrawn by whoever wrote it. */
export function mayOwn(actor: StaffActor, { author }: { readonly author: string }): Decision {
  return actor.id === author
    ? allow('They wrote the draft.')
    : refuse('not-involved', 'Only whoever wrote a draft sends or withdraws it.');
}

/** Whoever speaks for a tier that is open decides, but never about what is their own. */
export function mayReview(actor: StaffActor, { author, open, rules }: ReviewSubject): Decision {
  if (actor.id === author)
    return refuse('own', 'Nobody decides about a draft of their own, by whatever role.');
  const mine = tiersOf(actor.roles, rules).some((tier) => open.includes(tier));
  if (mine) return allow('A role of theirs speaks for what is open.');
  return hasOneOf(actor, [...new Set(open.flatMap((tier) => rules.roles[tier]))]);
}

/** Personal data is erased by those who speak for data protection. */
export function mayErase(
  actor: StaffActor,
  { rules }: { readonly rules: PublishingRules },
): Decision {
  return hasOneOf(actor, rules.roles.dataProtection);
}

/** Whoever speaks for any tier may ask for an old version; what it needs is looked at then. */
export function mayRollBack(
  actor: StaffActor,
  { rules }: { readonly rules: PublishingRules },
): Decision {
  return hasOneOf(actor, [...new Set(Object.values(rules.roles).flat())]);
}
