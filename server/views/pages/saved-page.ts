import type { Page } from '../page.ts';
import type { TimeView } from '../texts/moment.ts';

export interface SavedModel {
  /** The form's title. */
  readonly form: string;
  /** The whole address that leads back to what was entered. */
  readonly link: string;
  /** Until when it is kept. */
  readonly until: TimeView;
  /** Where the address was mailed to as well. */
  readonly sentTo?: string;
}

/** Makes the page after a form was put aside, with the address that leads back to it. */
export function savedPage(model: SavedModel): Page {
  return { template: 'pages/saved', title: 'Your answers are saved', model };
}
