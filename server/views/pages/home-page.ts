import type { Page } from '../page.ts';
import { paths } from '../paths.ts';

/** One way to start a case. */
export interface StartItem {
  /** The form's title: what one gets. */
  readonly title: string;
  /** The workflow that it starts. */
  readonly workflow: string;
  readonly href: string;
  /** For whom it is, in words. (Default: everybody) */
  readonly forWhom?: string;
}

export interface HomeModel {
  readonly company: string;
  readonly starts: readonly StartItem[];
  /** How much waits for whoever signed in. */
  readonly waiting?: { readonly mine: string; readonly team: string; readonly overdue: string };
}

/** Makes the first page: what can I start? */
export function homePage({ company, starts, waiting }: HomeModel): Page {
  return {
    template: 'pages/home',
    title: 'Start something',
    area: 'home',
    model: {
      company,
      starts,
      ...(waiting === undefined
        ? {}
        : {
            waiting: {
              ...waiting,
              isLate: waiting.overdue !== '0',
              mineHref: paths.inbox('mine'),
              teamHref: paths.inbox('team'),
              overdueHref: paths.inbox('overdue'),
            },
          }),
    },
  };
}
