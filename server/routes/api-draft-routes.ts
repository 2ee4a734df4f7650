import { openTiers } from '../../engine/index.ts';
import type { Decided, TrellisError, WorkflowDraft } from '../../engine/index.ts';
import { personRoute, textIn } from './api-person.ts';
import { bodyOf } from './api-request.ts';
import { draftOf, lookAt } from './review-routes.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing } from './route.ts';
import type { Site } from './site.ts';

/** The drafts that one answer has. */
const LISTED = 100;

/** Drafts of workflows: sending them for review, and deciding about them, for people with a token. */
export function apiDraftRoutes(site: Site): readonly Route[] {
  const { reviews } = site.host.publishing;
  const load = ({ parameters }: RouteRequest<undefined>): Promise<WorkflowDraft> =>
    draftOf(site, parameters['id'] ?? '');
  const owns = {
    method: 'post',
    action: 'draft.own',
    load,
    subject: ({ author }: WorkflowDraft) => ({ author: author.id }),
  } as const;
  const decides = {
    method: 'post',
    action: 'review.decide',
    load,
    subject: (draft: WorkflowDraft) => ({
      ...{ author: draft.author.id, open: openTiers(draft), rules: reviews.rules },
    }),
  } as const;
  return [
    personRoute(site, {
      ...{ method: 'get', path: '/api/drafts', action: 'draft.see', ...nothing },
      handle: (request) => list(site, request),
    }),
    personRoute(site, {
      ...{ method: 'get', path: '/api/drafts/:id', action: 'draft.see', load },
      subject: () => ({}),
      handle: ({ subject }) => shown(site, subject),
    }),
    personRoute(site, {
      ...{ ...owns, path: '/api/drafts/:id/send' },
      handle: async ({ subject, visitor }) =>
        became(await reviews.send(subject.id, visitor.author)),
    }),
    personRoute(site, {
      ...{ ...owns, path: '/api/drafts/:id/withdraw' },
      handle: async ({ subject, visitor }) =>
        became(await reviews.withdraw(subject.id, visitor.author)),
    }),
    personRoute(site, {
      ...{ ...decides, path: '/api/drafts/:id/approve' },
      handle: async (request) => {
        const body = bodyOf(request, ['token', 'reason']);
        const given = { token: textIn(body, 'token'), reason: textIn(body, 'reason') };
        return became(await reviews.approve(request.subject.id, reviewerOf(request), given));
      },
    }),
    personRoute(site, {
      ...{ ...decides, path: '/api/drafts/:id/reject' },
      handle: async (request) => {
        const reason = textIn(bodyOf(request, ['reason']), 'reason');
        return became(await reviews.reject(request.subject.id, reviewerOf(request), reason));
      },
    }),
  ];
}

async function list({ host }: Site, { query }: RouteRequest<undefined>): Promise<object> {
  const { workflow } = query;
  const filter =
    workflow === undefined ? { statuses: ['in-review', 'draft'] as const } : { workflow };
  return { drafts: await host.store.drafts.list(filter, LISTED) };
}

/** A draft; while it is under review, also what to decide on and the token to approve with. */
async function shown(site: Site, draft: WorkflowDraft): Promise<object> {
  const { look, refused } = await lookAt(site, draft);
  return {
    draft,
    ...(look === undefined ? {} : { facts: look.facts, open: look.open, token: look.token }),
    ...(refused === undefined
      ? {}
      : { refused: { code: refused.code, message: refused.message, ...problemsOf(refused) } }),
  };
}

function problemsOf({ data }: TrellisError): object {
  return data['problems'] === undefined ? {} : { problems: data['problems'] };
}

function became({ draft, version }: Decided): object {
  const { id, status, review } = draft;
  return {
    ...{ id, status, open: openTiers(draft) },
    ...(review === undefined ? {} : { risk: review.risk }),
    ...(version === undefined ? {} : { version }),
  };
}

function reviewerOf({ visitor: { actor, author } }: RouteRequest<unknown>): {
  readonly actor: typeof author;
  readonly roles: readonly string[];
} {
  return { actor: author, roles: actor.kind === 'staff' ? actor.roles : [] };
}
