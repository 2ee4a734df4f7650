import type { Page } from '../page.ts';
import type { ChangeField } from './change-page.ts';
import type { DiagramView } from './diagram-view.ts';
import type { TimeView } from '../texts/moment.ts';
import type { FileChange } from '../texts/file-change.ts';
import type { TagView } from '../texts/tag.ts';
import { paths } from '../paths.ts';

/** A button with the reason that somebody gives for it. */
interface Decision {
  readonly action: string;
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly consequence: string;
  readonly field?: ChangeField;
  readonly button: string;
  readonly warning?: boolean;
}

export interface ReviewModel {
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
  readonly problems?: readonly {
    readonly place: string;
    readonly message: string;
    readonly fix?: string;
    readonly trace?: string;
  }[];
  /** Who has to look at it, and why; absent before it is sent. */
  readonly risk?: {
    readonly who: string;
    readonly reasons: readonly string[];
    readonly coverage: string;
  };
  /** What was said of it so far. */
  readonly words: readonly { readonly text: string; readonly at: TimeView }[];
  /** Whether its running cases were looked at: while it is under review. */
  readonly looked: boolean;
  readonly impact: readonly { readonly count: number; readonly text: string }[];
  readonly diagram?: DiagramView;
  readonly removed: readonly string[];
  readonly files: readonly FileChange[];
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
