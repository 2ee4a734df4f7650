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
  const { registry } = site.host.store;
  const { release: inForce } = site.host.core;
  const [line = '', newest = ''] = inForce.split('.');
  const from = Math.min(Number(query['from'] ?? newest) || 0, Number(newest));
  const names = Array.from({ length: PAGE }, (_, index) => from - index)
    .filter((number) => number > 0)
    .map((number) => `${line}.${number}`);
  const found = await Promise.all(names.map((name) => registry.release(name)));
  const nextHref =
    from > PAGE ? withQuery(paths.releases, { from: String(from - PAGE) }) : undefined;
  const page = releasesPage(
    {
      inForce,
      releases: found.filter((one) => one !== undefined),
      ...(nextHref === undefined ? {} : { nextHref }),
    },
    viewMoment(site),
  );
  return show(site, visitor, page);
}
