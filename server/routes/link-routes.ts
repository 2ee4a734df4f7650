import { TrellisError, beginDraft, dataForWork, outcomesForWork } from '../../engine/index.ts';
import type { Draft, FileValue, Journey, Task } from '../../engine/index.ts';
import { draftKey } from '../desk/drafts.ts';
import { filesOfForm } from '../desk/seen-files.ts';
import { sendStep } from '../desk/send-step.ts';
import { sentFiles } from '../desk/shown-data.ts';
import type { FormAnswer } from '../views/forms/form-exchange.ts';
import { showForm as formPage } from '../views/forms/form-exchange.ts';
import type { FormPlace } from '../views/forms/page-view.ts';
import { paths, withQuery } from '../views/paths.ts';
import { statusPage } from '../views/pages/status-page.ts';
import { onlyOutcome } from '../desk/only-outcome.ts';
import { offeredTo } from '../desk/offered-buttons.ts';
import { statusView } from '../desk/status-view.ts';
import { statusPress } from './press-routes.ts';
import { LINK_COOKIE, customer, customerOf, heldCase, linkOf } from './held-case.ts';
import type { Held } from './held-case.ts';
import { download } from './download.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, showForm } from './site.ts';

const STATUS = '/status';
const ANSWER = '/status/answer';
/** How long a form that was begun by a link is kept, in milliseconds. */
const DRAFT_LIFE = 30 * 24 * 60 * 60 * 1000;

/** What customers reach by the links in their mails. Following a link changes nothing. */
export function linkRoutes(site: Site): readonly Route[] {
  const held = heldCase(site);
  const ask = ({ link }: Held) => ({ caseId: link.caseId, taskId: link.taskId ?? '' });
  return [
    route({
      method: 'get',
      path: '/l/:token',
      action: 'link.open',
      ...nothing,
      handle: (request) => follow(site, request.parameters['token'] ?? ''),
    }),
    route({
      method: 'get',
      path: STATUS,
      action: 'status.see',
      ...held,
      subject: ({ link }) => ({ caseId: link.caseId }),
      handle: (request) => showStatus(site, request),
    }),
    route({
      method: 'get',
      path: '/status/files/:file',
      action: 'status.see',
      ...held,
      subject: ({ link }) => ({ caseId: link.caseId }),
      handle: async (request) => download(site, request, await filesOf(site, request.subject)),
    }),
    route({
      method: 'get',
      path: ANSWER,
      action: 'ask.see',
      ...held,
      subject: ask,
      handle: (request) => showAnswer(site, request),
    }),
    route({
      method: 'post',
      path: ANSWER,
      action: 'ask.answer',
      takesFiles: true,
      ...held,
      subject: ask,
      handle: (request) => sendAnswer(site, request),
    }),
  ];
}

/** Exchanges a link's token for a cookie, so that it stands in no address and no log. */
async function follow(site: Site, token: string): Promise<Reply> {
  const link = await linkOf(site, token);
  const life = link.expiresAt - site.host.clock.now();
  return redirect(STATUS, [{ name: LINK_COOKIE, value: token, path: STATUS, life }]);
}

function showStatus(site: Site, { subject, visitor }: RouteRequest<Held>): Promise<Reply> {
  const { look, task } = subject;
  const open = task?.status === 'open';
  const page = statusPage(
    statusView(look, {
      now: site.host.clock.now(),
      actor: customerOf(subject.link),
      ...(open ? { answerHref: ANSWER } : {}),
      buttons: offeredTo(look, [], customerOf(subject.link), statusPress),
    }),
  );
  return Promise.resolve(show(site, visitor, page));
}

async function showAnswer(site: Site, request: RouteRequest<Held>): Promise<Reply> {
  const { subject, visitor } = request;
  if (subject.task?.status !== 'open') return redirect(STATUS);
  const journey = journeyOf(site, subject, subject.task);
  const draft = await draftOf(site, subject, subject.task, journey);
  const answer = formPage(journey, draft, request.query['step'], PLACE);
  if (answer.kind === 'redirect') return redirect(answer.location);
  if (answer.kind !== 'page') throw new TrellisError('bad-request', 'There is no such page.');
  return showForm(site, visitor, answer.view, answer.status);
}

async function sendAnswer(site: Site, request: RouteRequest<Held>): Promise<Reply> {
  const { subject, visitor } = request;
  const { task } = subject;
  if (task === undefined) return redirect(STATUS);
  if (task.status !== 'open') {
    throw new TrellisError('task-over', 'This was answered already, or is not asked any more.');
  }
  const journey = journeyOf(site, subject, task);
  const secret = secretOf(subject, task);
  const answer = await sendStep(site.receiver, {
    journey,
    draft: await draftOf(site, subject, task, journey),
    step: request.query['step'],
    place: PLACE,
    secret,
    life: DRAFT_LIFE,
    fields: request.fields,
    visitor,
    ...(request.upload === undefined ? {} : { upload: request.upload }),
  });
  if (answer.kind === 'refused') throw answer.error;
  if (answer.kind === 'page') return showForm(site, visitor, answer.view, answer.status);
  if (answer.kind === 'submitted') {
    await completeAsk(site, subject, task, answer);
    return redirect(STATUS);
  }
  if (answer.draft !== undefined) {
    await site.drafts.keep(secret, { form: task.id, draft: answer.draft }, DRAFT_LIFE);
  }
  return redirect(answer.kind === 'saved' ? STATUS : answer.location);
}

async function completeAsk(
  site: Site,
  held: Held,
  task: Task,
  { outcome, values }: Extract<FormAnswer, { readonly kind: 'submitted' }>,
): Promise<void> {
  await site.host.engine.completeTask({
    taskId: task.id,
    outcome: outcome ?? onlyOutcome(held.look, task),
    form: values,
    actor: customer(held.look.stored),
    submissionKey: draftKey(secretOf(held, task)),
  });
  await site.drafts.drop(secretOf(held, task));
}

function journeyOf({ forms, host }: Site, { look, link }: Held, task: Task): Journey {
  const { stored, definition } = look;
  return forms.journey({
    definition,
    form: task.form,
    actor: customerOf(link),
    outcomes: outcomesForWork(look, task),
    data: dataForWork(look, task),
    reference: stored.reference,
    starter: stored.starter,
    now: host.clock.now(),
  });
}

async function draftOf(site: Site, held: Held, task: Task, { checks }: Journey): Promise<Draft> {
  const kept = await site.drafts.find(secretOf(held, task), task.id);
  return kept?.draft ?? beginDraft(checks.model, dataForWork(held.look, task));
}

/** A link may ask for several things, one after the other. */
function secretOf({ token }: Held, task: Task): string {
  return `${token}\n${task.id}`;
}

/** What the customer has sent, what is asked about, and what they have uploaded so far. */
async function filesOf(site: Site, held: Held): Promise<readonly FileValue[]> {
  const sent = sentFiles(held.look, customerOf(held.link));
  if (held.task?.status !== 'open') return sent;
  const journey = journeyOf(site, held, held.task);
  return [...filesOfForm(journey, await draftOf(site, held, held.task, journey)), ...sent];
}

const PLACE: FormPlace = {
  hrefOf: (step) => withQuery(ANSWER, { step }),
  fileHref: paths.statusFile,
  backHref: STATUS,
};
