import { TrellisError, authorize } from '../../engine/index.ts';
import type { Definition, ProposalLook, UpgradeTask } from '../../engine/index.ts';
import { upgradePage } from '../views/pages/upgrade-page.ts';
import { paths } from '../views/paths.ts';
import { dueView } from '../views/texts/due.ts';
import { plainText } from '../views/texts/names.ts';
import { numberOf } from './proposal-fields.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

/** A workflow that is to be brought to the release in force. */
interface Behind {
  readonly task: UpgradeTask;
  readonly definition: Definition;
}

/** A workflow under a change of the core that is proposed. */
interface Proposed {
  readonly look: ProposalLook;
  readonly definition: Definition;
}

/** The edits that are made already for workflows which a change of the core would break. */
export function upgradeRoutes(site: Site): readonly Route[] {
  const { rules } = site.host.publishing.reviews;
  const load = ({ parameters }: RouteRequest<undefined>): Promise<Behind> =>
    behind(site, parameters['name'] ?? '');
  return [
    route({
      ...{ method: 'get', path: '/workflows/:name/upgrade', action: 'workflow.see', load },
      subject: () => ({}),
      handle: (request) => showUpgrade(site, request),
    }),
    route({
      ...{ method: 'post', path: '/workflows/:name/upgrade', action: 'workflow.write', load },
      subject: ({ definition }) => ({ teams: [definition.compiled.workflow.team], rules }),
      handle: (request) => begin(site, request),
    }),
    route({
      ...{ method: 'get', path: '/it/proposals/:number/edits/:name', action: 'core.see' },
      load: async ({ parameters }): Promise<Proposed> => ({
        look: await site.host.proposals.look(numberOf(parameters['number'] ?? '')),
        definition: await site.host.catalogue.newest(parameters['name'] ?? ''),
      }),
      subject: () => ({}),
      handle: (request) => showProposed(site, request),
    }),
  ];
}

async function behind({ host }: Site, name: string): Promise<Behind> {
  const definition = await host.catalogue.newest(name);
  const task = await host.upgrades.task(name);
  if (task !== undefined) return { task, definition };
  throw new TrellisError(
    'no-upgrade',
    `"${name}" stands on the release in force: there is nothing to bring in order.`,
  );
}

async function showUpgrade(site: Site, { subject, visitor }: RouteRequest<Behind>): Promise<Reply> {
  const { task, definition } = subject;
  const { workflow, release, to, due } = task;
  const { host } = site;
  const ready = await host.upgrades.ready(task);
  const { rules } = host.publishing.reviews;
  const { team } = definition.compiled.workflow;
  const decision = authorize(visitor.actor, 'workflow.write', { teams: [team], rules });
  const [draft] = await host.store.drafts.list({ workflow, statuses: ['draft', 'in-review'] }, 1);
  const page = upgradePage({
    area: 'workflows',
    trail: { href: paths.workflow(workflow), text: titleOf(definition) },
    heading: `Bring ${titleOf(definition)} to release ${to}`,
    lead: `Release ${to} changes what it uses. Until it is published anew, new cases begin on release ${release}, as those that run.`,
    due: dueView(due, viewMoment(site)),
    source: definition.published.source,
    ...(ready === undefined ? {} : { ready }),
    ...writing(workflow, decision, ready !== undefined),
    ...(draft === undefined ? {} : { draftHref: paths.review(draft.id) }),
  });
  return show(site, visitor, page);
}

function writing(
  workflow: string,
  decision: ReturnType<typeof authorize>,
  isReady: boolean,
): { readonly action?: string; readonly byHandHref?: string; readonly whyNot?: string } {
  if (!decision.allowed) return { whyNot: decision.reason };
  return isReady ? { action: paths.upgrade(workflow) } : { byHandHref: paths.newDraft(workflow) };
}

async function begin(site: Site, { subject, visitor }: RouteRequest<Behind>): Promise<Reply> {
  const { upgrades, publishing } = site.host;
  const ready = await upgrades.ready(subject.task);
  if (ready === undefined) return redirect(paths.newDraft(subject.task.workflow));
  const { id } = await publishing.begin(ready.source, visitor.author);
  return redirect(paths.review(id));
}

async function showProposed(
  site: Site,
  { subject: { look, definition }, visitor }: RouteRequest<Proposed>,
): Promise<Reply> {
  const { proposal } = look;
  const { name, source } = definition.published;
  const ready = await site.host.upgrades.readyUnder(proposal, name);
  const page = upgradePage({
    area: 'core',
    trail: { href: paths.proposal(proposal.number), text: `Proposal ${proposal.number}` },
    heading: `${titleOf(definition)} under release ${proposal.release}`,
    lead: 'Once the release is in force, whoever owns the workflow finds this edit ready to be looked at and published.',
    source,
    ...(ready === undefined ? {} : { ready }),
  });
  return show(site, visitor, page);
}

function titleOf({ published, compiled }: Definition): string {
  return plainText(compiled.workflow.title) ?? published.name;
}
