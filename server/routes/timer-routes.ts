import { TrellisError, readTime } from '../../engine/index.ts';
import type { CaseLook, CaseTimer, Task } from '../../engine/index.ts';
import { caseSubject } from '../desk/case-subject.ts';
import { timerWords } from '../desk/timer-words.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import { showTime } from '../views/texts/moment.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

/** A time limit as an address names it; the case may have gone on since. */
interface Asked {
  readonly look: CaseLook;
  readonly tasks: readonly Task[];
  readonly wanted: CaseTimer;
}

interface Entered {
  readonly to: string;
  readonly reason: string;
  readonly error?: { readonly field: 'to' | 'reason'; readonly message: string };
}

/** Moving the running timers of a case. */
export function timerRoutes(site: Site): readonly Route[] {
  const asked = {
    path: '/cases/:id/timers/:timer',
    action: 'timer.move',
    load: (request: RouteRequest<undefined>) => find(site, request),
    subject: ({ look, tasks }: Asked) => caseSubject(look, tasks),
  } as const;
  return [
    route({
      ...asked,
      method: 'get',
      handle: (request) => ask(site, request, { to: '', reason: '' }),
    }),
    route({ ...asked, method: 'post', handle: (request) => move(site, request) }),
  ];
}

async function find(
  { host }: Site,
  { parameters, query }: RouteRequest<undefined>,
): Promise<Asked> {
  const id = parameters['id'] ?? '';
  const look = await host.engine.look(id);
  const [state, visit] = [query['in'] ?? '', Number(query['visit'])];
  const timer = parameters['timer'] ?? '';
  const item = query['item'] === undefined ? {} : { item: Number(query['item']) };
  const timers = await host.engine.operations.timers(id);
  const running = timers.find((one) => {
    const isSame = one.state === state && one.visit === visit && one.item === item.item;
    return isSame && one.timer === timer;
  });
  return {
    look,
    tasks: await host.store.worklist.tasksOfCase(id),
    wanted: running ?? { state, visit, ...item, timer, standsStill: false },
  };
}

function ask(
  site: Site,
  { subject: { look, wanted }, visitor }: RouteRequest<Asked>,
  { to, reason, error }: Entered,
): Promise<Reply> {
  const { stored } = look;
  const moment = viewMoment(site);
  const { title, state } = timerWords(wanted, look);
  const errorAt = (field: 'to' | 'reason') => (error?.field === field ? error.message : undefined);
  const wrong = errorAt('to');
  const now =
    wanted.at === undefined ? '' : ` At present it is up on ${showTime(wanted.at, moment).text}.`;
  const query = {
    ...{ in: wanted.state, visit: String(wanted.visit) },
    ...(wanted.item === undefined ? {} : { item: String(wanted.item) }),
  };
  const page = changePage({
    area: 'cases',
    backHref: paths.case(stored.id),
    backText: stored.reference,
    heading: 'Move a time limit',
    lead: `${state}: ${title}.${now}`,
    consequences: [],
    ...(wanted.at === undefined ? { refused: 'This time limit is not running.' } : {}),
    action: withQuery(paths.moveTimer(stored.id, wanted.timer), query),
    fields: [
      {
        ...{ id: 'to', name: 'to', label: 'When is it to be up?', value: to },
        hint: `On the clocks of ${moment.timeZone}, for example 2027-03-14 16:30`,
        ...(wrong === undefined ? {} : { error: wrong }),
      },
      reasonField(reason, errorAt('reason')),
    ],
    button: 'Move it',
  });
  return Promise.resolve(show(site, visitor, page, error === undefined ? 200 : 422));
}

async function move(site: Site, request: RouteRequest<Asked>): Promise<Reply> {
  const { subject, visitor, fields } = request;
  const { look, wanted } = subject;
  const given = new Map(fields);
  const [to, reason] = [given.get('to') ?? '', given.get('reason') ?? ''];
  const at = readTime(to, viewMoment(site).timeZone);
  if (at === undefined) {
    const message = 'Write the day and the time like 2027-03-14 16:30.';
    return ask(site, request, { to, reason, error: { field: 'to', message } });
  }
  try {
    await site.host.engine.operations.modify({
      caseId: look.stored.id,
      reason,
      actor: visitor.author,
      set: [],
      work: { kind: 'timer', ...timerOf(wanted), at },
    });
  } catch (error) {
    if (!(error instanceof TrellisError)) throw error;
    const field = error.code === 'no-reason' ? 'reason' : 'to';
    if (field === 'to' && error.code !== 'not-possible') throw error;
    return ask(site, request, { to, reason, error: { field, message: error.message } });
  }
  return redirect(paths.case(look.stored.id));
}

/** What names a time limit, without what it is at present. */
function timerOf({ state, visit, item, timer }: CaseTimer): Omit<CaseTimer, 'standsStill' | 'at'> {
  return { state, visit, ...(item === undefined ? {} : { item }), timer };
}
