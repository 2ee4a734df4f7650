import type { Page } from '../page.ts';
import type { ChangeField } from './change-page.ts';
import type { TimeView } from '../texts/moment.ts';
import type { TagView } from '../texts/tag.ts';
import { paths } from '../paths.ts';
import type { RiskView, VersionChange } from './version-change.ts';

/** A button with the reason that somebody gives for it. */
interface Decision {
  readonly action: string;
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly consequence: string;
  readonly field?: ChangeField;
  readonly button: string;
  readonly warning?: boolean;
}

/** What the checker says: where, what, how to mend it, and on which way it comes about. */
export interface ProblemView {
  readonly place: string;
  readonly message: string;
  readonly fix?: string;
  readonly trace?: string;
}

export interface ReviewModel extends VersionChange {
  readonly name: string;
  readonly title: string;
  readonly tag: TagView;
  readonly author: string;
  readonly changed: TimeView;
  /** `Changes version 3`, or that it is new. */
  readonly base: string;
  /** Why the decision that was just sent was not taken. */
  readonly error?: string;
  /** What the checker says of it. */
  readonly problems?: readonly ProblemView[];
  /** Who has to look at it, and why; absent before it is sent. */
  readonly risk?: RiskView;
  /** What was said of it so far. */
  readonly words: readonly { readonly text: string; readonly at: TimeView }[];
  readonly decisions: readonly Decision[];
  /** Why whoever looks cannot decide. */
  readonly waits?: string;
}

/** Makes the page of one draft: what it changes, why it is looked at, and what can be decided. */
export function reviewPage(model: ReviewModel): Page {
  return {
    template: 'pages/review',
    title: `${model.error === undefined ? '' : 'Error: '}Draft of ${model.title}`,
    area: 'workflows',
    model: {
      ...model,
      reviewsHref: paths.reviews,
      workflowHref: paths.workflowDrafts(model.name),
      decisions: model.decisions.map((one) => ({
        ...one,
        ...(one.field && { field: { ...one.field, describedBy: `${one.field.id}-hint` } }),
      })),
    },
  };
}

/** One draft in a list. */
export interface DraftItem {
  readonly title: string;
  readonly href: string;
  readonly text: string;
  readonly tag: TagView;
  readonly changed: TimeView;
}

/** Makes a list of drafts: those under review, or those of one workflow. */
export function draftsPage(model: {
  readonly heading: string;
  readonly lead: string;
  readonly empty: string;
  readonly drafts: readonly DraftItem[];
  readonly trail: { readonly href: string; readonly text: string };
  readonly newHref?: string;
}): Page {
  return { template: 'pages/drafts', title: model.heading, area: 'workflows', model };
}
