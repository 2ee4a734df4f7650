import { authorize } from '../../engine/index.ts';
import type { Definition, OutOfForce, UpgradeTask } from '../../engine/index.ts';
import { sourceFiles, workflowPage } from '../views/pages/workflow-page.ts';
import { workflowItem, workflowsPage } from '../views/pages/workflows-page.ts';
import type { BehindItem } from '../views/pages/workflows-page.ts';
import { paths } from '../views/paths.ts';
import { dueView } from '../views/texts/due.ts';
import { showTime } from '../views/texts/moment.ts';
import type { ViewMoment } from '../views/texts/moment.ts';
import { plainText } from '../views/texts/names.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';
import { versionIn } from './version-in.ts';

/** The newest versions that a workflow's page lists. */
const VERSIONS = 20;

/** Looking at workflows: their picture and their source. */
export function workflowRoutes(site: Site): readonly Route[] {
  return [
    route({
      method: 'get',
      path: paths.workflows,
      action: 'workflow.list',
      ...nothing,
      handle: (request) => listWorkflows(site, request),
    }),
    route({
      method: 'get',
      path: '/workflows/:name',
      action: 'workflow.see',
      load: ({ parameters }) => site.host.catalogue.newest(parameters['name'] ?? ''),
      subject: () => ({}),
      handle: (request) => showWorkflow(site, request),
    }),
    route({
      method: 'get',
      path: '/workflows/:name/versions/:version',
      action: 'workflow.see',
      load: (request) => versionIn(site, request),
      subject: () => ({}),
      handle: (request) => showWorkflow(site, request),
    }),
  ];
}

async function listWorkflows(site: Site, { visitor }: RouteRequest<undefined>): Promise<Reply> {
  const moment = viewMoment(site);
  const definitions = await Promise.all(
    site.host.catalogue.list().map(({ name }) => site.host.catalogue.newest(name)),
  );
  const item = ({ published, compiled }: Definition) =>
    workflowItem(published, plainText(compiled.workflow.title) ?? published.name, moment);
  const titles = new Map(
    definitions.map(({ published, compiled }) => [
      published.name,
      plainText(compiled.workflow.title) ?? published.name,
    ]),
  );
  const isProcess = ({ published }: Definition): boolean => published.name.startsWith('core/');
  const page = workflowsPage({
    workflows: definitions.filter((one) => !isProcess(one)).map(item),
    processes: definitions.filter(isProcess).map(item),
    behind: (await site.host.upgrades.tasks()).map((task) => behindItem(task, titles, moment)),
  });
  return show(site, visitor, page);
}

function behindItem(
  { workflow, release, to, due }: UpgradeTask,
  titles: ReadonlyMap<string, string>,
  moment: ViewMoment,
): BehindItem {
  return {
    title: titles.get(workflow) ?? workflow,
    href: paths.upgrade(workflow),
    text: `Release ${to} changes what it uses; it stands on release ${release}.`,
    due: dueView(due, moment),
  };
}

async function showWorkflow(
  site: Site,
  { subject, visitor }: RouteRequest<Definition>,
): Promise<Reply> {
  const { published, compiled } = subject;
  const { workflow } = compiled;
  const moment = viewMoment(site);
  const [diagram, versions, task] = await Promise.all([
    site.diagrams.of(workflow),
    versionsOf(site, published.name),
    site.host.upgrades.task(published.name),
  ]);
  const { newest, retired } = await standingOf(site, published.name);
  const { rules } = site.host.publishing.reviews;
  const isProcess = published.name.startsWith('core/');
  const may = {
    write: authorize(visitor.actor, 'workflow.write', { teams: [workflow.team], rules }).allowed,
    rollBack: authorize(visitor.actor, 'workflow.roll-back', { rules }).allowed,
  };
  const page = workflowPage({
    name: published.name,
    title: plainText(workflow.title) ?? published.name,
    team: workflow.team,
    version: published.version,
    release: published.release,
    published: showTime(published.publishedAt, moment),
    reference: workflow.reference,
    diagram,
    files: sourceFiles(published.source),
    versions: versions.map(({ version, release, publishedAt }) => ({
      version,
      release,
      published: showTime(publishedAt, moment),
      ...(may.rollBack && !isProcess && version !== newest
        ? { rollBackHref: paths.rollBack(published.name, version) }
        : {}),
    })),
    ...(retired === undefined
      ? {}
      : {
          retired: {
            ...{ who: retired.actor.name, why: retired.reason },
            at: showTime(retired.at, moment),
          },
        }),
    ...(may.write && !isProcess ? { force: retired === undefined ? 'retire' : 'restore' } : {}),
    ...(task === undefined
      ? {}
      : {
          behind: {
            href: paths.upgrade(task.workflow),
            to: task.to,
            due: dueView(task.due, moment),
          },
        }),
    ...(authorize(visitor.actor, 'case.change', {}).allowed
      ? { migrateHref: paths.migrate(published.name) }
      : {}),
  });
  return show(site, visitor, page);
}

/** The newest version, and whether it begins no more cases. */
async function standingOf(
  { host }: Site,
  name: string,
): Promise<{ readonly newest: number; readonly retired: OutOfForce | undefined }> {
  const { published } = await host.catalogue.newest(name);
  const look = await host.engine.inForce.current();
  return { newest: published.version, retired: look.retired(name) };
}

async function versionsOf(
  { host }: Site,
  name: string,
): Promise<readonly Definition['published'][]> {
  const { published } = await host.catalogue.newest(name);
  const first = Math.max(1, published.version - VERSIONS + 1);
  const numbers = Array.from(
    { length: published.version - first + 1 },
    (_one, index) => first + index,
  );
  const found = await Promise.all(
    numbers.map((version) => host.store.registry.version(name, version)),
  );
  return found.filter((one) => one !== undefined).reverse();
}
