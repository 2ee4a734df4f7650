import { TrellisError } from '../../engine/index.ts';
import type { RetireLook } from '../../engine/index.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { plainText } from '../views/texts/names.ts';
import { retireConsequences } from '../views/texts/retire-words.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

type Change = 'retire' | 'restore';

/** A workflow that is retired or put back. */
export interface Retired extends RetireLook {
  readonly name: string;
  readonly title: string;
  readonly team: string;
}

/** Retiring a workflow, and putting it back: what that stops, and the decision. */
export function retireRoutes(site: Site): readonly Route[] {
  return (['retire', 'restore'] as const).flatMap((change) => {
    const one = {
      path: `/workflows/:name/${change}`,
      action: 'workflow.write',
      load: ({ parameters }: RouteRequest<undefined>) => retiredAt(site, parameters['name'] ?? ''),
      subject: ({ team }: Retired) => ({
        ...{ teams: [team], rules: site.host.publishing.reviews.rules },
      }),
    } as const;
    return [
      route({
        ...{ ...one, method: 'get' },
        handle: (request) => Promise.resolve(ask(site, request, change)),
      }),
      route({ ...one, method: 'post', handle: (request) => carryOut(site, request, change) }),
    ];
  });
}

/**
 * Looks a workflow up as whoever retires it is shown it.
 * @throws `TrellisError` with code `no-workflow`.
 */
export async function retiredAt({ host }: Site, name: string): Promise<Retired> {
  const look = await host.publishing.lookAtRetiring(name);
  const { title, team } = (await host.catalogue.newest(name)).compiled.workflow;
  return { ...look, name, title: plainText(title) ?? name, team };
}

function ask(
  site: Site,
  { subject, visitor }: RouteRequest<Retired>,
  change: Change,
  error?: TrellisError,
): Reply {
  const { name, title, facts, token, retired } = subject;
  const retires = change === 'retire';
  const isSo = retires === (retired !== undefined);
  const page = changePage({
    area: 'workflows',
    backHref: paths.workflow(name),
    backText: title,
    heading: retires ? `Retire ${title}` : `Put ${title} back`,
    lead: retires
      ? 'No more cases of it begin, on all hosts within seconds. What runs goes on to its end.'
      : 'Cases of it begin again, by its newest version.',
    consequences: retires && !isSo ? retireConsequences(facts) : [],
    ...(isSo ? { refused: retires ? 'It is retired already.' : 'It is not retired.' } : {}),
    action: paths.changeWorkflow(name, change),
    hidden: retires ? [{ name: 'token', value: token }] : [],
    fields: [reasonField('', error?.message)],
    button: retires ? 'Retire it' : 'Put it back',
    warning: retires,
  });
  const status = error === undefined ? 200 : error.code === 'review-stale' ? 409 : 422;
  return show(site, visitor, page, status);
}

async function carryOut(
  site: Site,
  request: RouteRequest<Retired>,
  change: Change,
): Promise<Reply> {
  const { subject, visitor, fields } = request;
  const { name } = subject;
  const given = new Map(fields);
  const reason = given.get('reason') ?? '';
  const { publishing } = site.host;
  const actor = visitor.author;
  try {
    await (change === 'retire'
      ? publishing.retire({ workflow: name, actor, reason, token: given.get('token') ?? '' })
      : publishing.force.putBack({ key: { kind: 'workflow', name, part: '' }, actor, reason }));
    return redirect(paths.workflow(name));
  } catch (error) {
    if (!(error instanceof TrellisError) || !SHOWN.has(error.code)) throw error;
    return ask(site, request, change, error);
  }
}

/** What can be mended on the page, or has to be looked at again there. */
const SHOWN: ReadonlySet<string> = new Set(['no-reason', 'review-stale']);
