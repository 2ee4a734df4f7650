import { reviewsNeeded } from '../../../engine/index.ts';
import type { PublishingRules, Risk, Tier } from '../../../engine/index.ts';

/** The tiers of a risk as people read them. */
export const TIER_WORDS: Readonly<Record<Tier, string>> = {
  self: 'its author',
  peer: 'a peer',
  it: 'IT',
  dataProtection: 'data protection',
};

/** Says who has to look at a workflow before it goes live: `publishing goes to IT (it-core)`. */
export function reviewWords(risk: Risk, rules: PublishingRules): string {
  const needed = reviewsNeeded(risk);
  if (needed.length === 0) return 'its author may publish it alone';
  const who = needed.map((tier) => `${TIER_WORDS[tier]} (${rules.roles[tier].join(', ')})`);
  return `publishing goes to ${who.join(' and ')}`;
}

/** Says why, with the place of each reason. */
export function whyReviewed(risk: Risk): readonly string[] {
  const needed = reviewsNeeded(risk);
  return risk.reasons
    .filter(({ tier }) => needed.includes(tier))
    .map(({ message, file, line }) => `${message} (${file}:${line})`);
}
