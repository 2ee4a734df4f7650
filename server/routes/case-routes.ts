import { authorize, caseScope } from '../../engine/index.ts';
import type {
  CaseFilter,
  CaseLook,
  CasePlace,
  CaseRow,
  Incident,
  State,
  StoredCase,
  Task,
} from '../../engine/index.ts';
import { LIST_CHANGES } from '../desk/bulk-orders.ts';
import { caseSubject } from '../desk/case-subject.ts';
import { offeredTo } from '../desk/offered-buttons.ts';
import { queuesOf } from '../desk/queue-places.ts';
import { shownData, shownFiles } from '../desk/shown-data.ts';
import { stateName } from '../desk/state-name.ts';
import { taskSubject } from '../desk/task-subject.ts';
import { timerWords } from '../desk/timer-words.ts';
import {
  caseChanges,
  caseIncident,
  casePage,
  caseTaskItem,
  caseTimerItem,
} from '../views/pages/case-page.ts';
import { placeText } from '../views/pages/queue-view.ts';
import { CASE_FILTERS, caseItem, casesPage } from '../views/pages/cases-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import { historyLine } from '../views/texts/history-line.ts';
import { showTime } from '../views/texts/moment.ts';
import type { Names } from '../views/texts/names.ts';
import { namesOf, plainText } from '../views/texts/names.ts';
import { caseTag } from '../views/texts/tag.ts';
import { rolesText } from '../views/texts/words.ts';
import { chosenFilters } from './case-filters.ts';
import { download } from './download.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { businessWorkflows, show, viewMoment } from './site.ts';

interface Opened {
  readonly look: CaseLook;
  readonly tasks: readonly Task[];
}

const PAGE = 25;
/** The newest entries of a history that the page of a case shows. */
const HISTORY = 200;

/** Looking at cases. */
export function caseRoutes(site: Site): readonly Route[] {
  const opened = {
    load: async ({ parameters }: RouteRequest<undefined>): Promise<Opened> => {
      const id = parameters['id'] ?? '';
      const look = await site.host.engine.look(id);
      return { look, tasks: await site.host.store.worklist.tasksOfCase(id) };
    },
    subject: ({ look, tasks }: Opened) => caseSubject(look, tasks),
  };
  return [
    route({
      method: 'get',
      path: paths.cases,
      action: 'case.list',
      ...nothing,
      handle: (request) => listCases(site, request),
    }),
    route({
      method: 'get',
      path: '/cases/:id',
      action: 'case.see',
      ...opened,
      handle: (request) => showCase(site, request),
    }),
    route({
      method: 'get',
      path: '/cases/:id/files/:file',
      action: 'case.see',
      ...opened,
      handle: (request) => {
        const { subject, visitor } = request;
        const seen = shownFiles(subject.look, visitor.actor);
        return Promise.resolve(download(site, request, seen));
      },
    }),
  ];
}

async function listCases(site: Site, { visitor, query }: RouteRequest<undefined>): Promise<Reply> {
  const { host } = site;
  const { chosen, filter: asked } = chosenFilters(query, host.clock.now());
  const scope = caseScope(visitor.actor);
  const filter: CaseFilter = { ...asked, ...(scope === 'all' ? {} : { teams: scope }) };
  const [found, definitions] = await Promise.all([
    host.store.worklist.cases(filter, query[CASE_FILTERS.after], PAGE),
    businessWorkflows(site),
  ]);
  const moment = viewMoment(site);
  const cases = await Promise.all(
    found.rows.map(async (row) => {
      const { compiled } = await host.catalogue.version(row.workflow, row.workflowVersion);
      const names = namesOf(compiled.workflow);
      return caseItem(
        row,
        await Promise.all(
          row.states.map((id) => stateInLine(site, row, id, compiled.states.get(id), names)),
        ),
        moment,
      );
    }),
  );
  const page = casesPage({
    chosen,
    workflows: definitions.map(({ published, compiled }) => ({
      name: published.name,
      title: plainText(compiled.workflow.title) ?? published.name,
    })),
    cases,
    ...(authorize(visitor.actor, 'case.change', {}).allowed ? { changes: LIST_CHANGES } : {}),
    ...(found.next === undefined
      ? {}
      : { nextHref: withQuery(paths.cases, { ...chosen, after: found.next }) }),
  });
  return show(site, visitor, page);
}

