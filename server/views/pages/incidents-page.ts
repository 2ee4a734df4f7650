import type { Incident, IncidentCause } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths, withQuery } from '../paths.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';

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

export interface IncidentsModel {
  /** The causes that several incidents have in common. */
  readonly causes: readonly CauseItem[];
  readonly incidents: readonly IncidentItem[];
  readonly nextHref?: string;
  /** Said after something was done: `The work for Q-2027-17 runs again`. */
  readonly notice?: string;
}

/**
 * Makes one line of the list of incidents.
 *
 * @param state the title of the state whose work failed
 */
export function incidentItem(
  incident: Incident,
  state: string,
  reference: string,
  moment: ViewMoment,
): IncidentItem {
  return {
    ...incidentCause(incident, state, moment),
    case: { reference, href: paths.case(incident.caseId) },
    retryHref: paths.retryIncident(incident.id),
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
