import { TrellisError } from '../../engine/index.ts';
import { connectorsPage } from '../views/pages/connectors-page.ts';
import { typePage, typesPage } from '../views/pages/types-page.ts';
import { paths } from '../views/paths.ts';
import type { Route } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

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
  ];
}
