import type { ActDraft } from '../../governance/acts.ts';
import { publishingRules } from '../../governance/publishing/publishing-rules.ts';
import type { PublishingRules, Tier } from '../../governance/publishing/publishing-rules.ts';
import { reviewsNeeded, tiersOf } from '../../governance/publishing/risk.ts';
import type { Workflow } from '../../kernel/definition/workflow.ts';
import type { Actor } from '../../kernel/effects.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { DraftReview, ReviewWord, WorkflowDraft } from '../../ports/drafts.ts';
import type { GovernanceDraft } from '../govern.ts';
import { govern } from '../govern.ts';
import { reasonIn } from '../operations.ts';
import type { ExaminedDraft } from './examine-draft.ts';
import { examineDraft, nextVersion } from './examine-draft.ts';
import type { PublishingParts } from './publishing-parts.ts';
import type { ReviewFacts } from './review-facts.ts';
import {
  assertConfirmed,
  confirmToken,
  draftDigest,
  newestVersion,
  reviewFacts,
} from './review-facts.ts';

/** Somebody who decides about a draft. Whether they may has been decided by `authorize`. */
export interface Reviewer {
  readonly actor: Actor;
  readonly roles: readonly string[];
}

/** A draft under review, as a reviewer is shown it. */
export interface ReviewLook {
  readonly draft: WorkflowDraft;
  readonly facts: ReviewFacts;
  /** What it would be. */
  readonly workflow: Workflow;
  /** What to send with an approval. */
  readonly token: string;
  /** The tiers that have not approved it yet. */
  readonly open: readonly Tier[];
}

/** What became of a draft. */
export interface Decided {
  readonly draft: WorkflowDraft;
  /** The version that it became, where nobody else has to look at it. */
  readonly version?: number;
}

/** Sends drafts for review, and publishes those that everybody who has to has approved. */
export class ReviewDesk {
  readonly #parts: PublishingParts;

  constructor(parts: PublishingParts) {
    this.#parts = parts;
  }

