import type { CasePlace, CaseTimer, Incident, StoredCase, Task } from '../../../engine/index.ts';
import type { RowView } from '../forms/form-view.ts';
import type { Page } from '../page.ts';
import { paths, withQuery } from '../paths.ts';
import type { DueView } from '../texts/due.ts';
import { dueView } from '../texts/due.ts';
import type { HistoryLine } from '../texts/history-line.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';
import type { TagView } from '../texts/tag.ts';
import { taskTag } from '../texts/tag.ts';
import type { DiagramView } from './diagram-view.ts';
import type { QueueView } from './queue-view.ts';
import type { IncidentItem } from './incidents-page.ts';
import { incidentActions, incidentCause } from './incidents-page.ts';

export interface CaseModel {
  readonly reference: string;
  readonly title: string;
  readonly tag: TagView;
  /** The titles of the states that it is in. */
  readonly states: readonly string[];
  readonly workflow: { readonly label: string; readonly href: string };
  readonly starter: string;
  readonly started: TimeView;
  readonly changed: TimeView;
  /** The case that runs this one. */
  readonly parent?: { readonly reference: string; readonly href: string };
  readonly incidents: readonly IncidentItem[];
  readonly tasks: readonly CaseTaskItem[];
  /** What happens as time goes by; the next first. */
  readonly timers: readonly CaseTimerItem[];
  /** The queues in which it has a place. */
  readonly queues: readonly QueueView[];
  readonly diagram: DiagramView;
  /** What the visitor may read of what the case carries. */
  readonly data: readonly RowView[];
  /** What the visitor may do to the whole case. */
  /** What the visitor may press where the case is now. */
  readonly buttons: readonly { readonly label: string; readonly href: string }[];
  readonly changes: readonly { readonly label: string; readonly href: string }[];
  /** Where one writes a comment. */
  /** Absent where nothing can be written any more. */
  readonly commentHref?: string;
  /** Present where it lies in the archive. */
  readonly archived?: TimeView;
  /** Newest first. */
  readonly history: readonly HistoryLine[];
}

export interface CaseTaskItem {
  readonly title: string;
  readonly tag: TagView;
  readonly due?: DueView;
  /** Who has it, had it, or for whom it is. */
  readonly who: string;
  readonly since: TimeView;
  /** Present where the visitor may open it. */
  readonly href?: string;
}

/**
 * Makes one line of a case's tasks.
 *
 * @param who a person's name, or the role as words
 */
export function caseTaskItem(
  task: Task,
  who: string,
  mayOpen: boolean,
  moment: ViewMoment,
): CaseTaskItem {
  const { id, title, due, status, createdAt, completedAt } = task;
  const waits = status === 'open' || status === 'claimed';
  return {
    title,
    tag: taskTag(task),
    ...(due === undefined || !waits ? {} : { due: dueView(due, moment) }),
    who,
    since: showTime(completedAt ?? createdAt, moment),
    ...(mayOpen ? { href: paths.task(id) } : {}),
  };
}

/** A time limit of the case, where it is now. */
export interface CaseTimerItem {
  readonly title: string;
  /** Of which state, and why it has no time. */
  readonly text: string;
  readonly due?: DueView;
  readonly at?: TimeView;
  /** Present where the visitor may move it. */
  readonly href?: string;
}

/**
 * Makes one line of a case's time limits.
 *
 * @param says what it is and what it leads to
 * @param mayMove whether the visitor may move it
 */
export function caseTimerItem(
  caseId: string,
  { state, visit, item, timer, at, standsStill }: CaseTimer,
  says: { readonly title: string; readonly state: string },
  mayMove: boolean,
  moment: ViewMoment,
): CaseTimerItem {
  if (at === undefined) {
    const why = standsStill ? 'stands still' : 'has no time yet';
    return { title: says.title, text: `${says.state} · ${why}` };
  }
  const query = {
    ...{ in: state, visit: String(visit) },
    ...(item === undefined ? {} : { item: String(item) }),
  };
  return {
    title: says.title,
    text: says.state,
    due: dueView(at, moment, 'Up'),
    at: showTime(at, moment),
    ...(mayMove ? { href: withQuery(paths.moveTimer(caseId, timer), query) } : {}),
  };
}

/** Makes one incident of a case; only for who may do something about it, `place` is given. */
export function caseIncident(
  incident: Incident,
  state: string,
  place: CasePlace | undefined,
  moment: ViewMoment,
): IncidentItem {
  return {
    ...incidentCause(incident, state, moment),
    ...(place === undefined ? {} : incidentActions(incident, place)),
  };
}

/** What can be done to a whole case as it stands. */
export function caseChanges({
  id,
  status,
}: Pick<StoredCase, 'id' | 'status'>): CaseModel['changes'] {
  if (status === 'finished') return [];
  const rest =
    status === 'suspended'
      ? { label: 'Let it go on', href: paths.changeCase(id, 'resume') }
      : { label: 'Suspend it', href: paths.changeCase(id, 'suspend') };
  const change = { label: 'Change it', href: paths.modifyCase(id) };
  return [rest, change, { label: 'Call it off', href: paths.changeCase(id, 'cancel') }];
}

/** Makes the page of one case, for staff. */
export function casePage(model: CaseModel): Page {
  return {
    template: 'pages/case',
    title: `${model.reference} ${model.title}`,
    area: 'cases',
    model: { ...model, casesHref: paths.cases },
  };
}
