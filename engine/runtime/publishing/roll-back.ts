import { publishingRules } from '../../governance/publishing/publishing-rules.ts';
import type { Tier } from '../../governance/publishing/publishing-rules.ts';
import { reviewsNeeded, tiersOf } from '../../governance/publishing/risk.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { WorkflowDraft } from '../../ports/drafts.ts';
import type { PublishedWorkflow } from '../../ports/registry.ts';
import { govern } from '../govern.ts';
import { reasonIn } from '../operations.ts';
import type { ExaminedDraft } from './examine-draft.ts';
import { examineDraft, nextVersion } from './examine-draft.ts';
import type { PublishingParts } from './publishing-parts.ts';
import type { Reviewer } from './review-desk.ts';
import type { ReviewFacts } from './review-facts.ts';
import { assertConfirmed, confirmToken, newestVersion, reviewFacts } from './review-facts.ts';

/** An old version of a workflow. */
export interface OldVersion {
  readonly workflow: string;
  readonly version: number;
}

/** Which version is published anew, and why. */
export interface RollBack extends OldVersion {
  readonly reason: string;
  /** Of what was shown. */
  readonly token: string;
}

/** An old version, as whoever would publish it anew is shown it. */
export interface RollBackLook {
  readonly old: PublishedWorkflow;
  /** What it is against the core in force. */
  readonly examined: ExaminedDraft;
  readonly facts: ReviewFacts;
  /** The tiers that whoever publishes it has to speak for. */
  readonly needed: readonly Tier[];
  /** What to send with the decision. */
  readonly token: string;
}

/**
 * What publishing an old version anew would mean, against the core in force.
 * @throws `TrellisError` with code `no-workflow`, `already-newest` or `draft-refused`.
 */
export async function lookBack(
  { workflow: name, version }: OldVersion,
  parts: PublishingParts,
): Promise<RollBackLook> {
  const { store, catalogue } = parts;
  const { published: old } = await catalogue.version(name, version);
  if ((await newestVersion(name, store)) === version) throw alreadyNewest({ name, version });
  const examined = await examineDraft(old.source, parts);
  const facts = await reviewFacts(old.source, examined, parts);
  return {
    ...{ old, examined, facts },
    needed: reviewsNeeded(examined.risk),
    token: confirmToken(facts),
  };
}

/**
 * Publishes an old version anew, against the core in force. It was approved once, so that whoever
 * speaks for all of its tiers may do it alone, and at once; it begins cases even if it was retired.
 * @throws `TrellisError` with code `no-workflow`, `already-newest`, `no-reason`, `not-reviewer`,
 * `review-stale` or `draft-refused`.
 */
export async function rollBack(
  { workflow: name, version, reason, token }: RollBack,
  { actor, roles }: Reviewer,
  parts: PublishingParts,
): Promise<number> {
  const { store, catalogue, clock, ids, inForce } = parts;
  const { old, examined, facts, needed } = await lookBack({ workflow: name, version }, parts);
  const { risk, tests, workflow } = examined;
  const own = tiersOf(roles, publishingRules(parts.core().core.policies.publishing));
  if (!needed.every((tier) => own.includes(tier))) throw notForAll(needed);
  assertConfirmed(token, facts);
  const given = reasonIn(reason);
  const published = await govern({ governance: store.governance, clock }, async () => {
    const newest = await newestVersion(name, store);
    // What was shown is held against the newest version, whoever was faster.
    assertConfirmed(token, { ...facts, newest });
    const now = clock.now();
    const fresh = nextVersion(old.source, examined, newest, now);
    const review = {
      ...{ risk, coverage: tests.coverage, sentAt: now },
      approvals: needed.map((tier) => ({ tier, actor, reason: given, at: now })),
    };
    const draft: WorkflowDraft = {
      ...{ id: ids.next(), workflow: name, team: workflow.team, source: old.source },
      ...{ author: actor, base: newest, revision: 1, status: 'published', changedAt: now },
      ...{ review, version: fresh.version },
    };
    const { digest, release } = fresh;
    const body = {
      ...{ workflow: name, version: fresh.version, digest, release, draft: draft.id },
      ...{ as: version, tiers: [...risk.tiers], reason: given },
    };
    const out = (await store.outOfForce.all()).filter(
      (one) => one.kind === 'workflow' && one.name === name,
    );
    return {
      draft: {
        acts: [{ kind: 'published', actor, body }],
        versions: [fresh],
        drafts: [draft],
        ...(out.length === 0 ? {} : { putBack: out }),
      },
      answer: fresh.version,
    };
  });
  inForce.forget();
  await catalogue.refresh();
  store.neighbours.tell('published');
  return published;
}

function alreadyNewest({ name, version }: { readonly name: string; readonly version: number }) {
  return new TrellisError('already-newest', `Version ${version} of "${name}" is the newest one.`);
}

function notForAll(needed: readonly Tier[]): TrellisError {
  return new TrellisError(
    'not-reviewer',
    `To publish this version anew somebody has to speak for ${needed.join(' and ')}, by the roles that policies.yaml names.`,
    { needed },
  );
}