async function showCase(site: Site, { subject, visitor }: RouteRequest<Opened>): Promise<Reply> {
  const { host } = site;
  const { look, tasks } = subject;
  const { stored, definition } = look;
  const moment = viewMoment(site);
  const names = namesOf(definition.compiled.workflow);
  const [history, incidents, parent, timers, queues, diagram] = await Promise.all([
    host.store.cases.history(stored.id, Math.max(0, stored.version - HISTORY), HISTORY),
    host.store.incidents.ofCase(stored.id),
    parentOf(site, stored),
    host.engine.operations.timers(stored.id),
    queuesOf(host, look, visitor.actor, moment),
    site.diagrams.of(definition.compiled.workflow, {
      current: stored.states,
      visited: Object.keys(look.visits),
      queued: look.queued,
    }),
  ]);
  const mayMove = authorize(visitor.actor, 'timer.move', caseSubject(look, tasks)).allowed;
  const place = authorize(visitor.actor, 'incident.retry', {}).allowed ? placeOf(look) : undefined;
  const stateOf = ({ state }: Incident): string =>
    state === undefined ? 'Mail' : names.state(state);
  const page = casePage({
    reference: stored.reference,
    title: stored.title,
    tag: caseTag(stored),
    states: stored.states.map((id) => stateName(look, id)),
    workflow: {
      label: `${plainText(definition.compiled.workflow.title) ?? stored.workflow}, version ${stored.workflowVersion}`,
      href: paths.workflowVersion(stored.workflow, stored.workflowVersion),
    },
    starter: stored.starter.name,
    started: showTime(stored.createdAt, moment),
    changed: showTime(stored.updatedAt, moment),
    ...(parent === undefined ? {} : { parent }),
    incidents: incidents.map((one) => caseIncident(one, stateOf(one), place, moment)),
    tasks: await Promise.all(
      tasks.map(async (task) => {
        const subject = await taskSubject(host, task);
        const mayOpen =
          task.kind === 'task' && authorize(visitor.actor, 'task.see', subject).allowed;
        return caseTaskItem(task, await whoHas(site, task), mayOpen, moment);
      }),
    ),
    timers: timers.map((timer) =>
      caseTimerItem(stored.id, timer, timerWords(timer, look), mayMove, moment),
    ),
    queues,
    diagram,
    data: shownData(look, visitor.actor, (file) => paths.caseFile(stored.id, file)),
    buttons: offeredTo(look, tasks, visitor.actor, (name) => paths.pressButton(stored.id, name)),
    changes: authorize(visitor.actor, 'case.change', {}).allowed ? caseChanges(stored) : [],
    ...(stored.archivedAt === undefined
      ? { commentHref: paths.commentOn(stored.id) }
      : { archived: showTime(stored.archivedAt, moment) }),
    history: [...history].reverse().map((entry) => historyLine(entry, names, moment)),
  });
  return show(site, visitor, page);
}

/** A state as the list of cases shows it; one whose turn may not have come says where it stands. */
async function stateInLine(
  { host }: Site,
  { id, status }: CaseRow,
  stateId: string,
  state: State | undefined,
  names: Names,
): Promise<string> {
  const name = names.state(stateId);
  if (state?.limit === undefined || status === 'finished') return name;
  const places = await host.store.queues.ofCase(id);
  const place = places.find((one) => one.state === stateId && !one.admitted);
  return place === undefined ? name : `${name} (${placeText(place)})`;
}

function placeOf({ stored: { states }, visits }: CaseLook): CasePlace {
  return { states, visits };
}

async function whoHas({ host }: Site, { assignee, completedBy, roles }: Task): Promise<string> {
  const id = completedBy ?? assignee;
  const user = id === undefined ? undefined : await host.store.accounts.byId(id);
  return user?.name ?? rolesText(roles);
}

async function parentOf(
  { host }: Site,
  { parent }: StoredCase,
): Promise<{ readonly reference: string; readonly href: string } | undefined> {
  if (parent === undefined) return undefined;
  const { stored } = await host.engine.look(parent.caseId);
  return { reference: stored.reference, href: paths.case(stored.id) };
}
