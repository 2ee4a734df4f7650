import type { PublishedWorkflow } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { DueView } from '../texts/due.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';

export interface WorkflowItem {
  readonly name: string;
  readonly title: string;
  readonly href: string;
  readonly version: number;
  readonly release: string;
  readonly published: TimeView;
}

/** A workflow that stands on an earlier release, and until when it may. */
export interface BehindItem {
  readonly title: string;
  readonly href: string;
  readonly text: string;
  readonly due: DueView;
}

export interface WorkflowsModel {
  /** Written by business teams. */
  readonly workflows: readonly WorkflowItem[];
  /** Locked by IT; workflows run them. */
  readonly processes: readonly WorkflowItem[];
  /** Those that their owners have to bring to the release in force. */
  readonly behind: readonly BehindItem[];
}

/** Makes one line of the list from a published version. */
export function workflowItem(
  { name, version, release, publishedAt }: PublishedWorkflow,
  title: string,
  moment: ViewMoment,
): WorkflowItem {
  const href = paths.workflow(name);
  return { name, title, href, version, release, published: showTime(publishedAt, moment) };
}

/** Makes the list of workflows. */
export function workflowsPage(model: WorkflowsModel): Page {
  return {
    template: 'pages/workflows',
    title: 'Workflows',
    area: 'workflows',
    model: { ...model, reviewsHref: paths.reviews },
  };
}
