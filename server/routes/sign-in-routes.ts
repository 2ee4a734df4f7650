import { TrellisError } from '../../engine/index.ts';
import { signInPage } from '../views/pages/sign-in-page.ts';
import type { Page } from '../views/page.ts';
import { paths } from '../views/paths.ts';
import { redirect } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

/** Signing in and out. */
export function signInRoutes(site: Site): readonly Route[] {
  return [
    route({
      method: 'get',
      path: paths.signIn,
      action: 'sign-in',
      ...nothing,
      handle: ({ visitor, query }) =>
        Promise.resolve(
          visitor.user === undefined
            ? show(site, visitor, blank(site, { returnTo: localPath(query['returnTo']) }))
            : redirect(paths.inbox()),
        ),
    }),
    route({
      method: 'post',
      path: paths.signIn,
      action: 'sign-in',
      ...nothing,
      handle: (request) => signIn(site, request),
    }),
    route({
      method: 'post',
      path: paths.signOut,
      action: 'sign-out',
      ...nothing,
      handle: async ({ session }) => {
        await session.end();
        return redirect(paths.home);
      },
    }),
  ];
}

async function signIn(site: Site, request: RouteRequest<undefined>): Promise<Reply> {
  const { visitor, session } = request;
  const fields = new Map(request.fields);
  const email = fields.get('email') ?? '';
  const returnTo = localPath(fields.get('returnTo'));
  try {
    const user = await site.signIn.check(email, fields.get('password') ?? '', visitor.address);
    if (user !== undefined) {
      await session.begin(user.id);
      return redirect(returnTo);
    }
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'too-often') throw error;
    return show(site, visitor, blank(site, { email, returnTo, error: error.message }), 429);
  }
  const error = 'The email address or the password is not right.';
  return show(site, visitor, blank(site, { email, returnTo, error }), 422);
}

function blank(
  { host }: Site,
  filled: { readonly email?: string; readonly returnTo: string; readonly error?: string },
): Page {
  return signInPage({
    company: host.core.view.company,
    demo: host.settings.demo,
    email: '',
    ...filled,
  });
}

/** Only a path on this host is gone on to: `//elsewhere` and the like lead to the inbox. */
function localPath(text: string | undefined): string {
  if (text === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return paths.inbox();
  return text;
}
