import { grantUsers } from '../../engine/index.ts';
import type { Definition } from '../../engine/index.ts';
import { personRoute, textIn } from './api-person.ts';
import { bodyOf } from './api-request.ts';
import { grantedAt } from './grant-routes.ts';
import type { Granted } from './grant-routes.ts';
import { retiredAt } from './retire-routes.ts';
import type { Retired } from './retire-routes.ts';
import type { Route, RouteRequest } from './route.ts';
import type { Site } from './site.ts';
import { versionIn } from './version-in.ts';

/** Taking workflows and grants out of force and putting them back, for people with a token. */
export function apiForceRoutes(site: Site): readonly Route[] {
  return [...retireRoutes(site), ...rollBackRoutes(site), ...grantRoutes(site)];
}

function retireRoutes(site: Site): readonly Route[] {
  const { publishing } = site.host;
  const one = {
    action: 'workflow.write',
    load: ({ parameters }: RouteRequest<undefined>) => retiredAt(site, parameters['name'] ?? ''),
    subject: ({ team }: Retired) => ({ teams: [team], rules: publishing.reviews.rules }),
  } as const;
  const path = '/api/workflows/:name';
  return [
    personRoute(site, {
      ...{ ...one, method: 'get', path: `${path}/retire` },
      handle: ({ subject: { facts, token, retired } }) =>
        Promise.resolve({
          ...{ facts, token },
          ...(retired === undefined ? {} : { retired: outOf(retired) }),
        }),
    }),
    personRoute(site, {
      ...{ ...one, method: 'post', path: `${path}/retire` },
      handle: async (request) => {
        const body = bodyOf(request, ['reason', 'token']);
        const given = { reason: textIn(body, 'reason'), token: textIn(body, 'token') };
        const { name: workflow } = request.subject;
        await publishing.retire({ workflow, actor: request.visitor.author, ...given });
        return { name: workflow, retired: true };
      },
    }),
    personRoute(site, {
      ...{ ...one, method: 'post', path: `${path}/restore` },
      handle: async (request) => {
        const reason = textIn(bodyOf(request, ['reason']), 'reason');
        const { name } = request.subject;
        const key = { kind: 'workflow', name, part: '' } as const;
        await publishing.force.putBack({ key, actor: request.visitor.author, reason });
        return { name, retired: false };
      },
    }),
  ];
}

function rollBackRoutes(site: Site): readonly Route[] {
  const { publishing } = site.host;
  const one = {
    path: '/api/workflows/:name/versions/:version/roll-back',
    action: 'workflow.roll-back',
    load: (request: RouteRequest<undefined>) => versionIn(site, request),
    subject: () => ({ rules: publishing.reviews.rules }),
  } as const;
  return [
    personRoute(site, {
      ...{ ...one, method: 'get' },
      handle: async ({ subject }) => {
        const { examined, facts, needed, token } = await publishing.lookBack(oldOf(subject));
        const { risk, tests } = examined;
        return { facts, risk, coverage: tests.coverage, needed, token };
      },
    }),
    personRoute(site, {
      ...{ ...one, method: 'post' },
      handle: async (request) => {
        const { actor, author } = request.visitor;
        const body = bodyOf(request, ['reason', 'token']);
        const given = { reason: textIn(body, 'reason'), token: textIn(body, 'token') };
        const old = oldOf(request.subject);
        const version = await publishing.rollBack(
          { ...old, ...given },
          { actor: author, roles: actor.kind === 'staff' ? actor.roles : [] },
        );
        return { name: old.workflow, version };
      },
    }),
  ];
}

function oldOf({ published: { name, version } }: Definition): {
  readonly workflow: string;
  readonly version: number;
} {
  return { workflow: name, version };
}

/** Whom revoking a grant, or a part of it, would stop; revoking it, and restoring it. */
function grantRoutes(site: Site): readonly Route[] {
  const { catalogue, store, publishing } = site.host;
  const one = { action: 'grant.revoke', subject: () => ({}) } as const;
  const changes = (['revoke', 'restore'] as const).map((change) =>
    personRoute<'grant.revoke', Granted & { readonly reason: string }>(site, {
      ...{ ...one, method: 'post', path: `/api/grants/:team/${change}` },
      load: (request) => {
        const body = bodyOf(request, ['part', 'reason']);
        const [part, reason] = [textIn(body, 'part'), textIn(body, 'reason')];
        const granted = grantedAt(site, request.parameters['team'] ?? '', part);
        return Promise.resolve({ ...granted, reason });
      },
      handle: async ({ subject: { team: name, part, reason }, visitor: { author: actor } }) => {
        const given = { key: { kind: 'grant', name, part }, actor, reason } as const;
        const { force } = publishing;
        await (change === 'revoke' ? force.takeOut(given) : force.putBack(given));
        return { team: name, part, revoked: change === 'revoke' };
      },
    }),
  );
  return [
    personRoute(site, {
      ...{ ...one, method: 'get', path: '/api/grants/:team/revoke' },
      load: ({ parameters, query }) =>
        Promise.resolve(grantedAt(site, parameters['team'] ?? '', query['part'] ?? '')),
      handle: async ({ subject: { team, part } }) => ({
        ...{ team, part },
        users: await grantUsers(team, part, { catalogue, worklist: store.worklist }),
      }),
    }),
    ...changes,
  ];
}

function outOf({ actor, reason, at }: NonNullable<Retired['retired']>): object {
  return { by: actor.name, why: reason, at: new Date(at).toISOString() };
}
