import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { TimeView } from '../texts/moment.ts';

export interface ConflictModel {
  readonly task: string;
  readonly reference: string;
  readonly caseHref?: string;
  /** Who was first, where it is known. */
  readonly by?: string;
  /** What they did: `completed it`. */
  readonly did?: string;
  readonly at?: TimeView;
}

/** Makes the page for whoever completed a task that somebody else had completed before (409). */
export function conflictPage(model: ConflictModel): Page {
  return {
    template: 'pages/conflict',
    title: 'Somebody else was first',
    area: 'inbox',
    model: { ...model, inboxHref: paths.inbox() },
  };
}
