import { TrellisError, grantRows, searchActs } from '../../engine/index.ts';
import { actFilter } from './act-filter.ts';
import { personRoute } from './api-person.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing } from './route.ts';
import type { Site } from './site.ts';

/** The acts that one answer has. */
const ACTS = 100;

/** What teams were granted, and what was done by whom, for people with a token. */
export function apiWatchRoutes(site: Site): readonly Route[] {
  return [
    personRoute(site, {
      ...{ method: 'get', path: '/api/grants', action: 'grant.list', ...nothing },
      handle: () => grants(site),
    }),
    personRoute(site, {
      ...{ method: 'get', path: '/api/audit/acts', action: 'audit.see', ...nothing },
      handle: (request) => acts(site, request),
    }),
  ];
}

async function grants({ host }: Site): Promise<object> {
  const { core, store, clock } = host;
  const { view } = core;
  const out = (await store.outOfForce.all()).filter(({ kind }) => kind === 'grant');
  return {
    release: view.release,
    grants: await grantRows(view, { grantUses: store.grantUses, now: clock.now() }),
    revoked: out.map(({ name, part, actor, reason, at }) => {
      return { team: name, part, by: actor.name, why: reason, at: new Date(at).toISOString() };
    }),
  };
}

/** The newest first, from one on; `next` tells where to go on. */
async function acts({ host }: Site, { query }: RouteRequest<undefined>): Promise<object> {
  const { kind = '', actor = '', about = '', since = '', until = '', from } = query;
  if (from !== undefined && !/^\d{1,15}$/u.test(from)) {
    throw new TrellisError('bad-request', '"from" is the number of an act, as "next" gives it.');
  }
  const start = from === undefined ? undefined : Number(from);
  const filter = actFilter({ kind, actor, about, since, until }, host.core.view.timeZone);
  return { ...(await searchActs(host.store.governance, filter, start, ACTS)) };
}
