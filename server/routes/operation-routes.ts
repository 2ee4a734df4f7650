import { TrellisError, mayGoOn, mayUndo } from '../../engine/index.ts';
import type { BulkCase, BulkOperation, BulkResult, Outlook } from '../../engine/index.ts';
import { changeOf, selectionOf } from '../desk/bulk-orders.ts';
import type { GroupItem, OperationCase } from '../views/pages/operation-page.ts';
import { RESULTS, operationPage } from '../views/pages/operation-page.ts';
import { operationItem, operationsPage } from '../views/pages/operations-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import { namesOf } from '../views/texts/names.ts';
import { outlookText } from '../views/texts/outlook.ts';
import { askModify } from './bulk-modify-routes.ts';
import { chosenFilters } from './case-filters.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

const OPERATIONS = 20;
const CASES = 50;
const GROUPS = 100;

/** Changing many cases at once: what it would come to, its start, and how far it is. */
export function operationRoutes(site: Site): readonly Route[] {
  const { bulk } = site.host.engine;
  const one = {
    action: 'case.change',
    load: ({ parameters }: RouteRequest<undefined>) => load(site, parameters['id'] ?? ''),
    subject: () => ({}),
  } as const;
  const push = (path: string, what: (id: string) => Promise<unknown>): Route =>
    route({
      ...one,
      method: 'post',
      path,
      handle: async ({ subject: { id } }) => {
        await what(id);
        return redirect(paths.operation(id));
      },
    });
  return [
    route({
      method: 'get',
      path: paths.operations,
      action: 'case.change',
      ...nothing,
      handle: (request) => list(site, request),
    }),
    route({
      method: 'post',
      path: paths.operations,
      action: 'case.change',
      ...nothing,
      handle: (request) => prepare(site, request),
    }),
    route({
      ...one,
      method: 'get',
      path: '/operations/:id',
      handle: (request) => showOperation(site, request, { reason: '' }),
    }),
    route({
      ...one,
      method: 'post',
      path: '/operations/:id/start',
      handle: (request) => start(site, request),
    }),
    push('/operations/:id/stop', (id) => bulk.stop(id)),
    push('/operations/:id/continue', (id) => bulk.goOn(id)),
    route({
      ...one,
      method: 'post',
      path: '/operations/:id/undo',
      handle: async ({ subject: { id }, visitor }) =>
        redirect(paths.operation(await bulk.undo(id, visitor.author))),
    }),
  ];
}

async function load({ host }: Site, id: string): Promise<BulkOperation> {
  const operation = await host.store.bulk.operation(id);
  if (operation !== undefined) return operation;
  throw new TrellisError('no-operation', 'There is no such operation.', { id });
}

async function list(site: Site, { visitor, query }: RouteRequest<undefined>): Promise<Reply> {
  const { bulk } = site.host.store;
  const { rows, next } = await bulk.operations(query['after'], OPERATIONS);
  const moment = viewMoment(site);
  const operations = await Promise.all(
    rows.map(async (row) => operationItem(row, await bulk.counts(row.id), moment)),
  );
  const nextHref = next && withQuery(paths.operations, { after: next });
  const page = operationsPage({ operations, ...(nextHref === undefined ? {} : { nextHref }) });
  return show(site, visitor, page);
}

async function prepare(site: Site, { visitor, fields }: RouteRequest<undefined>): Promise<Reply> {
  if (new Map(fields).get('change') === 'modify') return askModify(site, visitor, fields);
  const { filter } = chosenFilters(Object.fromEntries(fields), site.host.clock.now());
  const id = await site.host.engine.bulk.prepare({
    change: changeOf(fields),
    selection: selectionOf(fields, filter),
    actor: visitor.author,
  });
  return redirect(paths.operation(id));
}

async function start(site: Site, request: RouteRequest<BulkOperation>): Promise<Reply> {
  const { subject, visitor, fields } = request;
  const reason = new Map(fields).get('reason') ?? '';
  try {
    await site.host.engine.bulk.start(subject.id, { reason, actor: visitor.author });
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'no-reason') throw error;
    return showOperation(site, request, { reason, error: error.message });
  }
  return redirect(paths.operation(subject.id));
}

async function showOperation(
  site: Site,
  { subject: operation, visitor, query }: RouteRequest<BulkOperation>,
  entered: { readonly reason: string; readonly error?: string },
): Promise<Reply> {
  const { id } = operation;
  const { bulk } = site.host.store;
  const chosen = (Object.keys(RESULTS) as BulkResult[]).find((one) => one === query['result']);
  const [counts, groups, { rows, next }] = await Promise.all([
    bulk.counts(id),
    bulk.groups(id, GROUPS),
    bulk.cases(id, chosen, query['after'], CASES),
  ]);
  const items = await Promise.all(
    groups.map(async (group) => ({ result: group.result, item: await groupItem(site, group) })),
  );
  const those = (...results: readonly BulkResult[]): readonly GroupItem[] =>
    items.flatMap(({ result, item }) => (results.includes(result) ? [item] : []));
  const againHref = againOf(operation);
  const nextHref = next && withQuery(paths.operation(id), { result: chosen, after: next });
  const page = operationPage(
    {
      operation,
      counts,
      would: those('ready', 'done'),
      cannot: those('cannot', 'refused'),
      cases: await Promise.all(rows.map((row) => caseItem(site, row))),
      ...(chosen === undefined ? {} : { chosen }),
      ...(nextHref === undefined ? {} : { nextHref }),
      ...(againHref === undefined ? {} : { againHref }),
      mayGoOn: mayGoOn(operation),
      mayUndo: mayUndo(operation),
      ...entered,
    },
    viewMoment(site),
  );
  return show(site, visitor, page, entered.error === undefined ? 200 : 422);
}

/** Where a migration is prepared again, with another mapping. */
function againOf({ change, selection }: BulkOperation): string | undefined {
  if (change.kind !== 'migrate') return undefined;
  const from = selection.kind === 'filter' ? selection.filter.version : undefined;
  return withQuery(paths.migrate(change.workflow), {
    to: String(change.to),
    from: from === undefined ? undefined : String(from),
  });
}

type Becoming = Pick<BulkCase, 'result' | 'outlook' | 'message'>;

async function groupItem(
  site: Site,
  group: Becoming & { readonly count: number },
): Promise<GroupItem> {
  return { count: group.count, ...(await becoming(site, group)) };
}

async function caseItem(site: Site, one: BulkCase): Promise<OperationCase> {
  const { text } = await becoming(site, one);
  const { reference, caseId, result } = one;
  return { reference, href: paths.case(caseId), text, result: RESULTS[result] };
}

async function becoming(
  { host }: Site,
  { outlook, message }: Becoming,
): Promise<{ readonly from?: string; readonly text: string }> {
  if (message !== undefined || outlook === undefined) return { text: message ?? '' };
  const asked = outlook as unknown as Outlook;
  const definitions = await Promise.all(
    [asked.version, asked.to ?? asked.version].map((version) =>
      host.catalogue.version(asked.workflow, version),
    ),
  );
  const names = definitions.map(({ compiled }) => namesOf(compiled.workflow));
  const [own, other] = [names[0], names[1]];
  const title = (state: string): string => {
    const isTheirs = asked.states.includes(state) && !asked.from.includes(state);
    return (isTheirs ? other : own)?.state(state) ?? state;
  };
  const { from, becomes } = outlookText(asked, title);
  const sentence = becomes.join(', ');
  return { from, text: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.` };
}
