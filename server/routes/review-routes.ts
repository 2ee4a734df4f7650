import { TrellisError, openTiers } from '../../engine/index.ts';
import type { ReviewLook, WorkflowDraft } from '../../engine/index.ts';
import { draftsPage, reviewPage } from '../views/pages/review-page.ts';
import { paths } from '../views/paths.ts';
import { draftItem } from '../views/texts/draft-words.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import { reviewModel } from './review-model.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

/** The drafts that a list shows. */
const LISTED = 100;

/** Drafts that wait for somebody, one draft with all that is to be known of it, and what is decided. */
export function reviewRoutes(site: Site): readonly Route[] {
  const load = ({ parameters }: RouteRequest<undefined>): Promise<WorkflowDraft> =>
    draftOf(site, parameters['id'] ?? '');
  const decides = {
    method: 'post',
    action: 'review.decide',
    load,
    subject: (draft: WorkflowDraft) => ({
      ...{ author: draft.author.id, open: openTiers(draft) },
      rules: site.host.publishing.reviews.rules,
    }),
  } as const;
  const writes = {
    method: 'post',
    action: 'draft.own',
    load,
    subject: ({ author }: WorkflowDraft) => ({ author: author.id }),
  } as const;
  return [
    route({
      ...{ method: 'get', path: paths.reviews, action: 'draft.see', ...nothing },
      handle: ({ visitor }) => list(site, visitor),
    }),
    route({
      ...{ method: 'get', path: '/reviews/:id', action: 'draft.see', load, subject: () => ({}) },
      handle: (request) => showDraft(site, request),
    }),
    route({
      ...{ ...writes, path: '/reviews/:id/send' },
      handle: (request) =>
        decided(site, request, ({ id }) =>
          site.host.publishing.reviews.send(id, request.visitor.author),
        ),
    }),
    route({
      ...{ ...writes, path: '/reviews/:id/withdraw' },
      handle: (request) =>
        decided(site, request, ({ id }) =>
          site.host.publishing.reviews.withdraw(id, request.visitor.author),
        ),
    }),
    route({
      ...{ ...decides, path: '/reviews/:id/decide' },
      handle: (request) => decided(site, request, ({ id }) => decide(site, request, id)),
    }),
  ];
}

/** @throws `TrellisError` with code `no-draft`. */
export async function draftOf({ host }: Site, id: string): Promise<WorkflowDraft> {
  const draft = await host.store.drafts.draft(id);
  if (draft === undefined) throw new TrellisError('no-draft', 'There is no such draft.', { id });
  return draft;
}

async function list(site: Site, visitor: RouteRequest<undefined>['visitor']): Promise<Reply> {
  const statuses = ['in-review', 'draft'] as const;
  const rows = await site.host.store.drafts.list({ statuses }, LISTED);
  const moment = viewMoment(site);
  const page = draftsPage({
    heading: 'Drafts and reviews',
    lead: 'Workflows that somebody writes, and those that wait for somebody to look at them.',
    empty: 'Nothing waits for a review.',
    drafts: rows.map((row) => draftItem(row, moment)),
    trail: { href: paths.workflows, text: 'Workflows' },
  });
  return show(site, visitor, page);
}

async function showDraft(
  site: Site,
  { subject, visitor }: RouteRequest<WorkflowDraft>,
  error?: TrellisError,
  status = 200,
): Promise<Reply> {
  const { look, refused } = await lookAt(site, subject);
  const model = await reviewModel(site, {
    ...{ draft: subject, visitor, look, error: error ?? refused },
  });
  return show(site, visitor, reviewPage(model), status);
}

/** What a reviewer is shown beside the text; a draft that the core in force refuses has none. */
export async function lookAt(
  { host }: Site,
  { id, status }: WorkflowDraft,
): Promise<{ readonly look?: ReviewLook; readonly refused?: TrellisError }> {
  if (status !== 'in-review') return {};
  try {
    return { look: await host.publishing.reviews.look(id) };
  } catch (error) {
    if (error instanceof TrellisError && error.code === 'draft-refused') return { refused: error };
    throw error;
  }
}

function decide(
  { host }: Site,
  { fields, visitor }: RouteRequest<WorkflowDraft>,
  id: string,
): Promise<unknown> {
  const given = new Map(fields);
  const { actor, author } = visitor;
  const by = { actor: author, roles: actor.kind === 'staff' ? actor.roles : [] };
  const [reason, token] = [given.get('reason') ?? '', given.get('token') ?? ''];
  const { reviews } = host.publishing;
  return given.get('decision') === 'approve'
    ? reviews.approve(id, by, { token, reason })
    : reviews.reject(id, by, reason);
}

/** What can be mended on the page of the draft, or has to be looked at again there. */
const SHOWN: ReadonlySet<string> = new Set([
  ...['draft-moved', 'draft-outdated', 'draft-refused', 'tests-failed', 'coverage-low'],
  ...['review-stale', 'no-reason'],
]);

async function decided(
  site: Site,
  request: RouteRequest<WorkflowDraft>,
  work: (draft: WorkflowDraft) => Promise<unknown>,
): Promise<Reply> {
  const { id } = request.subject;
  try {
    await work(request.subject);
    return redirect(paths.review(id));
  } catch (error) {
    if (!(error instanceof TrellisError) || !SHOWN.has(error.code)) throw error;
    const status = error.code.startsWith('draft-m') || error.code === 'review-stale' ? 409 : 422;
    const subject = await draftOf(site, id);
    return showDraft(site, { ...request, subject }, error, status);
  }
}
