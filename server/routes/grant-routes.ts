import { TrellisError, grantRows, grantUsers } from '../../engine/index.ts';
import type { GrantRow, OutOfForce } from '../../engine/index.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import { grantsPage } from '../views/pages/grants-page.ts';
import type { GrantItem } from '../views/pages/grants-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

/** What is revoked or restored: a part of a team's grant, or with '' all of it. */
export interface Granted {
  readonly team: string;
  readonly part: string;
}

type Change = 'revoke' | 'restore';

/** What teams were granted; revoking it and restoring it. */
export function grantRoutes(site: Site): readonly Route[] {
  const changes = (['revoke', 'restore'] as const).flatMap((change) => {
    const one = {
      path: `/it/grants/:team/${change}`,
      action: 'grant.revoke',
      load: ({ parameters, query }: RouteRequest<undefined>) =>
        Promise.resolve(grantedAt(site, parameters['team'] ?? '', query['part'] ?? '')),
      subject: () => ({}),
    } as const;
    return [
      route({ ...one, method: 'get', handle: (request) => ask(site, request, change) }),
      route({ ...one, method: 'post', handle: (request) => carryOut(site, request, change) }),
    ];
  });
  return [
    route({
      ...{ method: 'get', path: paths.grants, action: 'grant.list', ...nothing },
      handle: ({ visitor }) => list(site, visitor),
    }),
    ...changes,
  ];
}

/**
 * What the core grants a team; `part` is '' where all of it is meant.
 * @throws `TrellisError` with code `no-grant`.
 */
export function grantedAt({ host }: Site, team: string, part: string): Granted {
  const grants = host.core.view.grants.filter((grant) => grant.team === team);
  const parts = grants.flatMap(({ operations, messages, write }) => [
    ...operations,
    ...messages,
    ...write,
  ]);
  if (grants.length === 0 || (part !== '' && !parts.includes(part))) {
    throw new TrellisError('no-grant', `The team "${team}" was not granted "${part}".`);
  }
  return { team, part };
}

async function list(site: Site, visitor: RouteRequest<undefined>['visitor']): Promise<Reply> {
  const { core, store, clock } = site.host;
  const { view } = core;
  const rows = await grantRows(view, { grantUses: store.grantUses, now: clock.now() });
  const out = (await store.outOfForce.all()).filter(({ kind }) => kind === 'grant');
  const page = grantsPage({
    release: view.release,
    grants: rows.map((row) => itemOf(row, out)),
    whole: [...new Set(rows.map(({ team }) => team))].map((team) => {
      const isOut = out.some((one) => one.name === team && one.part === '');
      const label = `${isOut ? 'Restore' : 'Revoke'} all of ${team}`;
      return { team, label, href: paths.changeGrant(team, isOut ? 'restore' : 'revoke') };
    }),
  });
  return show(site, visitor, page);
}

function itemOf(row: GrantRow, out: readonly OutOfForce[]): GrantItem {
  const { team, operations, messages, write, quota, used, until } = row;
  const limits = [
    ...(quota === undefined ? [] : [`${used} of ${quota} used today`]),
    ...(until === undefined ? [] : [`until ${until}`]),
  ];
  return {
    team,
    limits: limits.join(', '),
    parts: [...operations, ...messages, ...write].map((name) => {
      const found = out.find((one) => one.name === team && (one.part === name || one.part === ''));
      const isRevoked = out.some((one) => one.name === team && one.part === name);
      const change = isRevoked ? 'restore' : 'revoke';
      return {
        name,
        ...(write.includes(name) ? { isField: true } : {}),
        state: found === undefined ? '' : `Revoked by ${found.actor.name}: ${found.reason}`,
        isRevoked,
        href: withQuery(paths.changeGrant(team, change), { part: name }),
        label: isRevoked ? 'Restore' : 'Revoke',
      };
    }),
  };
}

async function ask(
  site: Site,
  { subject: { team, part }, visitor }: RouteRequest<Granted>,
  change: Change,
  error?: string,
): Promise<Reply> {
  const { catalogue, store } = site.host;
  const what = part === '' ? `all that ${team} was granted` : `${part} for ${team}`;
  const users = await grantUsers(team, part, { catalogue, worklist: store.worklist });
  const stops = users.map(({ workflow, running }) => {
    const places = running.map(({ count, states }) => `${count} in ${states.join(', ')}`);
    return `${workflow}: ${places.length === 0 ? 'no running cases' : `running cases: ${places.join('; ')}`}.`;
  });
  const revokes = change === 'revoke';
  const page = changePage({
    area: 'grants',
    backHref: paths.grants,
    backText: 'Grants',
    heading: `${revokes ? 'Revoke' : 'Restore'} ${what}`,
    lead: revokes
      ? 'It stops on all hosts within seconds. What is asked for from then on becomes an incident that says why.'
      : 'It may be used again. The incidents that it has left wait to be retried.',
    consequences: stops.length === 0 ? ['No workflow uses it.'] : stops,
    action: withQuery(paths.changeGrant(team, change), { part }),
    fields: [reasonField('', error)],
    button: revokes ? 'Revoke' : 'Restore',
    warning: revokes,
  });
  return show(site, visitor, page, error === undefined ? 200 : 422);
}

async function carryOut(
  site: Site,
  request: RouteRequest<Granted>,
  change: Change,
): Promise<Reply> {
  const { subject, visitor, fields } = request;
  const reason = new Map(fields).get('reason') ?? '';
  const key = { kind: 'grant', name: subject.team, part: subject.part } as const;
  const { force } = site.host.publishing;
  try {
    const given = { key, actor: visitor.author, reason };
    await (change === 'revoke' ? force.takeOut(given) : force.putBack(given));
    return redirect(paths.grants);
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'no-reason') throw error;
    return ask(site, request, change, error.message);
  }
}
