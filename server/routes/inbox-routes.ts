import { authorize } from '../../engine/index.ts';
import type { TaskFilter, User } from '../../engine/index.ts';
import type { InboxList } from '../views/pages/inbox-page.ts';
import { inboxItem, inboxPage } from '../views/pages/inbox-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

const PAGE = 25;
/** A list is counted up to here; beyond it there are "50+". */
const COUNTED = 50;

const LISTS = ['mine', 'team', 'overdue', 'done', 'managed'] as const;

/** What waits for whoever signed in. */
export function inboxRoutes(site: Site): readonly Route[] {
  return LISTS.map((list) =>
    route({
      method: 'get',
      path: paths.inbox(list),
      action: list === 'managed' ? 'task.manage' : 'task.list',
      ...nothing,
      handle: (request) => showInbox(site, list, request),
    }),
  );
}

/** How many tasks wait for a person and for their roles, and how many of them are late, in words. */
export async function countTasks(
  { host }: Site,
  user: User,
): Promise<Readonly<Record<'mine' | 'team' | 'overdue', string>>> {
  const [mine, team, overdue] = await Promise.all(
    (['mine', 'team', 'overdue'] as const).map(async (list) => {
      const { rows, next } = await host.store.worklist.tasks(
        filterOf(list, user, host.clock.now()),
        undefined,
        COUNTED,
      );
      return next === undefined ? String(rows.length) : `${COUNTED}+`;
    }),
  );
  return { mine: mine ?? '0', team: team ?? '0', overdue: overdue ?? '0' };
}

async function showInbox(
  site: Site,
  list: InboxList,
  { visitor, query }: RouteRequest<undefined>,
): Promise<Reply> {
  const { host } = site;
  const { user } = visitor;
  if (user === undefined) return { kind: 'redirect', to: paths.signIn };
  const [found, counts] = await Promise.all([
    host.store.worklist.tasks(filterOf(list, user, host.clock.now()), query['after'], PAGE),
    countTasks(site, user),
  ]);
  const moment = viewMoment(site);
  const mayManage = authorize(visitor.actor, 'task.manage', {}).allowed;
  const page = inboxPage({
    list,
    lists: LISTS.filter((one) => one !== 'managed' || mayManage),
    away: user.away !== undefined,
    counts,
    tasks: found.rows.map((row) => inboxItem(row, list, moment)),
    ...(found.next === undefined
      ? {}
      : { nextHref: withQuery(paths.inbox(list), { after: found.next }) }),
  });
  return show(site, visitor, page);
}

function filterOf(list: InboxList, user: User, now: number): TaskFilter {
  switch (list) {
    case 'mine':
      return { kind: 'mine', people: [user.id] };
    case 'team':
      return { kind: 'team', roles: user.roles };
    case 'overdue':
      return { kind: 'overdue', people: [user.id], roles: user.roles, before: now };
    case 'managed':
      return { kind: 'managed', roles: 'all' };
    case 'done':
      return { kind: 'done', person: user.id };
  }
}
