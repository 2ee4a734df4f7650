import { TrellisError } from '../../engine/index.ts';
import { taskSubject } from '../desk/task-subject.ts';
import type { DecidedTask } from '../desk/task-subject.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { redirect } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

type How = 'delegate' | 'reassign';

interface Entered {
  readonly to: string;
  readonly reason: string;
  readonly error?: { readonly field: 'to' | 'reason'; readonly message: string };
}

const WORDS: Readonly<Record<How, { readonly lead: string; readonly button: string }>> = {
  delegate: {
    lead: 'They find it in their inbox, and can give it back to you.',
    button: 'Hand it on',
  },
  reassign: {
    lead: 'Whoever has it now loses it, with what they have filled in but not sent.',
    button: 'Reassign it',
  },
};

/** Handing a task to somebody: by whoever has it, and by whoever may manage it. */
export function handOnRoutes(site: Site): readonly Route[] {
  return (['delegate', 'reassign'] as const).flatMap((how) => {
    const asked = {
      path: `/tasks/:id/${how}`,
      action: `task.${how}` as const,
      load: ({ parameters }: RouteRequest<undefined>) => load(site, parameters['id'] ?? ''),
      subject: (task: DecidedTask) => task,
    };
    return [
      route({
        ...asked,
        method: 'get',
        handle: (request) => ask(site, how, request, { to: '', reason: '' }),
      }),
      route({ ...asked, method: 'post', handle: (request) => handOn(site, how, request) }),
    ];
  });
}

async function load({ host }: Site, id: string): Promise<DecidedTask> {
  const task = await host.store.worklist.task(id);
  if (task?.kind !== 'task') throw new TrellisError('no-task', 'There is no such task.');
  return taskSubject(host, task);
}

async function ask(
  site: Site,
  how: How,
  { subject: task, visitor }: RouteRequest<DecidedTask>,
  { to, reason, error }: Entered,
): Promise<Reply> {
  const takers = await site.host.engine.teamwork.takers(task);
  const isOver = task.status === 'done' || task.status === 'called-off';
  const { lead, button } = WORDS[how];
  const nobody = 'There is nobody else who could have this task.';
  const over = 'This task is not open any more.';
  const page = changePage({
    area: 'inbox',
    backHref: paths.task(task.id),
    backText: task.title,
    heading: `Hand “${task.title}” to somebody else`,
    lead,
    consequences: [],
    ...(isOver || takers.length === 0 ? { refused: isOver ? over : nobody } : {}),
    action: paths.handOnTask(task.id, how),
    fields: [
      {
        id: 'to',
        name: 'to',
        label: 'Who is to have it?',
        hint: 'Only those are listed who may do it.',
        value: to,
        options: [
          { value: '', label: 'Choose somebody' },
          ...takers.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` })),
        ],
        ...(error?.field === 'to' ? { error: error.message } : {}),
      },
      reasonField(reason, error?.field === 'reason' ? error.message : undefined),
    ],
    button,
  });
  return show(site, visitor, page, error === undefined ? 200 : 422);
}

async function handOn(site: Site, how: How, request: RouteRequest<DecidedTask>): Promise<Reply> {
  const { subject: task, visitor, fields } = request;
  const entered = new Map(fields);
  const [to, reason] = [entered.get('to') ?? '', entered.get('reason') ?? ''];
  const { teamwork } = site.host.engine;
  try {
    await teamwork.handOn({ taskId: task.id, how, to, reason, actor: visitor.author });
  } catch (error) {
    if (!(error instanceof TrellisError)) throw error;
    if (error.code !== 'no-reason' && error.code !== 'wrong-person') throw error;
    const field = error.code === 'no-reason' ? 'reason' : 'to';
    return ask(site, how, request, { to, reason, error: { field, message: error.message } });
  }
  return redirect(how === 'delegate' ? paths.inbox() : paths.task(task.id));
}
