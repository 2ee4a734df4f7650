import { searchActs } from '../../engine/index.ts';
import type { ActSearch } from '../views/pages/audit-page.ts';
import { auditPage } from '../views/pages/audit-page.ts';
import { historyCheckPage } from '../views/pages/history-check-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import { actFilter } from './act-filter.ts';
import { redirect } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

const ACTS = 25;
const CHECKPOINTS = 10;

/** What was done to the core and to who may do what, the checkpoints that sign the history, and whether it holds. */
export function auditRoutes(site: Site): readonly Route[] {
  return [
    route({
      ...{ method: 'get', path: paths.audit, action: 'audit.see', ...nothing },
      handle: (request) => showAudit(site, request),
    }),
    route({
      ...{ method: 'get', path: paths.verifyHistory, action: 'audit.see', ...nothing },
      handle: ({ visitor }) => {
        const page = historyCheckPage(site.historyChecks.last, viewMoment(site));
        return Promise.resolve(show(site, visitor, page));
      },
    }),
    route({
      ...{ method: 'post', path: paths.verifyHistory, action: 'audit.see', ...nothing },
      handle: ({ visitor }) => {
        site.historyChecks.begin(visitor.user?.name ?? '');
        return Promise.resolve(redirect(paths.verifyHistory));
      },
    }),
  ];
}

async function showAudit(site: Site, { visitor, query }: RouteRequest<undefined>): Promise<Reply> {
  const { governance, checkpoints } = site.host.store;
  const { kind = '', actor = '', about = '', since = '', until = '', from } = query;
  const search: ActSearch = { kind, actor, about, since, until };
  const start = from !== undefined && /^\d{1,15}$/u.test(from) ? Number(from) : undefined;
  const filter = actFilter(search, site.host.core.view.timeZone);
  const { acts, next } = await searchActs(governance, filter, start, ACTS);
  const newest = await checkpoints.newest();
  // One more than is shown: each is held against the one before.
  const after = Math.max(0, (newest?.number ?? 0) - CHECKPOINTS - 1);
  const nextHref =
    next === undefined ? undefined : withQuery(paths.audit, { ...search, from: String(next) });
  const page = auditPage(
    {
      ...{ acts, search },
      checkpoints: await checkpoints.list(after, CHECKPOINTS + 1),
      ...(nextHref === undefined ? {} : { nextHref }),
    },
    viewMoment(site),
  );
  return show(site, visitor, page);
}
