import { TrellisError } from '../../engine/index.ts';
import { releasePage, releasesPage } from '../views/pages/releases-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

const PAGE = 20;

/** The releases of the core, and the lock of each. */
export function releaseRoutes(site: Site): readonly Route[] {
  return [
    route({
      ...{ method: 'get', path: paths.releases, action: 'core.see', ...nothing },
      handle: (request) => listReleases(site, request),
    }),
    route({
      ...{ method: 'get', path: '/it/releases/:release', action: 'core.see', ...nothing },
      handle: async ({ parameters, visitor }) => {
        const name = parameters['release'] ?? '';
        const release = await site.host.store.registry.release(name);
        if (release === undefined)
          throw new TrellisError('no-release', `There is no release ${name}.`);
        return show(site, visitor, releasePage(release, site.host.core.release, viewMoment(site)));
      },
    }),
  ];
}

async function listReleases(
  site: Site,
  { visitor, query }: RouteRequest<undefined>,
): Promise<Reply> {
  const { release: inForce } = site.host.core;
  const found = await site.host.store.registry.releases(PAGE + 1, query['before']);
  const releases = found.slice(0, PAGE);
  const last = releases.at(-1)?.release;
  const page = releasesPage(
    {
      inForce,
      releases,
      ...(found.length > PAGE && last !== undefined
        ? { nextHref: withQuery(paths.releases, { before: last }) }
        : {}),
    },
    viewMoment(site),
  );
  return show(site, visitor, page);
}
