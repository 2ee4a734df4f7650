import type { BulkOperation, BulkResult } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showShortTime } from '../texts/moment.ts';
import { operationTag, operationWords } from '../texts/operation-words.ts';
import type { TagView } from '../texts/tag.ts';

export interface OperationItem {
  readonly title: string;
  readonly href: string;
  readonly who: string;
  readonly reason: string;
  /** `12 of 40 cases`. */
  readonly progress: string;
  readonly tag: TagView;
  readonly changed: TimeView;
}

/** Makes one line of the list of operations. */
export function operationItem(
  operation: BulkOperation,
  { ready, cannot, done, refused }: Readonly<Record<BulkResult, number>>,
  moment: ViewMoment,
): OperationItem {
  const { id, change, actor, reason, changedAt } = operation;
  return {
    title: operationWords(change).heading,
    href: paths.operation(id),
    who: actor.name,
    reason,
    progress: `${done} of ${ready + cannot + done + refused} cases`,
    tag: operationTag(operation),
    changed: showShortTime(changedAt, moment),
  };
}

/** Makes the list of operations on many cases. */
export function operationsPage(model: {
  readonly operations: readonly OperationItem[];
  readonly nextHref?: string;
}): Page {
  return {
    template: 'pages/operations',
    title: 'Operations',
    area: 'cases',
    model: { ...model, casesHref: paths.cases },
  };
}
