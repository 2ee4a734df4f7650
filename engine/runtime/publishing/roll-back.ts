import { reviewsNeeded, tiersOf } from '../../governance/publishing/risk.ts';
import { publishingRules } from '../../governance/publishing/publishing-rules.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { WorkflowDraft } from '../../ports/drafts.ts';
import { govern } from '../govern.ts';
import { reasonIn } from '../operations.ts';
import { examineDraft, nextVersion } from './examine-draft.ts';
import type { PublishingParts } from './publishing-parts.ts';
import type { Reviewer } from './review-desk.ts';

/** Which version is published anew, and why. */
export interface RollBack {
  readonly workflow: string;
  readonly version: number;
  readonly reason: string;
}

/**
 * Publishes an old version anew, against the core in force. It was approved once, so that whoever
 * speaks for all of its tiers may do it alone, and at once.
 * @throws `TrellisError` with code `no-workflow`, `already-newest`, `no-reason`, `not-reviewer` or
 * `draft-refused`.
 */
export async function rollBack(
  { workflow: name, version, reason }: RollBack,
  { actor, roles }: Reviewer,
  parts: PublishingParts,
): Promise<number> {
  const { store, catalogue, clock, ids, inForce } = parts;
  const { published: old, compiled } = await catalogue.version(name, version);
  const given = reasonIn(reason);
  const examined = await examineDraft(old.source, parts);
  const { risk, tests } = examined;
  const needed = reviewsNeeded(risk);
  const own = tiersOf(roles, publishingRules(parts.core().core.policies.publishing));
  if (!needed.every((tier) => own.includes(tier))) {
    throw new TrellisError(
      'not-reviewer',
      `To publish this version anew somebody has to speak for ${needed.join(' and ')}, by the roles that policies.yaml names.`,
      { needed },
    );
  }
  const published = await govern({ governance: store.governance, clock }, async () => {
    const newest =
      (await store.registry.newestVersions()).find((one) => one.name === name)?.version ?? 0;
    if (newest === version) {
      throw new TrellisError(
        'already-newest',
        `Version ${version} of "${name}" is the newest one.`,
      );
    }
    const now = clock.now();
    const fresh = nextVersion(old.source, examined, newest, now);
    const review = {
      ...{ risk, coverage: tests.coverage, sentAt: now },
      approvals: needed.map((tier) => ({ tier, actor, reason: given, at: now })),
    };
    const draft: WorkflowDraft = {
      ...{ id: ids.next(), workflow: name, team: compiled.workflow.team, source: old.source },
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
