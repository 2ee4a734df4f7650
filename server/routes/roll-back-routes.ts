import { TrellisError, tiersOf } from '../../engine/index.ts';
import type { Definition, RollBackLook } from '../../engine/index.ts';
import type { Visitor } from '../middleware/visitor.ts';
import type { RollBackModel } from '../views/pages/roll-back-page.ts';
import { rollBackPage } from '../views/pages/roll-back-page.ts';
import { paths } from '../views/paths.ts';
import { plainText } from '../views/texts/names.ts';
import { TIER_WORDS } from '../views/texts/review-words.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';
import { chartChange, impactView, problemsOf, riskView, sourceChanges } from './version-change.ts';
import { versionIn } from './version-in.ts';

/** Publishing an old version of a workflow anew: what it changes, and the decision. */
export function rollBackRoutes(site: Site): readonly Route[] {
  const one = {
    path: '/workflows/:name/versions/:version/roll-back',
    action: 'workflow.roll-back',
    load: (request: RouteRequest<undefined>) => versionIn(site, request),
    subject: () => ({ rules: site.host.publishing.reviews.rules }),
  } as const;
  return [
    route({ ...one, method: 'get', handle: (request) => ask(site, request) }),
    route({ ...one, method: 'post', handle: (request) => carryOut(site, request) }),
  ];
}

async function ask(
  site: Site,
  { subject: { published, compiled }, visitor }: RouteRequest<Definition>,
  error?: TrellisError,
): Promise<Reply> {
  const { host } = site;
  const { name, version } = published;
  const { published: newest } = await host.catalogue.newest(name);
  const look = await host.engine.inForce.current();
  const page = rollBackPage({
    ...{ name, version, newest: newest.version },
    title: plainText(compiled.workflow.title) ?? name,
    retired: look.retired(name) !== undefined,
    ...(error === undefined ? {} : { error: error.message }),
    ...(await lookAt(site, { name, version }, visitor)),
  });
  const status = error === undefined ? 200 : error.code === 'review-stale' ? 409 : 422;
  return show(site, visitor, page, status);
}

type Looked = Pick<RollBackModel, 'refused' | 'risk' | 'change' | 'token' | 'waits'>;

/** What it would change, and whether the visitor may decide; else why it cannot be done. */
async function lookAt(
  site: Site,
  { name: workflow, version }: { readonly name: string; readonly version: number },
  visitor: Visitor,
): Promise<Looked> {
  const { publishing, catalogue } = site.host;
  try {
    const look = await publishing.lookBack({ workflow, version });
    const standing = await catalogue.newest(workflow);
    const { examined, facts, old } = look;
    const { risk, tests } = examined;
    return {
      risk: riskView({ risk, coverage: tests.coverage }, publishing.reviews.rules),
      change: {
        looked: true,
        impact: impactView(workflow, facts.impact),
        ...(await chartChange(site, standing, examined.workflow)),
        files: sourceChanges(standing.published.source, old.source),
      },
      ...decisionOf(site, look, visitor),
    };
  } catch (error) {
    if (!(error instanceof TrellisError) || !REFUSALS.has(error.code)) throw error;
    return { refused: { message: error.message, problems: problemsOf(error) } };
  }
}

/** Why a version cannot be published anew, whoever asks. */
const REFUSALS: ReadonlySet<string> = new Set(['already-newest', 'draft-refused']);

function decisionOf(
  { host }: Site,
  { needed, token }: RollBackLook,
  { actor }: Visitor,
): Pick<Looked, 'token' | 'waits'> {
  const roles = actor.kind === 'staff' ? actor.roles : [];
  const own = tiersOf(roles, host.publishing.reviews.rules);
  if (needed.every((tier) => own.includes(tier))) return { token };
  const who = needed.map((tier) => TIER_WORDS[tier]).join(' and ');
  return { waits: `This is for somebody who speaks for ${who}.` };
}

async function carryOut(site: Site, request: RouteRequest<Definition>): Promise<Reply> {
  const { subject, visitor, fields } = request;
  const { name: workflow, version } = subject.published;
  const { actor, author } = visitor;
  const given = new Map(fields);
  const [reason, token] = [given.get('reason') ?? '', given.get('token') ?? ''];
  const by = { actor: author, roles: actor.kind === 'staff' ? actor.roles : [] };
  try {
    await site.host.publishing.rollBack({ workflow, version, reason, token }, by);
    return redirect(paths.workflow(workflow));
  } catch (error) {
    if (!(error instanceof TrellisError) || !SHOWN.has(error.code)) throw error;
    return ask(site, request, error);
  }
}

/** What can be mended on the page, or has to be looked at again there. */
const SHOWN: ReadonlySet<string> = new Set(['no-reason', 'review-stale', 'draft-refused']);
