import { TrellisError, authorize } from '../../engine/index.ts';
import type { FileValue, Task } from '../../engine/index.ts';
import { caseSubject } from '../desk/case-subject.ts';
import { draftKey } from '../desk/drafts.ts';
import { onlyOutcome } from '../desk/only-outcome.ts';
import { filesOfForm } from '../desk/seen-files.ts';
import { sendStep } from '../desk/send-step.ts';
import { shownData, shownFiles } from '../desk/shown-data.ts';
import type { DecidedTask } from '../desk/task-subject.ts';
import { whoWasFirst } from '../desk/who-was-first.ts';
import type { Visitor } from '../middleware/visitor.ts';
import type { FormAnswer } from '../views/forms/form-exchange.ts';
import { showForm as formPage } from '../views/forms/form-exchange.ts';
import { conflictPage } from '../views/pages/conflict-page.ts';
import type { TaskTurn } from '../views/pages/task-page.ts';
import { taskPage } from '../views/pages/task-page.ts';
import { paths } from '../views/paths.ts';
import { dueView } from '../views/texts/due.ts';
import { showTime } from '../views/texts/moment.ts';
import { taskTag } from '../views/texts/tag.ts';
import { rolesText } from '../views/texts/words.ts';
import { download } from './download.ts';
import {
  draftOf,
  isOthers,
  isOver,
  journeyOf,
  open,
  placeOf,
  secretOf,
  worksOn,
} from './opened-task.ts';
import type { Opened } from './opened-task.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

/** How long a task's form is kept that was begun and not sent, in milliseconds. */
const DRAFT_LIFE = 30 * 24 * 60 * 60 * 1000;

/** Doing tasks: looking at one, taking it, giving it back, completing it. */
export function taskRoutes(site: Site): readonly Route[] {
  const opened = {
    load: ({ parameters }: RouteRequest<undefined>) => open(site, parameters['id'] ?? ''),
    subject: ({ task }: Opened) => task,
  };
  return [
    route({
      method: 'get',
      path: '/tasks/:id',
      action: 'task.see',
      ...opened,
      handle: (request) => showTask(site, request),
    }),
    route({
      method: 'get',
      path: '/tasks/:id/files/:file',
      action: 'task.see',
      ...opened,
      handle: async (request) => download(site, request, await filesOf(site, request)),
    }),
    route({
      method: 'post',
      path: '/tasks/:id/claim',
      action: 'task.see',
      ...opened,
      handle: (request) => claim(site, request),
    }),
    route({
      method: 'post',
      path: '/tasks/:id/release',
      action: 'task.release',
      ...opened,
      handle: async ({ subject, visitor }) => {
        await site.host.engine.assignTask(subject.task.id, null, visitor.author);
        return redirect(paths.inbox('team'));
      },
    }),
    route({
      method: 'post',
      path: '/tasks/:id',
      action: 'task.see',
      takesFiles: true,
      ...opened,
      handle: (request) => complete(site, request),
    }),
  ];
}

async function showTask(site: Site, request: RouteRequest<Opened>): Promise<Reply> {
  const { subject, visitor, query } = request;
  if (!worksOn(subject, visitor))
    return writeTask(site, visitor, subject, lookTurn(subject, visitor));
  const journey = journeyOf(site, subject, visitor);
  const draft = await draftOf(site, subject, visitor, journey);
  const answer = formPage(journey, draft, query['step'], placeOf(subject));
  return answerTask(site, request, answer);
}

/** The files that the page of a task shows, and those of its form. */
async function filesOf(
  site: Site,
  { subject, visitor }: RouteRequest<Opened>,
): Promise<readonly FileValue[]> {
  const shown = shownFiles(subject.look, visitor.actor);
  if (!worksOn(subject, visitor)) return shown;
  const journey = journeyOf(site, subject, visitor);
  const draft = await draftOf(site, subject, visitor, journey);
  return [...filesOfForm(journey, draft), ...shown];
}

/** Somebody else may have been faster: then the page says so. */
async function claim(site: Site, { subject, visitor }: RouteRequest<Opened>): Promise<Reply> {
  const { task } = subject;
  if (isOver(task) || isOthers(task, visitor)) return conflict(site, subject, visitor);
  requireLeave(visitor, 'task.claim', task);
  await site.host.engine.assignTask(task.id, visitor.author, visitor.author);
  return redirect(paths.task(task.id));
}

async function complete(site: Site, request: RouteRequest<Opened>): Promise<Reply> {
  const { subject, visitor, query, fields, upload } = request;
  const { task } = subject;
  if (isOver(task) || isOthers(task, visitor)) return conflict(site, subject, visitor);
  requireLeave(visitor, 'task.complete', task);
  const journey = journeyOf(site, subject, visitor);
  const answer = await sendStep(site.receiver, {
    journey,
    draft: await draftOf(site, subject, visitor, journey),
    step: query['step'],
    place: placeOf(subject),
    secret: secretOf(subject, visitor),
    life: DRAFT_LIFE,
    fields,
    visitor,
    ...(upload === undefined ? {} : { upload }),
  });
  if (answer.kind !== 'submitted') return answerTask(site, request, answer);
  try {
    await completeTask(site, request, answer);
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'task-over') throw error;
    return conflict(site, await open(site, task.id), visitor);
  }
  return redirect(paths.inbox());
}

