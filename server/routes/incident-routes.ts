import { TrellisError } from '../../engine/index.ts';
import type { Incident } from '../../engine/index.ts';
import type { IncidentItem } from '../views/pages/incidents-page.ts';
import { incidentItem, incidentsPage } from '../views/pages/incidents-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import { namesOf } from '../views/texts/names.ts';
import { redirect } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

const PAGE = 25;

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
  const found = await incidents.list(query['after'], PAGE + 1);
  const shown = found.slice(0, PAGE);
  const last = shown.at(-1);
  const retried = query['retried'];
  const page = incidentsPage({
    incidents: await Promise.all(shown.map((incident) => itemOf(site, incident))),
    ...(found.length > PAGE && last !== undefined
      ? { nextHref: withQuery(paths.incidents, { after: last.id }) }
      : {}),
    ...(retried === undefined ? {} : { notice: `The work for ${retried} runs again.` }),
  });
  return show(site, visitor, page);
}

async function itemOf(site: Site, incident: Incident): Promise<IncidentItem> {
  const { host } = site;
  const { stored, definition } = await host.engine.look(incident.caseId);
  const names = namesOf(definition.compiled.workflow);
  const state = incident.state === undefined ? 'Mail' : names.state(incident.state);
  return incidentItem(incident, state, stored.reference, viewMoment(site));
}
