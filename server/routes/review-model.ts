import { authorize, openTiers } from '../../engine/index.ts';
import type {
  PublishingRules,
  ReviewLook,
  TrellisError,
  WorkflowDraft,
} from '../../engine/index.ts';
import type { Visitor } from '../middleware/visitor.ts';
import { reasonField } from '../views/pages/change-page.ts';
import type { ReviewModel } from '../views/pages/review-page.ts';
import { paths } from '../views/paths.ts';
import { draftTag } from '../views/texts/draft-words.ts';
import { showTime } from '../views/texts/moment.ts';
import { TIER_WORDS } from '../views/texts/review-words.ts';
import type { Site } from './site.ts';
import { viewMoment } from './site.ts';
import { chartChange, impactView, problemsOf, riskView, sourceChanges } from './version-change.ts';

/** What the page of a draft is made of. */
interface Looked {
  readonly draft: WorkflowDraft;
  readonly visitor: Visitor;
  /** While it is under review. */
  readonly look: ReviewLook | undefined;
  /** Why it cannot go on as it is. */
  readonly error: TrellisError | undefined;
}

/** Gathers what the page of a draft shows. */
export async function reviewModel(
  site: Site,
  { draft, visitor, look, error }: Looked,
): Promise<ReviewModel> {
  const { host } = site;
  const { workflow: name, base, source, author, changedAt } = draft;
  const moment = viewMoment(site);
  const standing = base === 0 ? undefined : await host.catalogue.version(name, base);
  const { rules } = host.publishing.reviews;
  return {
    ...{ name, title: name, tag: draftTag(draft), author: `by ${author.name}` },
    changed: showTime(changedAt, moment),
    base: base === 0 ? 'It is a new workflow.' : `It changes version ${base}.`,
    ...(error === undefined ? {} : { error: error.message, problems: problemsOf(error) }),
    ...(draft.review === undefined ? {} : { risk: riskView(draft.review, rules) }),
    words: saidOf(draft).map(({ text, at }) => ({ text, at: showTime(at, moment) })),
    looked: look !== undefined,
    impact: impactView(name, look?.facts.impact ?? []),
    ...(look === undefined ? {} : await chartChange(site, standing, look.workflow)),
    files: sourceChanges(standing?.published.source, source),
    ...decisionsOf(draft, visitor, look, rules),
  };
}

function saidOf({ review }: WorkflowDraft): readonly { text: string; at: number }[] {
  if (review === undefined) return [];
  const { approvals, rejection } = review;
  const approved = approvals.map(({ tier, actor, reason, at }) => ({
    text: `${actor.name} approved it for ${TIER_WORDS[tier]}: ${reason}`,
    at,
  }));
  return rejection === undefined
    ? approved
    : [
        ...approved,
        { text: `${rejection.actor.name} rejected it: ${rejection.reason}`, at: rejection.at },
      ];
}

type Decisions = Pick<ReviewModel, 'decisions' | 'waits'>;

function decisionsOf(
  draft: WorkflowDraft,
  { actor, author }: Visitor,
  look: ReviewLook | undefined,
  rules: PublishingRules,
): Decisions {
  const { id, status } = draft;
  const isOwn = author.id === draft.author.id;
  const withdraw = {
    action: paths.withdrawDraft(id),
    hidden: [],
    consequence: 'Nobody looks at it any more, and it stays as it is.',
    button: 'Withdraw it',
    warning: true,
  };
  if (status === 'draft') {
    if (!isOwn) return { decisions: [] };
    const send = {
      action: paths.sendDraft(id),
      hidden: [],
      consequence:
        'It is checked, its test cases are played, and it goes to those who have to look at it. Where nobody has, it is published at once.',
      button: 'Send it for review',
    };
    return { decisions: [send, withdraw] };
  }
  if (status !== 'in-review') return { decisions: [] };
  if (isOwn)
    return {
      decisions: [withdraw],
      waits: 'It waits for somebody else: nobody decides about a draft of their own.',
    };
  const open = openTiers(draft);
  const may = authorize(actor, 'review.decide', { author: draft.author.id, open, rules });
  if (!may.allowed) return { decisions: [], waits: may.reason };
  const reject = decision(
    id,
    'reject',
    [],
    'It is not published. Its author reads why.',
    'Reject it',
  );
  if (look === undefined) return { decisions: [{ ...reject, warning: true }] };
  const after =
    'It is published once nobody else has to look at it; running cases stay where they are.';
  const token = [{ name: 'token', value: look.token }];
  return {
    decisions: [decision(id, 'approve', token, after, 'Approve it'), { ...reject, warning: true }],
  };
}

function decision(
  id: string,
  kind: 'approve' | 'reject',
  hidden: readonly { readonly name: string; readonly value: string }[],
  consequence: string,
  button: string,
): ReviewModel['decisions'][number] {
  const field = { ...reasonField(''), id: `${kind}-reason` };
  const all = [{ name: 'decision', value: kind }, ...hidden];
  return { action: paths.decideReview(id), hidden: all, consequence, field, button };
}
