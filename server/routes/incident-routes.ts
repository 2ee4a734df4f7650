import { TrellisError } from '../../engine/index.ts';
import type { Incident, StoredCase } from '../../engine/index.ts';
import type { IncidentItem } from '../views/pages/incidents-page.ts';
import { causeItem, incidentItem, incidentsPage } from '../views/pages/incidents-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import { namesOf } from '../views/texts/names.ts';
import { redirect } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

const PAGE = 25;
/** The causes that are shown, and how deep cases run one another. */
const MOST_CAUSES = 50;
const DEEPEST = 20;

/** What the engine gave up on, and having it tried again. */
export function incidentRoutes(site: Site): readonly Route[] {
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
      path: '/incidents/:id/retry',
      action: 'incident.retry',
      load: async ({ parameters }) => {
        const incident = await site.host.store.incidents.open(parameters['id'] ?? '');
        if (incident === undefined) {
          throw new TrellisError('no-incident', 'This incident is not open any more.');
        }
        return incident;
      },
      subject: () => ({}),
      handle: async ({ subject, visitor }) => {
        await site.host.engine.retryIncident(subject.id, visitor.author);
        const { stored } = await site.host.engine.look(subject.caseId);
        return redirect(withQuery(paths.incidents, { retried: stored.reference }));
      },
    }),
  ];
}

async function listIncidents(
  site: Site,
  { visitor, query }: RouteRequest<undefined>,
): Promise<Reply> {
  const { incidents } = site.host.store;
  const { after, cause } = query;
  const [found, causes] = await Promise.all([
    incidents.list(after, PAGE + 1, cause),
    after === undefined && cause === undefined ? incidents.causes(undefined, MOST_CAUSES) : [],
  ]);
  const shown = found.slice(0, PAGE);
  const last = shown.at(-1);
  const notice = noticeOf(query);
  const page = incidentsPage({
    causes: causes.filter(({ count }) => count > 1).map((one) => causeItem(one, viewMoment(site))),
    incidents: await Promise.all(shown.map((incident) => itemOf(site, incident))),
    ...(found.length > PAGE && last !== undefined
      ? { nextHref: withQuery(paths.incidents, { cause, after: last.id }) }
      : {}),
    ...(notice === undefined ? {} : { notice }),
  });
  return show(site, visitor, page);
}

function noticeOf({ retried }: RouteRequest<undefined>['query']): string | undefined {
  return retried === undefined ? undefined : `The work for ${retried} runs again.`;
}

async function itemOf(site: Site, incident: Incident): Promise<IncidentItem> {
  const { host } = site;
  const { stored, definition } = await host.engine.look(incident.caseId);
  const names = namesOf(definition.compiled.workflow);
  const state = incident.state === undefined ? 'Mail' : names.state(incident.state);
  const outermost = await outermostOf(site, stored);
  const reference =
    outermost.id === stored.id ? stored.reference : `${outermost.reference} (${stored.reference})`;
  return incidentItem(incident, state, reference, viewMoment(site));
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
