import type { PublishedWorkflow } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
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

export interface WorkflowsModel {
  /** Written by business teams. */
  readonly workflows: readonly WorkflowItem[];
  /** Locked by IT; workflows run them. */
  readonly processes: readonly WorkflowItem[];
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
