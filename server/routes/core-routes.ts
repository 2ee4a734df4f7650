import { TrellisError } from '../../engine/index.ts';
import { inventoryOf } from '../desk/inventory.ts';
import { connectorsPage } from '../views/pages/connectors-page.ts';
import { inventoryPage } from '../views/pages/inventory-page.ts';
import { typePage, typesPage } from '../views/pages/types-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

/** The workflows that a page of the inventory has. */
const PAGE = 50;

/** What the core in force holds: its types with who uses them, and its connectors. */
export function coreRoutes(site: Site): readonly Route[] {
  const { host } = site;
  return [
    route({
      ...{ method: 'get', path: paths.types, action: 'core.see', ...nothing },
      handle: ({ visitor }) => Promise.resolve(show(site, visitor, typesPage(host.core))),
    }),
    route({
      ...{ method: 'get', path: '/it/types/:type', action: 'core.see', ...nothing },
      handle: async ({ parameters, visitor }) => {
        const name = parameters['type'] ?? '';
        const { core } = host;
        if (!core.core.types.has(name))
          throw new TrellisError('no-page', `The core has no type "${name}".`);
        return show(site, visitor, typePage(name, core, await site.uses.of(core)));
      },
    }),
    route({
      ...{ method: 'get', path: paths.connectors, action: 'core.see', ...nothing },
      handle: ({ visitor }) => Promise.resolve(show(site, visitor, connectorsPage(host.core))),
    }),
    route({
      ...{ method: 'get', path: paths.inventory, action: 'core.see', ...nothing },
      handle: (request) => listWorkflows(site, request),
    }),
  ];
}

async function listWorkflows(
  site: Site,
  { visitor, query }: RouteRequest<undefined>,
): Promise<Reply> {
  const after = query['after'] ?? '';
  const names = site.host.catalogue
    .list()
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('core/') && name > after)
    .sort();
  const page = names.slice(0, PAGE);
  const last = page.at(-1);
  const items = await inventoryOf(site, page);
  const more =
    names.length > PAGE && last !== undefined
      ? { nextHref: withQuery(paths.inventory, { after: last }) }
      : {};
  return show(site, visitor, inventoryPage({ items, ...more }, viewMoment(site)));
}
