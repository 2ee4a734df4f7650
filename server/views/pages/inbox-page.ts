import type { TaskFilter, TaskRow } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { DueView } from '../texts/due.ts';
import { dueView } from '../texts/due.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showShortTime } from '../texts/moment.ts';

export type InboxList = TaskFilter['kind'];

export interface InboxModel {
  readonly list: InboxList;
  /** How many there are, in words, where it is known: `12`, or `50+`. */
  readonly counts: Readonly<Partial<Record<InboxList, string>>>;
  readonly tasks: readonly InboxItem[];
  /** The lists that the visitor may look at. */
  readonly lists: readonly InboxList[];
  /** They are out of office today. */
  readonly away: boolean;
  /** The next page of the list. */
  readonly nextHref?: string;
}

/** One task of the list. */
export interface InboxItem {
  readonly title: string;
  readonly href: string;
  readonly reference: string;
  readonly workflow: string;
  readonly due?: DueView;
  /** When it was opened, or done. */
  readonly since: { readonly label: string; readonly time: TimeView };
  /** Present where the visitor may take it. */
  readonly claimHref?: string;
}

const LABELS: Readonly<Record<InboxList, string>> = {
  mine: 'Mine',
  team: 'My team',
  overdue: 'Overdue',
  managed: 'Managed',
  done: 'Done',
};

const EMPTY: Readonly<Record<InboxList, string>> = {
  mine: 'Nothing waits for you. Look at what your team has to do, and take something.',
  team: 'Nothing waits for your team.',
  overdue: 'Nothing of yours, or of your team, is late.',
  managed: 'Nobody whose work you manage has anything to do.',
  done: 'You have completed nothing yet.',
};

/**
 * Makes one line of the inbox from a stored task.
 *
 * @param insteadOf the name of whoever has it and is away (Default: it is nobody else's)
 */
export function inboxItem(
  row: TaskRow,
  list: InboxList,
  moment: ViewMoment,
  insteadOf?: string,
): InboxItem {
  const { id, title, reference, caseTitle, due, createdAt, completedAt } = row;
  const done = list === 'done';
  return {
    title,
    href: paths.task(id),
    reference,
    workflow: insteadOf === undefined ? caseTitle : `${caseTitle} · for ${insteadOf}, who is away`,
    ...(due === undefined || done ? {} : { due: dueView(due, moment) }),
    since:
      done && completedAt !== undefined
        ? { label: 'Done', time: showShortTime(completedAt, moment) }
        : { label: 'Since', time: showShortTime(createdAt, moment) },
    ...(list === 'team' ? { claimHref: paths.claimTask(id) } : {}),
  };
}

/** Makes the list of a person's work. */
export function inboxPage({ list, lists, counts, tasks, away, nextHref }: InboxModel): Page {
  return {
    template: 'pages/inbox',
    title: `Inbox: ${LABELS[list]}`,
    area: 'inbox',
    model: {
      tabs: lists.map((each) => ({
        label: LABELS[each],
        href: paths.inbox(each),
        current: each === list,
        count: counts[each],
      })),
      label: LABELS[list],
      tasks,
      empty: EMPTY[list],
      absenceHref: paths.absence,
      away,
      nextHref,
    },
  };
}
