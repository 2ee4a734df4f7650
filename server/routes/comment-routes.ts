import { TrellisError } from '../../engine/index.ts';
import type { CaseLook, Task } from '../../engine/index.ts';
import { caseSubject } from '../desk/case-subject.ts';
import { changePage } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { redirect } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

interface Opened {
  readonly look: CaseLook;
  readonly tasks: readonly Task[];
}

/** Writing a comment on a case: it stands in its history, for staff alone. */
export function commentRoutes(site: Site): readonly Route[] {
  const opened = {
    path: '/cases/:id/comment',
    action: 'case.comment',
    load: async ({ parameters }: RouteRequest<undefined>): Promise<Opened> => {
      const id = parameters['id'] ?? '';
      const look = await site.host.engine.look(id);
      return { look, tasks: await site.host.store.worklist.tasksOfCase(id) };
    },
    subject: ({ look, tasks }: Opened) => caseSubject(look, tasks),
  } as const;
  return [
    route({
      ...opened,
      method: 'get',
      handle: (request) => Promise.resolve(ask(site, request, '')),
    }),
    route({ ...opened, method: 'post', handle: (request) => write(site, request) }),
  ];
}

function ask(
  site: Site,
  { subject, visitor }: RouteRequest<Opened>,
  text: string,
  error?: string,
): Reply {
  const { id, reference } = subject.look.stored;
  const page = changePage({
    area: 'cases',
    backHref: paths.case(id),
    backText: reference,
    heading: `Comment on ${reference}`,
    lead: 'Everybody who may see the case can read it. Customers cannot.',
    consequences: [],
    action: paths.commentOn(id),
    fields: [
      {
        id: 'comment',
        name: 'comment',
        label: 'Comment',
        hint: 'It stands in the history, with your name, and cannot be taken back.',
        value: text,
        rows: 5,
        ...(error === undefined ? {} : { error }),
      },
    ],
    button: 'Write the comment',
  });
  return show(site, visitor, page, error === undefined ? 200 : 422);
}

async function write(site: Site, request: RouteRequest<Opened>): Promise<Reply> {
  const { subject, visitor, fields } = request;
  const { id } = subject.look.stored;
  const text = new Map(fields).get('comment') ?? '';
  try {
    await site.host.engine.teamwork.comment(id, text, visitor.author);
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'no-reason') throw error;
    return ask(site, request, text, error.message);
  }
  return redirect(paths.case(id));
}