async function completeTask(
  site: Site,
  { subject, visitor }: RouteRequest<Opened>,
  { outcome, values }: Extract<FormAnswer, { readonly kind: 'submitted' }>,
): Promise<void> {
  const secret = secretOf(subject, visitor);
  await site.host.engine.completeTask({
    taskId: subject.task.id,
    outcome: outcome ?? onlyOutcome(subject.look, subject.task),
    form: values,
    actor: visitor.author,
    submissionKey: draftKey(secret),
  });
  await site.drafts.drop(secret);
}

/** A page that may be seen may still be more than somebody may do on it. */
function requireLeave(
  visitor: Visitor,
  action: 'task.claim' | 'task.complete',
  task: DecidedTask,
): void {
  const decision = authorize(visitor.actor, action, task);
  if (decision.allowed) return;
  throw new TrellisError('not-allowed', decision.reason, { code: decision.code });
}

async function answerTask(
  site: Site,
  { subject, visitor }: RouteRequest<Opened>,
  answer: FormAnswer,
): Promise<Reply> {
  const { task } = subject;
  switch (answer.kind) {
    case 'page': {
      const own = task.assignee !== undefined && task.assignee === visitor.user?.id;
      const turn: TaskTurn = {
        kind: 'work',
        form: answer.view,
        ...(own && authorize(visitor.actor, 'task.release', task).allowed
          ? { release: release(task) }
          : {}),
      };
      return writeTask(site, visitor, subject, turn, answer.status);
    }
    case 'refused':
      throw answer.error;
    case 'redirect':
    case 'saved':
      if (answer.draft !== undefined) {
        const kept = { form: task.id, draft: answer.draft };
        await site.drafts.keep(secretOf(subject, visitor), kept, DRAFT_LIFE);
      }
      return redirect(answer.kind === 'saved' ? paths.inbox() : answer.location);
    case 'submitted':
      throw new TrellisError('bad-request', 'A form is sent with a post.');
  }
}

function release({ id, delegatedBy }: Task): { readonly href: string; readonly text: string } {
  const text =
    delegatedBy === undefined ? 'Give it back to the team' : 'Give it back to whoever handed it on';
  return { href: paths.releaseTask(id), text };
}

/** Whoever has a task delegates it; who manages tasks reassigns it. */
function handOn(task: DecidedTask, { actor }: Visitor): { readonly handOnHref?: string } {
  if (isOver(task)) return {};
  const how = (['delegate', 'reassign'] as const).find(
    (one) => authorize(actor, `task.${one}`, task).allowed,
  );
  return how === undefined ? {} : { handOnHref: paths.handOnTask(task.id, how) };
}

function writeTask(
  site: Site,
  visitor: Visitor,
  { task, look, tasks }: Opened,
  turn: TaskTurn,
  status = 200,
): Reply {
  const moment = viewMoment(site);
  const seesCase = authorize(visitor.actor, 'case.see', caseSubject(look, tasks)).allowed;
  const page = taskPage({
    title: task.title,
    reference: look.stored.reference,
    workflow: look.stored.title,
    tag: taskTag(task),
    forWhom: rolesText(task.roles),
    since: showTime(task.createdAt, moment),
    turn,
    ...handOn(task, visitor),
    ...(seesCase ? { caseHref: paths.case(task.caseId) } : {}),
    ...(task.due === undefined || isOver(task) ? {} : { due: dueView(task.due, moment) }),
  });
  return show(site, visitor, page, status);
}

function lookTurn({ task, look }: Opened, visitor: Visitor): TaskTurn {
  const shown = shownData(look, visitor.actor, (file) => paths.taskFile(task.id, file));
  const decision = authorize(visitor.actor, 'task.claim', task);
  if (!isOver(task) && decision.allowed) {
    const isForAbsent = task.assignee !== undefined;
    const note =
      'Whoever has this task is away, and you stand in. Once you have taken it, you can give it back.';
    return {
      kind: 'take',
      claimHref: paths.claimTask(task.id),
      shown,
      ...(isForAbsent ? { note } : {}),
    };
  }
  const reason = isOver(task) ? 'This task is not open any more.' : decision.reason;
  return { kind: 'look', reason, shown };
}

async function conflict(
  site: Site,
  { task, look, tasks }: Opened,
  visitor: Visitor,
): Promise<Reply> {
  const first = await whoWasFirst(site.host.store, task);
  const maySee = authorize(visitor.actor, 'case.see', caseSubject(look, tasks)).allowed;
  const page = conflictPage({
    task: task.title,
    reference: look.stored.reference,
    ...(first === undefined ? {} : { by: first.by, did: first.did }),
    ...(first?.at === undefined ? {} : { at: showTime(first.at, viewMoment(site)) }),
    ...(maySee ? { caseHref: paths.case(look.stored.id) } : {}),
  });
  return show(site, visitor, page, 409);
}
