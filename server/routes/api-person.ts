import { TrellisError } from '../../engine/index.ts';
import type { Action, Subjects } from '../../engine/index.ts';
import { visitorOf } from '../middleware/visitor.ts';
import type { Visitor } from '../middleware/visitor.ts';
import { authorOf, noToken, programOf, tokenOf } from './api-request.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';

/** A route of the API for people: the same actions as behind the pages, decided by the same rules. */
interface PersonRoute<A extends Action, S> {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly action: A;
  readonly load: (request: RouteRequest<undefined>) => Promise<S>;
  readonly subject: (loaded: S) => Subjects[A];
  /** What a request that went well is answered with. (Default: 200) */
  readonly status?: number;
  /** Does it, and answers the body; `visitor` is the person of the token. */
  readonly handle: (request: RouteRequest<S>) => Promise<object>;
}

interface Called<S> {
  readonly visitor: Visitor;
  readonly loaded: S;
}

/** Makes a route for the tokens of people; whoever has signed in to the pages is nobody here. */
export function personRoute<A extends Action, S>(site: Site, parts: PersonRoute<A, S>): Route {
  const { method, path, action, status } = parts;
  return route<A, Called<S>>({
    ...{ method, path, action, fromAnywhere: true },
    ...(method === 'post' ? { body: 'raw' } : {}),
    load: async (request) => {
      const visitor = await callerOf(site, request);
      return { visitor, loaded: await parts.load({ ...request, visitor }) };
    },
    actor: ({ visitor }) => visitor.actor,
    subject: ({ loaded }) => parts.subject(loaded),
    handle: async ({ subject: { visitor, loaded }, ...request }) => {
      const body = await parts.handle({ ...request, visitor, subject: loaded });
      return { kind: 'json', body, ...(status === undefined ? {} : { status }) };
    },
  });
}

/**
 * Who a request of the API comes from: the person of its token as they are now, or a program.
 * @throws `TrellisError` with code `no-token`, also where the person has left.
 */
async function callerOf(site: Site, request: RouteRequest<undefined>): Promise<Visitor> {
  const token = await tokenOf(site, request);
  const { address } = request.visitor;
  if (token.person === undefined)
    return { actor: programOf(token), author: authorOf(token), address };
  const person = await site.host.store.accounts.byId(token.person);
  if (person === undefined || person.leftAt !== undefined) throw noToken();
  return visitorOf(person, address);
}

/**
 * A text of the body, as it was sent.
 * @throws `TrellisError` with code `bad-request`.
 */
export function textIn(body: Readonly<Record<string, unknown>>, key: string): string {
  const value = body[key];
  if (typeof value === 'string') return value;
  throw new TrellisError('bad-request', `"${key}" must be there, and be a text.`);
}