  /** The rules of the core in force. */
  get rules(): PublishingRules {
    return publishingRules(this.#parts.core().core.policies.publishing);
  }

  /**
   * Checks and tests a draft and sends it to those who have to look at it; where nobody has, it is
   * published at once.
   * @throws `TrellisError` with code `no-draft`, `draft-moved`, `draft-outdated`, `draft-refused`,
   * `tests-failed` or `coverage-low`.
   */
  async send(id: string, actor: Actor): Promise<Decided> {
    const draft = await this.#draft(id);
    assertIn(draft, 'draft');
    const examined = await examineDraft(draft.source, this.#parts);
    assertTested(draft, examined, this.rules);
    const { risk, tests } = examined;
    const now = this.#parts.clock.now();
    const review: DraftReview = { risk, coverage: tests.coverage, sentAt: now, approvals: [] };
    const sent = { ...next(draft, now), status: 'in-review', review } as const;
    const act = actOf('sent-for-review', actor, sent, { tiers: [...risk.tiers] });
    return this.#save(draft, sent, [act], examined, actor);
  }

  /**
   * What a reviewer is shown of a draft under review.
   * @throws `TrellisError` with code `no-draft`, `draft-moved` or `draft-refused`.
   */
  async look(id: string): Promise<ReviewLook> {
    const draft = await this.#draft(id);
    assertIn(draft, 'in-review');
    const examined = await examineDraft(draft.source, this.#parts);
    const facts = await reviewFacts(draft.source, examined, this.#parts);
    return {
      draft,
      facts,
      workflow: examined.workflow,
      token: confirmToken(facts),
      open: openTiers(draft),
    };
  }

  /**
   * Approves a draft for all open tiers that the reviewer's roles speak for; publishes it where no
   * tier is open any more.
   * @throws `TrellisError` with code `no-draft`, `draft-moved`, `draft-outdated`, `review-stale`,
   * `no-reason`, `not-reviewer` or `draft-refused`.
   */
  async approve(
    id: string,
    { actor, roles }: Reviewer,
    { token, reason }: { readonly token: string; readonly reason: string },
  ): Promise<Decided> {
    const draft = await this.#draft(id);
    assertIn(draft, 'in-review');
    const { review } = draft;
    assertOther(draft, actor);
    const examined = await examineDraft(draft.source, this.#parts);
    assertConfirmed(token, await reviewFacts(draft.source, examined, this.#parts));
    const open = openTiers(draft);
    const mine = tiersOf(roles, this.rules).filter((tier) => open.includes(tier));
    if (review === undefined || mine.length === 0) throw notReviewer(open, this.rules);
    const now = this.#parts.clock.now();
    const given = reasonIn(reason);
    const words = mine.map((tier): ReviewWord => ({ tier, actor, reason: given, at: now }));
    const approvals = [...review.approvals, ...words];
    // The risk may have risen with the core since it was sent.
    const risen = { ...review, risk: examined.risk, approvals };
    const approved: WorkflowDraft = { ...next(draft, now), review: risen };
    const act = actOf('approved-workflow', actor, approved, { tiers: mine, reason: given });
    return this.#save(draft, approved, [act], examined, actor);
  }

  /**
   * Says no to a draft.
   * @throws `TrellisError` with code `no-draft`, `draft-moved`, `not-reviewer` or `no-reason`.
   */
  async reject(id: string, { actor }: Reviewer, reason: string): Promise<Decided> {
    const draft = await this.#draft(id);
    assertIn(draft, 'in-review');
    assertOther(draft, actor);
    const now = this.#parts.clock.now();
    const given = reasonIn(reason);
    const { review } = draft;
    const rejection = { actor, reason: given, at: now };
    const rejected: WorkflowDraft = {
      ...next(draft, now),
      status: 'rejected',
      ...(review === undefined ? {} : { review: { ...review, rejection } }),
    };
    const act = actOf('rejected-workflow', actor, rejected, { reason: given });
    return this.#save(draft, rejected, [act]);
  }

  /**
   * Takes a draft back that is not published yet.
   * @throws `TrellisError` with code `no-draft` or `draft-moved`.
   */
  async withdraw(id: string, actor: Actor): Promise<Decided> {
    const draft = await this.#draft(id);
    assertIn(draft, 'draft', 'in-review');
    const withdrawn = { ...next(draft, this.#parts.clock.now()), status: 'withdrawn' } as const;
    return this.#save(draft, withdrawn, [actOf('withdrew-workflow', actor, withdrawn, {})]);
  }

  async #draft(id: string): Promise<WorkflowDraft> {
    const draft = await this.#parts.store.drafts.draft(id);
    if (draft === undefined) throw new TrellisError('no-draft', 'There is no such draft.', { id });
    return draft;
  }

  /** Saves what was decided; with `examined` it becomes a version as soon as no tier is open. */
  async #save(
    before: WorkflowDraft,
    after: WorkflowDraft,
    acts: readonly ActDraft[],
    examined?: ExaminedDraft,
    actor: Actor = before.author,
  ): Promise<Decided> {
    const { store, clock, catalogue, inForce } = this.#parts;
    const decided = await govern<Decided>({ governance: store.governance, clock }, async () => {
      const standing = await this.#draft(before.id);
      if (standing.revision !== before.revision) throw moved(standing);
      const newest = await newestVersion(before.workflow, store);
      if (examined !== undefined && newest !== before.base) throw outdated(before, newest);
      if (examined === undefined || openTiers(after).length > 0)
        return { draft: { acts, drafts: [after] }, answer: { draft: after } };
      const version = nextVersion(before.source, examined, newest, clock.now());
      const published = { ...after, status: 'published', version: version.version } as const;
      const step: GovernanceDraft = {
        acts: [...acts, publishedAct(actor, published, version, examined)],
        versions: [version],
        drafts: [published],
        ...(await this.#backInForce(before.workflow)),
      };
      return { draft: step, answer: { draft: published, version: version.version } };
    });
    if (decided.version !== undefined) {
      inForce.forget();
      await catalogue.refresh();
      store.neighbours.tell('published');
    }
    return decided;
  }

  /** What was retired begins cases again by its new version. */
  async #backInForce(name: string): Promise<Pick<GovernanceDraft, 'putBack'>> {
    const all = await this.#parts.store.outOfForce.all();
    const out = all.filter((one) => one.kind === 'workflow' && one.name === name);
    return out.length === 0 ? {} : { putBack: out };
  }
}

function next(draft: WorkflowDraft, now: number): WorkflowDraft {
  return { ...draft, revision: draft.revision + 1, changedAt: now };
}

/** The tiers that have not approved a draft yet. */
export function openTiers({ review }: Pick<WorkflowDraft, 'review'>): readonly Tier[] {
  if (review === undefined) return [];
  const done = new Set(review.approvals.map(({ tier }) => tier));
  return reviewsNeeded(review.risk).filter((tier) => !done.has(tier));
}

function actOf(
  kind: ActDraft['kind'],
  actor: Actor,
  draft: WorkflowDraft,
  more: ActDraft['body'],
): ActDraft {
  const { id, workflow } = draft;
  return { kind, actor, body: { workflow, draft: id, digest: draftDigest(draft), ...more } };
}

function publishedAct(
  actor: Actor,
  draft: WorkflowDraft,
  { version, digest, release, pins }: ReturnType<typeof nextVersion>,
  { risk }: ExaminedDraft,
): ActDraft {
  const { id, workflow } = draft;
  const tiers = [...risk.tiers];
  const body = { workflow, version, digest, release, pins: { ...pins }, draft: id, tiers };
  return { kind: 'published', actor, body };
}

function assertIn(draft: WorkflowDraft, ...statuses: readonly WorkflowDraft['status'][]): void {
  if (!statuses.includes(draft.status)) throw moved(draft);
}

function moved({ status, workflow }: WorkflowDraft): TrellisError {
  return new TrellisError(
    'draft-moved',
    `The draft of "${workflow}" is ${STATUS_WORDS[status]}; somebody was faster. Nothing was changed.`,
    { status },
  );
}

const STATUS_WORDS: Readonly<Record<WorkflowDraft['status'], string>> = {
  draft: 'still being written',
  'in-review': 'under review, perhaps in another revision',
  published: 'published',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
};

function outdated({ workflow, base }: WorkflowDraft, newest: number): TrellisError {
  return new TrellisError(
    'draft-outdated',
    `Version ${newest} of "${workflow}" was published since this draft was begun on version ${base}. ` +
      'Withdraw it, bring its changes into the newest version, and send that.',
    { base, newest },
  );
}

function assertTested(
  { workflow }: WorkflowDraft,
  { tests }: ExaminedDraft,
  { coverage: least }: PublishingRules,
): void {
  const [wrong] = [...tests.problems.map(({ message }) => message), ...tests.failed];
  if (wrong !== undefined) {
    throw new TrellisError(
      'tests-failed',
      `The test cases of "${workflow}" do not pass: ${wrong} Mend them (npx trellis test ${workflow}); nothing was sent.`,
      { failed: tests.failed, problems: tests.problems },
    );
  }
  if (tests.coverage >= least) return;
  const percent = (part: number): string => `${Math.floor(part * 100)} %`;
  throw new TrellisError(
    'coverage-low',
    `The test cases of "${workflow}" reach ${percent(tests.coverage)} of its states and rules, and IT asks for ` +
      `${percent(least)}. Write more of them (cases.yaml); nothing was sent.`,
    { coverage: tests.coverage, least },
  );
}

/** An account is compared by its id, whatever role it speaks by. */
function assertOther({ author }: WorkflowDraft, actor: Actor): void {
  if (author.id !== actor.id) return;
  throw new TrellisError(
    'not-reviewer',
    'Nobody decides about a draft of their own, by whatever role. Somebody else has to look at it.',
  );
}

function notReviewer(open: readonly Tier[], rules: PublishingRules): TrellisError {
  const roles = [...new Set(open.flatMap((tier) => rules.roles[tier]))];
  return new TrellisError(
    'not-reviewer',
    `This waits for somebody with the role ${roles.map((role) => `"${role}"`).join(' or ')}.`,
    { roles },
  );
}
