import { TrellisError, maySkip } from '../../engine/index.ts';
import type { Incident, StoredCase } from '../../engine/index.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import type { IncidentItem } from '../views/pages/incidents-page.ts';
import {
  causeItem,
  incidentItem,
  incidentsPage,
  messageItem,
} from '../views/pages/incidents-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import { namesOf } from '../views/texts/names.ts';
import { redirect } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

const PAGE = 25;
/** The causes that a page shows, and how deep cases run one another. */
const CAUSES = 50;
const DEEPEST = 20;

/** What the engine gave up on, and having it tried again. */
export function incidentRoutes(site: Site): readonly Route[] {
  const one = {
    action: 'incident.retry',
    load: async ({ parameters }: RouteRequest<undefined>) => {
      const incident = await site.host.store.incidents.open(parameters['id'] ?? '');
      if (incident !== undefined) return incident;
      throw new TrellisError('no-incident', 'This incident is not open any more.');
    },
    subject: () => ({}),
  } as const;
  return [
    route({
      method: 'get',
      path: paths.incidents,
      action: 'incident.list',
      ...nothing,
      handle: (request) => listIncidents(site, request),
    }),
    route({
      method: 'post',
      path: paths.retryCause,
      action: 'incident.retry',
      ...nothing,
      handle: async ({ fields, visitor }) => {
        const cause = new Map(fields).get('cause') ?? '';
        const id = await site.host.engine.bulk.prepare({
          change: { kind: 'retry', cause },
          selection: { kind: 'cause', cause },
          actor: visitor.author,
        });
        return redirect(paths.operation(id));
      },
    }),
    route({
      method: 'post',
      path: paths.offerMessage,
      action: 'incident.retry',
      ...nothing,
      handle: async ({ fields }) => {
        const id = new Map(fields).get('message') ?? '';
        const offered = (await site.host.engine.mailbox.offerAgain(id)) ? 'yes' : 'no';
        return redirect(withQuery(paths.incidents, { offered }));
      },
    }),
    route({
      ...one,
      method: 'get',
      path: '/incidents/:id/skip',
      handle: (request) => askSkip(site, request, ''),
    }),
    route({
      ...one,
      method: 'post',
      path: '/incidents/:id/skip',
      handle: (request) => skip(site, request),
    }),
    route({
      ...one,
      method: 'post',
      path: '/incidents/:id/retry',
      handle: async ({ subject, visitor }) => {
        await site.host.engine.retryIncident(subject.id, visitor.author);
        const { stored } = await site.host.engine.look(subject.caseId);
        return redirect(withQuery(paths.incidents, { retried: stored.reference }));
      },
    }),
  ];
}

async function skip(site: Site, request: RouteRequest<Incident>): Promise<Reply> {
  const { subject, visitor, fields } = request;
  const reason = new Map(fields).get('reason') ?? '';
  try {
    await site.host.engine.incidents.skip(subject.id, reason, visitor.author);
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'no-reason') throw error;
    return askSkip(site, request, reason, error.message);
  }
  const { stored } = await site.host.engine.look(subject.caseId);
  return redirect(withQuery(paths.incidents, { skipped: stored.reference }));
}

async function askSkip(
  site: Site,
  { subject, visitor }: RouteRequest<Incident>,
  reason: string,
  error?: string,
): Promise<Reply> {
  const { title, message } = await itemOf(site, subject);
  const { stored, visits } = await site.host.engine.look(subject.caseId);
  const refused = maySkip(subject, { states: stored.states, visits })
    ? {}
    : { refused: 'Its case waits for this work. Skip it where the case is changed.' };
  const page = changePage({
    area: 'incidents',
    backHref: paths.incidents,
    backText: 'Incidents',
    heading: 'Go on without it?',
    lead: `${title}: ${message}`,
    consequences: ['It is not tried any more, and the case goes on as if it were done.'],
    ...refused,
    action: paths.skipIncident(subject.id),
    fields: [reasonField(reason, error)],
    button: 'Go on without it',
    warning: true,
  });
  return show(site, visitor, page, error === undefined ? 200 : 422);
}

async function listIncidents(
  site: Site,
  { visitor, query }: RouteRequest<undefined>,
): Promise<Reply> {
  const { incidents } = site.host.store;
  const { after, cause, causesAfter } = query;
  const isWhole = after === undefined && cause === undefined;
  const [found, causes, unbegun] = await Promise.all([
    incidents.list(after, PAGE + 1, cause),
    isWhole ? incidents.causes(causesAfter, CAUSES + 1) : [],
    isWhole ? site.host.engine.mailbox.unbegun(PAGE) : [],
  ]);
  const shownCauses = causes.slice(0, CAUSES);
  const lastCause = causes.length > CAUSES ? shownCauses.at(-1)?.cause : undefined;
  const shown = found.slice(0, PAGE);
  const last = shown.at(-1);
  const notice = noticeOf(query);
  const page = incidentsPage({
    messages: unbegun.map((one) => messageItem(one, viewMoment(site))),
    causes: shownCauses
      .filter(({ count }) => count > 1)
      .map((one) => causeItem(one, viewMoment(site))),
    incidents: await Promise.all(shown.map((incident) => itemOf(site, incident))),
    ...(found.length > PAGE && last !== undefined
      ? { nextHref: withQuery(paths.incidents, { cause, after: last.id }) }
      : {}),
    ...(lastCause === undefined
      ? {}
      : { moreCausesHref: withQuery(paths.incidents, { causesAfter: lastCause }) }),
    ...(notice === undefined ? {} : { notice }),
  });
  return show(site, visitor, page);
}

function noticeOf({
  retried,
  skipped,
  offered,
}: RouteRequest<undefined>['query']): string | undefined {
  if (offered === 'yes') return 'The message was offered again.';
  if (offered === 'no') return 'That message waits to begin a case no more.';
  if (skipped !== undefined) return `${skipped} goes on without that work.`;
  return retried === undefined ? undefined : `The work for ${retried} runs again.`;
}

async function itemOf(site: Site, incident: Incident): Promise<IncidentItem> {
  const { host } = site;
  const { stored, definition, visits } = await host.engine.look(incident.caseId);
  const names = namesOf(definition.compiled.workflow);
  const state = incident.state === undefined ? 'Mail' : names.state(incident.state);
  const outermost = await outermostOf(site, stored);
  const reference =
    outermost.id === stored.id ? stored.reference : `${outermost.reference} (${stored.reference})`;
  const place = { states: stored.states, visits };
  return incidentItem(incident, { state, reference, place }, viewMoment(site));
}

/** The case that nobody runs, of those around a case: what people know it by. */
async function outermostOf({ host }: Site, stored: StoredCase): Promise<StoredCase> {
  let outermost = stored;
  for (let depth = 0; depth < DEEPEST && outermost.parent !== undefined; depth += 1) {
    const around = await host.store.cases.load(outermost.parent.caseId);
    if (around === undefined) break;
    outermost = around;
  }
  return outermost;
}
