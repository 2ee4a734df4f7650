import { TrellisError } from '../../engine/index.ts';
import type { CaseLook, HandEvent } from '../../engine/index.ts';
import type { ChangeChoice } from '../views/pages/change-page.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { consequencesOf } from '../views/texts/consequences.ts';
import { namesOf } from '../views/texts/names.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

/** What can be done to a whole case. */
const CHANGES = ['suspend', 'resume', 'cancel'] as const;
type Change = (typeof CHANGES)[number];

interface Asked {
  readonly look: CaseLook;
  readonly change: Change;
}

/** Suspending, resuming and calling off a case, each with a page that says what it comes to. */
export function changeRoutes(site: Site): readonly Route[] {
  const asked = {
    path: '/cases/:id/change/:change',
    action: 'case.change',
    load: async ({ parameters }: RouteRequest<undefined>): Promise<Asked> => {
      const change = CHANGES.find((known) => known === parameters['change']);
      if (change === undefined) throw new TrellisError('no-page', 'There is no such page.');
      return { look: await site.host.engine.look(parameters['id'] ?? ''), change };
    },
    subject: () => ({}),
  } as const;
  return [
    route({
      ...asked,
      method: 'get',
      handle: (request) => ask(site, request, { way: 'undo', reason: '' }),
    }),
    route({ ...asked, method: 'post', handle: (request) => carryOut(site, request) }),
  ];
}

interface Entered {
  readonly way: string;
  readonly reason: string;
  readonly error?: string;
}

const WORDS: Readonly<
  Record<Change, { readonly verb: string; readonly lead: string; readonly button: string }>
> = {
  suspend: {
    verb: 'Suspend',
    lead: 'Nothing of it begins until somebody lets it go on: tasks cannot be completed, and no time limit is up. What others answer meanwhile is kept.',
    button: 'Suspend',
  },
  resume: {
    verb: 'Let go on:',
    lead: 'Time limits that were up meanwhile are up at once, and work that waited begins.',
    button: 'Let it go on',
  },
  cancel: {
    verb: 'Call off',
    lead: 'The case ends, and nothing of it goes on. This cannot be taken back.',
    button: 'Call it off',
  },
};

async function ask(
  site: Site,
  { subject: { look, change }, visitor }: RouteRequest<Asked>,
  entered: Entered,
): Promise<Reply> {
  const { stored } = look;
  const words = WORDS[change];
  const found = await consequences(site, look, change);
  const page = changePage({
    area: 'cases',
    backHref: paths.case(stored.id),
    backText: stored.reference,
    heading: `${words.verb} ${stored.reference}`,
    lead: words.lead,
    ...found,
    action: paths.changeCase(stored.id, change),
    choices: change === 'cancel' ? [undoChoice(entered.way)] : [],
    fields: [reasonField(entered.reason, entered.error)],
    button: words.button,
    warning: change === 'cancel',
  });
  return show(site, visitor, page, entered.error === undefined ? 200 : 422);
}

async function consequences(
  { host }: Site,
  { stored, definition }: CaseLook,
  change: Change,
): Promise<{ readonly consequences: readonly string[]; readonly refused?: string }> {
  const event: HandEvent = change === 'cancel' ? { kind: 'cancel' } : { kind: change, reason: '-' };
  try {
    const preview = await host.engine.operations.preview(stored.id, event);
    return { consequences: consequencesOf(preview, namesOf(definition.compiled.workflow)) };
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'not-possible') throw error;
    return { consequences: [], refused: error.message };
  }
}

function undoChoice(way: string): ChangeChoice {
  const option = (value: string, label: string) => ({
    id: `way-${value}`,
    value,
    label,
    chosen: way === value,
  });
  return {
    id: 'way',
    name: 'way',
    label: 'What it has done up to now',
    options: [
      option('undo', 'Take it back, as listed above'),
      option('plain', 'Leave it as it is: nothing is taken back'),
    ],
  };
}

async function carryOut(site: Site, request: RouteRequest<Asked>): Promise<Reply> {
  const { subject, visitor, fields } = request;
  const { look, change } = subject;
  const entered = new Map(fields);
  const [reason, way] = [entered.get('reason') ?? '', entered.get('way') ?? 'undo'];
  const { operations } = site.host.engine;
  const operation = { caseId: look.stored.id, reason, actor: visitor.author };
  try {
    if (change === 'cancel') await operations.cancel({ ...operation, undo: way !== 'plain' });
    else await operations[change](operation);
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'no-reason') throw error;
    return ask(site, request, { way, reason, error: error.message });
  }
  return redirect(paths.case(look.stored.id));
}
