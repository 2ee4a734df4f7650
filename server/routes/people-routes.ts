import { TrellisError } from '../../engine/index.ts';
import type { Handover, User } from '../../engine/index.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import { peoplePage, personItem } from '../views/pages/people-page.ts';
import { paths } from '../views/paths.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

interface Entered {
  readonly to: string;
  readonly reason: string;
  readonly error?: { readonly field: 'to' | 'reason'; readonly message: string };
}

/** Who signs in, who has left, and who is back. */
export function peopleRoutes(site: Site): readonly Route[] {
  const one = {
    action: 'user.leave',
    load: ({ parameters }: RouteRequest<undefined>) => personOf(site, parameters['id'] ?? ''),
    subject: () => ({}),
  } as const;
  const leaves = { ...one, path: '/people/:id/leave' } as const;
  const returns = { ...one, path: '/people/:id/return' } as const;
  return [
    route({
      ...{ method: 'get', path: paths.people, action: 'user.leave', ...nothing },
      handle: ({ visitor }) => list(site, visitor),
    }),
    route({
      ...leaves,
      method: 'get',
      handle: (request) => ask(site, request, { to: '', reason: '' }),
    }),
    route({ ...leaves, method: 'post', handle: (request) => leave(site, request) }),
    route({
      ...returns,
      method: 'get',
      handle: (request) => Promise.resolve(askReturn(site, request)),
    }),
    route({
      ...returns,
      method: 'post',
      handle: async ({ subject, visitor }) => {
        await site.host.engine.leaving.comeBack(subject.id, visitor.author);
        return redirect(paths.people);
      },
    }),
  ];
}

async function personOf({ host }: Site, id: string): Promise<User> {
  const user = await host.store.accounts.byId(id);
  if (user === undefined) throw new TrellisError('no-page', 'There is no such account.');
  return user;
}

async function list(site: Site, visitor: RouteRequest<undefined>['visitor']): Promise<Reply> {
  const people = await site.host.store.accounts.list();
  const moment = viewMoment(site);
  return show(site, visitor, peoplePage(people.map((user) => personItem(user, moment))));
}

async function ask(
  site: Site,
  { subject: person, visitor }: RouteRequest<User>,
  { to, reason, error }: Entered,
): Promise<Reply> {
  const people = await site.host.store.accounts.list();
  const page = changePage({
    area: 'people',
    backHref: paths.people,
    backText: 'People',
    heading: `${person.name} has left`,
    lead: 'They can do nothing any more, and get nothing.',
    consequences: [
      'Tasks that they took go back to everybody with their roles.',
      'Tasks that a colleague had handed to them go back to the colleague.',
      'Tasks that were for them alone go to the successor, or wait to be reassigned.',
    ],
    action: paths.personLeaves(person.id),
    fields: [
      {
        ...{ id: 'to', name: 'to', label: 'Who gets what was for them alone?', value: to },
        options: [
          { value: '', label: 'Nobody: it waits to be reassigned' },
          ...people
            .filter(({ id, leftAt }) => id !== person.id && leftAt === undefined)
            .map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` })),
        ],
        ...(error?.field === 'to' ? { error: error.message } : {}),
      },
      reasonField(reason, error?.field === 'reason' ? error.message : undefined),
    ],
    button: 'They have left',
    warning: true,
  });
  return show(site, visitor, page, error === undefined ? 200 : 422);
}

async function leave(site: Site, request: RouteRequest<User>): Promise<Reply> {
  const { subject: person, visitor, fields } = request;
  const given = new Map(fields);
  const [to, reason] = [given.get('to') ?? '', given.get('reason') ?? ''];
  try {
    const handover = await site.host.engine.leaving.leave({
      ...{ person: person.id, reason, actor: visitor.author },
      ...(to === '' ? {} : { to }),
    });
    return show(site, visitor, donePage(person, handover));
  } catch (error) {
    if (!(error instanceof TrellisError)) throw error;
    if (error.code !== 'no-reason' && error.code !== 'wrong-person') throw error;
    const field = error.code === 'no-reason' ? 'reason' : 'to';
    return ask(site, request, { to, reason, error: { field, message: error.message } });
  }
}

function donePage(person: User, { returned, handedOn, left }: Handover) {
  const waiting = left.map(({ reference, title }) => `“${title}” of ${reference} has nobody.`);
  return changePage({
    area: 'people',
    backHref: paths.people,
    backText: 'People',
    heading: `${person.name} has left`,
    lead: `Tasks given back: ${returned}. Handed on: ${handedOn}.`,
    consequences: waiting,
    refused:
      left.length === 0
        ? 'There is nothing more to do.'
        : 'Reassign what has nobody: it stands in the inbox under “Managed”.',
    action: paths.people,
    fields: [],
    button: '',
  });
}

function askReturn(site: Site, { subject: person, visitor }: RouteRequest<User>): Reply {
  const page = changePage({
    area: 'people',
    backHref: paths.people,
    backText: 'People',
    heading: `${person.name} works here again`,
    lead: 'They can sign in with their password, and have the roles that they had.',
    consequences: [],
    action: paths.personReturns(person.id),
    fields: [],
    button: 'They are back',
  });
  return show(site, visitor, page);
}
