import { TrellisError } from '../../engine/index.ts';
import type { User } from '../../engine/index.ts';
import type { OwnKeyError } from '../views/pages/own-key-page.ts';
import { ownKeyPage } from '../views/pages/own-key-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

/** The key with which somebody signs what they propose and approve. */
export function keyRoutes(site: Site): readonly Route[] {
  const own = { path: paths.ownKey, action: 'key.make', ...nothing } as const;
  return [
    route({ ...own, method: 'get', handle: (request) => showKey(site, request) }),
    route({ ...own, method: 'post', handle: (request) => makeKey(site, request) }),
  ];
}

/**
 * The person who asks.
 * @throws `TrellisError` with code `not-allowed` for whoever has not signed in.
 */
export function personOf({ visitor }: Pick<RouteRequest<unknown>, 'visitor'>): User {
  if (visitor.user !== undefined) return visitor.user;
  throw new TrellisError('not-allowed', 'Sign in to do this.', { code: 'sign-in' });
}

async function showKey(
  site: Site,
  request: RouteRequest<undefined>,
  error?: OwnKeyError,
  status = 422,
): Promise<Reply> {
  const person = personOf(request);
  const key = (await site.host.proposals.keys.of(person.email)).at(-1);
  const page = ownKeyPage(
    {
      ...(key === undefined ? {} : { key }),
      ...(request.query['made'] === 'yes' ? { notice: 'You have a new key.' } : {}),
      ...(error === undefined ? {} : { error }),
    },
    viewMoment(site),
  );
  return show(site, request.visitor, page, error === undefined ? 200 : status);
}

/** A session alone makes no key: whoever took one over would sign in another's name. */
async function makeKey(site: Site, request: RouteRequest<undefined>): Promise<Reply> {
  const fields = new Map(request.fields);
  const passphrase = fields.get('passphrase') ?? '';
  const refuse = (field: OwnKeyError['field'], text: string, status?: number) =>
    showKey(site, request, { field, text }, status);
  if (passphrase !== fields.get('again'))
    return refuse('passphrase', 'The two passphrases are not the same.');
  const person = personOf(request);
  const { address } = request.visitor;
  try {
    const known = await site.signIn.check(person.email, fields.get('password') ?? '', address);
    if (known?.id !== person.id) return await refuse('password', 'The password is not right.');
    await site.host.proposals.keys.make(person, passphrase);
  } catch (error) {
    if (!(error instanceof TrellisError)) throw error;
    if (error.code === 'too-often') return refuse('password', error.message, 429);
    if (error.code !== 'bad-passphrase') throw error;
    return refuse('passphrase', error.message);
  }
  return redirect(withQuery(paths.ownKey, { made: 'yes' }));
}
