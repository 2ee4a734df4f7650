import type { RowView } from '../forms/form-view.ts';
import type { Page } from '../page.ts';
import type { TagView } from '../texts/tag.ts';
import type { TimeView } from '../texts/moment.ts';

/** One step of a case as its customer sees it. */
export interface StatusStep {
  readonly title: string;
  readonly stage: 'done' | 'current' | 'ahead';
  readonly at?: TimeView;
  readonly text?: string;
}

export interface StatusModel {
  /** What the case is about: the workflow's title. */
  readonly title: string;
  readonly reference: string;
  readonly tag: TagView;
  readonly steps: readonly StatusStep[];
  /** What happens next, or how it ended, in a sentence or two. */
  readonly next: string;
  /** Present while the customer has something to answer. */
  readonly answer?: { readonly label: string; readonly href: string };
  /** What they may do beside. */
  readonly buttons: readonly { readonly label: string; readonly href: string }[];
  /** What they sent, as far as they may read it. */
  readonly sent: readonly RowView[];
}

const SPOKEN: Readonly<Record<StatusStep['stage'], string>> = {
  done: 'Done',
  current: 'Now',
  ahead: 'Still to come',
};

/** Makes the customer's page: where their case stands. */
export function statusPage(model: StatusModel): Page {
  return {
    template: 'pages/status',
    title: `${model.title} ${model.reference}`,
    model: {
      ...model,
      steps: model.steps.map((step) => ({
        ...step,
        spoken: SPOKEN[step.stage],
        current: step.stage === 'current',
      })),
    },
  };
}
