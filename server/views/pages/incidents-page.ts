import { maySkip, waitingState } from '../../../engine/index.ts';
import type { CasePlace, Incident, IncidentCause, UnbegunMessage } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths, withQuery } from '../paths.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';
import { asWords } from '../texts/words.ts';

/** What the engine gave up on, and why. */
export interface IncidentItem {
  /** What was to be done. */
  readonly title: string;
  readonly code: string;
  readonly message: string;
  readonly since: TimeView;
  /** Where it stands in a list, the case that it belongs to. */
  readonly case?: { readonly reference: string; readonly href: string };
  /** Present where the visitor may have it tried again. */
  readonly retryHref?: string;
  /** What else may be done about it. */
  readonly links?: readonly { readonly label: string; readonly href: string }[];
}

/** Where an incident is, and what its state and its case are called. */
export interface IncidentPlace {
  readonly state: string;
  readonly reference: string;
  readonly place: CasePlace;
}

/** All that failed alike. */
export interface CauseItem {
  readonly title: string;
  readonly message: string;
  readonly count: number;
  readonly since: TimeView;
  readonly href: string;
  readonly retryHref: string;
  readonly cause: string;
}

/** A message from another system that could not begin a case. */
export interface MessageItem {
  readonly id: string;
  readonly title: string;
  /** Why not, a sentence for each workflow. */
  readonly why: readonly string[];
  readonly since: TimeView;
  readonly retryHref: string;
}

export interface IncidentsModel {
  /** Messages that could not begin a case. */
  readonly messages?: readonly MessageItem[];
  /** The causes that several incidents have in common. */
  readonly causes: readonly CauseItem[];
  readonly incidents: readonly IncidentItem[];
  readonly nextHref?: string;
  /** Where there are more causes. */
  readonly moreCausesHref?: string;
  /** Said after something was done: `The work for Q-2027-17 runs again`. */
  readonly notice?: string;
}

/** Makes one line of the list of incidents. */
export function incidentItem(
  incident: Incident,
  { state, reference, place }: IncidentPlace,
  moment: ViewMoment,
): IncidentItem {
  return {
    ...incidentCause(incident, state, moment),
    case: { reference, href: paths.case(incident.caseId) },
    ...incidentActions(incident, place),
  };
}

/** What operators may do about an incident: try again, correct the data first, or go on without it. */
export function incidentActions(
  incident: Incident,
  place: CasePlace,
): Pick<IncidentItem, 'retryHref' | 'links'> {
  const { id, caseId, job } = incident;
  const state = waitingState(incident, place);
  const change = (query: Readonly<Record<string, string>>): string =>
    withQuery(paths.modifyCase(caseId), query);
  const isWork = state !== undefined && (job.kind === 'call' || job.kind === 'run');
  return {
    retryHref: paths.retryIncident(id),
    links: [
      ...(isWork
        ? [
            { label: 'Correct its data, and do it again', href: change({ again: state }) },
            { label: 'Skip it', href: change({ skip: state }) },
          ]
        : []),
      ...(maySkip(incident, place)
        ? [{ label: 'Go on without it', href: paths.skipIncident(id) }]
        : []),
    ],
  };
}

/** Makes one line of the list of causes. */
export function causeItem(
  { cause, count, message, since }: IncidentCause,
  moment: ViewMoment,
): CauseItem {
  const [what = '', code = ''] = cause.split(' ');
  return {
    title: `${what}: ${code}`,
    message,
    count,
    since: showTime(since, moment),
    href: withQuery(paths.incidents, { cause }),
    retryHref: paths.retryCause,
    cause,
  };
}

/** Makes one line of the messages that could not begin a case. */
export function messageItem({ message, why }: UnbegunMessage, moment: ViewMoment): MessageItem {
  const { id, name, key, receivedAt } = message;
  const now = 'It could begin its case now.';
  return {
    id,
    title: `${name} (${key})`,
    why: why.length === 0 ? [now] : why.map((one) => `${asWords(one.workflow)}: ${one.why}`),
    since: showTime(receivedAt, moment),
    retryHref: paths.offerMessage,
  };
}

/** Says what an incident is about, in a list or on its case's page. */
export function incidentCause(
  { job, code, message, openedAt }: Incident,
  state: string,
  moment: ViewMoment,
): IncidentItem {
  const operation = job.payload['operation'];
  const called = typeof operation === 'string' ? ` (${operation})` : '';
  return { title: `${state}${called}`, code, message, since: showTime(openedAt, moment) };
}

/** Makes the list of what waits for somebody to look into it. */
export function incidentsPage(model: IncidentsModel): Page {
  return { template: 'pages/incidents', title: 'Incidents', area: 'incidents', model };
}
