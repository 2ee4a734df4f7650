import { authorize, managedRoles } from '../../engine/index.ts';
import type { TaskFilter, User } from '../../engine/index.ts';
import type { Visitor } from '../middleware/visitor.ts';
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
  const handle = (list: InboxList) => (request: RouteRequest<undefined>) =>
    showInbox(site, list, request);
  const managed = {
    path: paths.inbox('managed'),
    action: 'task.manage',
    load: () => Promise.resolve(undefined),
    subject: () => ({ core: site.host.core.view }),
  } as const;
  return [
    ...LISTS.filter((list) => list !== 'managed').map((list) =>
      route({
        method: 'get',
        path: paths.inbox(list),
        action: 'task.list',
        ...nothing,
        handle: handle(list),
      }),
    ),
    route({ method: 'get', ...managed, handle: handle('managed') }),
  ];
}

/** How many tasks wait for a person and for their roles, and how many of them are late, in words. */
export async function countTasks(
  site: Site,
  { user, actor }: Pick<Visitor, 'actor'> & { readonly user: User },
): Promise<Readonly<Record<'mine' | 'team' | 'overdue', string>>> {
  const absent = await absenteesOf(site, user);
  const [mine, team, overdue] = await Promise.all(
    (['mine', 'team', 'overdue'] as const).map(async (list) => {
      const { rows, next } = await site.host.store.worklist.tasks(
        filterOf(site, list, { user, actor }, absent),
        undefined,
        COUNTED,
      );
      return next === undefined ? String(rows.length) : `${COUNTED}+`;
    }),
  );
  return { mine: mine ?? '0', team: team ?? '0', overdue: overdue ?? '0' };
}

function absenteesOf({ host }: Site, { id }: User): Promise<readonly User[]> {
  return host.engine.substitutes.absentees(id, host.core.view.timeZone);
}

async function showInbox(
  site: Site,
  list: InboxList,
  { visitor, query }: RouteRequest<undefined>,
): Promise<Reply> {
  const { host } = site;
  const { user, actor } = visitor;
  if (user === undefined) return { kind: 'redirect', to: paths.signIn };
  const absent = await absenteesOf(site, user);
  const [found, counts] = await Promise.all([
    host.store.worklist.tasks(filterOf(site, list, { user, actor }, absent), query['after'], PAGE),
    countTasks(site, { user, actor }),
  ]);
  const moment = viewMoment(site);
  const mayManage = authorize(actor, 'task.manage', { core: host.core.view }).allowed;
  const page = inboxPage({
    list,
    lists: LISTS.filter((one) => one !== 'managed' || mayManage),
    away: user.away !== undefined,
    counts,
    tasks: found.rows.map((row) => {
      const insteadOf = absent.find(({ id }) => id === row.assignee)?.name;
      return inboxItem(row, list, moment, insteadOf);
    }),
    ...(found.next === undefined
      ? {}
      : { nextHref: withQuery(paths.inbox(list), { after: found.next }) }),
  });
  return show(site, visitor, page);
}

/** Whoever stands in for people who are away has their tasks in the list as well. */
function filterOf(
  { host }: Site,
  list: InboxList,
  { user, actor }: Pick<Visitor, 'actor'> & { readonly user: User },
  absent: readonly User[],
): TaskFilter {
  const people = [user.id, ...absent.map(({ id }) => id)];
  switch (list) {
    case 'mine':
      return { kind: 'mine', people };
    case 'team':
      return { kind: 'team', roles: user.roles };
    case 'overdue':
      return { kind: 'overdue', people, roles: user.roles, before: host.clock.now() };
    case 'managed':
      return { kind: 'managed', roles: managedRoles(actor, host.core.view) };
    case 'done':
      return { kind: 'done', person: user.id };
  }
}
