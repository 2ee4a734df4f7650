import { TrellisError, whereUsed } from '../../engine/index.ts';
import { personRoute } from './api-person.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing } from './route.ts';
import type { Site } from './site.ts';

/** The releases that one answer has. */
const PAGE = 20;

/** What the core is, and who uses what of it, for people with a token. */
export function apiCoreRoutes(site: Site): readonly Route[] {
  const looks = { method: 'get', action: 'core.see', ...nothing } as const;
  return [
    personRoute(site, { ...looks, path: '/api/core', handle: () => coreInForce(site) }),
    personRoute(site, {
      ...{ ...looks, path: '/api/core/releases' },
      handle: (request) => releases(site, request),
    }),
    personRoute(site, {
      ...{ ...looks, path: '/api/core/where-used' },
      handle: (request) => users(site, request),
    }),
  ];
}

async function coreInForce({ host }: Site): Promise<object> {
  const { core, release } = host.core;
  const stored = await host.store.registry.release(release);
  const types = [...core.types.values()].map(({ type, title, version, owner, compatibility }) => {
    return { type, title, version, owner, compatibility };
  });
  return { release, digest: stored?.digest, types };
}

async function releases({ host }: Site, { query }: RouteRequest<undefined>): Promise<object> {
  const found = await host.store.registry.releases(PAGE + 1, query['before']);
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1)?.release;
  return { releases: rows, ...(found.length > PAGE ? { before: last } : {}) };
}

async function users(site: Site, { query }: RouteRequest<undefined>): Promise<object> {
  const name = query['name'] ?? '';
  if (name === '') {
    throw new TrellisError('bad-request', 'Say what, as in ?name=Quote.netTotal.');
  }
  const { core } = site.host;
  return { name, uses: whereUsed(name, await site.uses.of(core), core.view) };
}
