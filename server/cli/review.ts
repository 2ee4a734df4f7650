import { openTiers } from '../../engine/index.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import type { OpenedPublishing, Signed } from '../host/with-publishing.ts';
import { withPublishing } from '../host/with-publishing.ts';
import { TIER_WORDS, whyReviewed } from '../views/texts/review-words.ts';
import type { ExitCode } from './exit-code.ts';
import { impactLine } from './impact-line.ts';
import type { Output } from './output.ts';
import { permit } from './permit.ts';

/** The drafts that a list shows. */
const LISTED = 100;

/** Lists what waits for a review. */
export async function reviewList(output: Output): Promise<ExitCode> {
  return withStoreToRead(async ({ drafts }): Promise<ExitCode> => {
    const rows = await drafts.list({ statuses: ['in-review'] }, LISTED);
    for (const row of rows) {
      const waits = openTiers(row).map((tier) => TIER_WORDS[tier]);
      output.line(
        `${row.id}  ${row.workflow}  by ${row.author.name}  waits for ${waits.join(', ')}`,
      );
    }
    if (rows.length === 0) output.line('Nothing waits for a review.');
    output.result(rows);
    return 0;
  });
}

/** Shows a draft; with the token of what was shown, approves it. */
export async function reviewApprove(
  id: string,
  given: { readonly as: string; readonly token?: string; readonly reason: string },
  output: Output,
): Promise<ExitCode> {
  return withPublishing(async (opened): Promise<ExitCode> => {
    const { token, reason } = given;
    const by = await reviewer(id, given.as, opened);
    const { reviews } = opened.publishing;
    if (token === undefined) return show(id, given.as, opened, output);
    const roles = by.actor.roles;
    const { draft, version } = await reviews.approve(
      id,
      { actor: by.author, roles },
      { token, reason },
    );
    const waits = openTiers(draft).map((tier) => TIER_WORDS[tier]);
    output.line(
      version === undefined
        ? `${draft.workflow}: approved; it still waits for ${waits.join(', ')}`
        : `${draft.workflow}: approved, and published as version ${version}`,
    );
    output.result({ status: draft.status, version, open: openTiers(draft) });
    return 0;
  });
}

/** Says no to a draft. */
export async function reviewReject(
  id: string,
  { as: email, reason }: { readonly as: string; readonly reason: string },
  output: Output,
): Promise<ExitCode> {
  return withPublishing(async (opened): Promise<ExitCode> => {
    const { actor, author } = await reviewer(id, email, opened);
    const { reviews } = opened.publishing;
    const { draft } = await reviews.reject(id, { actor: author, roles: actor.roles }, reason);
    output.line(`${draft.workflow}: rejected`);
    output.result({ status: draft.status });
    return 0;
  });
}

/** @throws `TrellisError` with code `no-draft`, `draft-moved`, `no-person` or `not-allowed`. */
async function reviewer(id: string, email: string, opened: OpenedPublishing): Promise<Signed> {
  const by = await opened.as(email);
  const { reviews } = opened.publishing;
  const { draft, open } = await reviews.look(id);
  permit(by.actor, 'review.decide', { author: draft.author.id, open, rules: reviews.rules });
  return by;
}

async function show(
  id: string,
  email: string,
  { publishing }: OpenedPublishing,
  output: Output,
): Promise<ExitCode> {
  const { draft, facts, token, open } = await publishing.reviews.look(id);
  const { review, workflow, base } = draft;
  output.line(`${workflow}, on version ${base}, by ${draft.author.name}`);
  output.line(`Waits for ${open.map((tier) => TIER_WORDS[tier]).join(', ')}`);
  for (const why of review === undefined ? [] : whyReviewed(review.risk))
    output.line(`        ${why}`);
  output.line(
    `Test cases reach ${Math.floor((review?.coverage ?? 0) * 100)} % of its states and rules`,
  );
  for (const group of facts.impact) output.line(impactLine(group));
  output.line(
    `Nothing was decided. To approve it: trellis review approve ${id} --as ${email} --token ${token} --reason "…"`,
  );
  output.result({ draft: { ...draft, source: undefined }, facts, token, open });
  return 0;
}
