import { TrellisError, beginDraft } from '../../engine/index.ts';
import type {
  AccessActor,
  Actor,
  CaseLook,
  FormValues,
  Journey,
  OfferedButton,
  Task,
} from '../../engine/index.ts';
import { buttonSubject } from '../desk/case-subject.ts';
import { draftKey } from '../desk/drafts.ts';
import { sendStep } from '../desk/send-step.ts';
import { buttonTitle, pressAddress } from '../desk/offered-buttons.ts';
import { whoWasLast } from '../desk/who-was-first.ts';
import type { FormAnswer } from '../views/forms/form-exchange.ts';
import { showForm as formPage } from '../views/forms/form-exchange.ts';
import type { FormPlace } from '../views/forms/page-view.ts';
import type { Area } from '../views/page.ts';
import { changePage } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { customer, customerOf, heldCase } from './held-case.ts';
import type { Held } from './held-case.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show, showForm } from './site.ts';

/** A button as a request names it, for whoever may press it. */
interface Asked {
  readonly look: CaseLook;
  readonly tasks: readonly Task[];
  /** What is asked for; the case may have gone on since. */
  readonly wanted: OfferedButton;
}

/** Who presses, and where the pages of the press stand. */
interface Presser {
  readonly access: AccessActor;
  readonly author: Actor;
  readonly path: string;
  readonly backHref: string;
  readonly area?: Area;
}

/** How long a form that was begun for a button is kept, in milliseconds. */
const DRAFT_LIFE = 24 * 60 * 60 * 1000;
const NO_VALUES: FormValues = { data: {}, own: {} };

/** The address of a button on the customer's pages. */
export function statusPress(button: string): string {
  return `/status/press/${encodeURIComponent(button)}`;
}

/** Pressing the buttons of a case: on the page of the case, and on that of the customer's link. */
export function pressRoutes(site: Site): readonly Route[] {
  const staff = {
    path: '/cases/:id/press/:button',
    action: 'case.press',
    load: async (request: RouteRequest<undefined>): Promise<Asked> => {
      const id = request.parameters['id'] ?? '';
      const look = await site.host.engine.look(id);
      return {
        look,
        tasks: await site.host.store.worklist.tasksOfCase(id),
        wanted: wantedIn(look, request),
      };
    },
    subject: ({ look, tasks, wanted }: Asked) => buttonSubject(look, tasks, wanted.by),
  } as const;
  const held = heldCase(site);
  const outside = {
    path: '/status/press/:button',
    action: 'case.press',
    load: async (request: RouteRequest<undefined>): Promise<Held & Asked> => {
      const found = await held.load(request);
      return { ...found, tasks: [], wanted: wantedIn(found.look, request) };
    },
    actor: held.actor,
    subject: ({ look, wanted }: Asked) => buttonSubject(look, [], wanted.by),
  } as const;
  return [
    route({ ...staff, method: 'get', handle: (request) => ask(site, request, byStaff(request)) }),
    route({
      ...staff,
      method: 'post',
      takesFiles: true,
      handle: (request) => press(site, request, byStaff(request)),
    }),
    route({ ...outside, method: 'get', handle: (request) => ask(site, request, byLink(request)) }),
    route({
      ...outside,
      method: 'post',
      takesFiles: true,
      handle: (request) => press(site, request, byLink(request)),
    }),
  ];
}

/** Finds the button that an address names. */
function wantedIn(look: CaseLook, { parameters, query }: RouteRequest<undefined>): OfferedButton {
  const state = query['in'] ?? '';
  const name = parameters['button'] ?? '';
  const place = look.definition.compiled.states.get(state);
  const button = place?.buttons.find((one) => one.name === name);
  if (button === undefined) {
    throw new TrellisError('no-page', `This case has no button "${name}" at this address.`);
  }
  const by = look.admitted({ state, button: name });
  return { state, visit: Number(query['visit']), button, by };
}

function byStaff({ subject: { look, wanted }, visitor }: RouteRequest<Asked>): Presser {
  return {
    access: visitor.actor,
    author: visitor.author,
    path: paths.pressButton(look.stored.id, wanted.button.name),
    backHref: paths.case(look.stored.id),
    area: 'cases',
  };
}

function byLink({ subject: { look, link, wanted } }: RouteRequest<Held & Asked>): Presser {
  return {
    access: customerOf(link),
    author: customer(look.stored),
    path: statusPress(wanted.button.name),
    backHref: '/status',
  };
}

/** Every page that is opened has a key of its own, so that sending it twice presses once. */
async function ask(site: Site, request: RouteRequest<Asked>, presser: Presser): Promise<Reply> {
  const { subject, query, visitor } = request;
  const { look, wanted } = subject;
  if (!isOffered(look, wanted)) return gone(site, request, presser);
  const { key, step } = query;
  if (key === undefined) {
    const address = pressAddress(wanted, presser.path, { key: site.drafts.newSecret() });
    return redirect(address);
  }
  if (wanted.button.form === undefined) return confirm(site, request, presser, key);
  const journey = journeyOf(site, subject, presser);
  const draft = await draftOf(site, subject, presser, key, journey);
  const answer = formPage(journey, draft, step, placeOf(subject, presser, key));
  if (answer.kind === 'redirect') return redirect(answer.location);
  if (answer.kind !== 'page') throw new TrellisError('bad-request', 'There is no such page.');
  return showForm(site, visitor, answer.view, answer.status, presser.area);
}

async function press(site: Site, request: RouteRequest<Asked>, presser: Presser): Promise<Reply> {
  const { subject, query, fields, upload, visitor } = request;
  const { key, step } = query;
  if (key === undefined) throw new TrellisError('bad-request', 'The key of the page is missing.');
  if (subject.wanted.button.form === undefined) {
    return carryOut(site, request, presser, key, NO_VALUES);
  }
  const journey = journeyOf(site, subject, presser);
  const answer = await sendStep(site.receiver, {
    journey,
    draft: await draftOf(site, subject, presser, key, journey),
    step,
    place: placeOf(subject, presser, key),
    secret: secretOf(presser, key),
    life: DRAFT_LIFE,
    fields,
    visitor,
    ...(upload === undefined ? {} : { upload }),
  });
  if (answer.kind === 'submitted') return carryOut(site, request, presser, key, answer.values);
  return goOn(site, request, presser, key, answer);
}

async function goOn(
  site: Site,
  { subject, visitor }: RouteRequest<Asked>,
  presser: Presser,
  key: string,
  answer: Exclude<FormAnswer, { readonly kind: 'submitted' }>,
): Promise<Reply> {
  if (answer.kind === 'refused') throw answer.error;
  if (answer.kind === 'page') {
    return showForm(site, visitor, answer.view, answer.status, presser.area);
  }
  if (answer.draft !== undefined) {
    const kept = { form: draftName(subject), draft: answer.draft };
    await site.drafts.keep(secretOf(presser, key), kept, DRAFT_LIFE);
  }
  return redirect(answer.kind === 'saved' ? presser.backHref : answer.location);
}

async function carryOut(
  site: Site,
  request: RouteRequest<Asked>,
  presser: Presser,
  key: string,
  form: FormValues,
): Promise<Reply> {
  const { look, wanted } = request.subject;
  const { state, visit, button } = wanted;
  const secret = secretOf(presser, key);
  try {
    await site.host.engine.buttons.press({
      caseId: look.stored.id,
      state,
      visit,
      button: button.name,
      form,
      actor: presser.author,
      submissionKey: draftKey(secret),
    });
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'button-gone') throw error;
    return gone(site, request, presser);
  }
  await site.drafts.drop(secret);
  return redirect(presser.backHref);
}

function confirm(
  site: Site,
  { subject: { look, wanted }, visitor }: RouteRequest<Asked>,
  presser: Presser,
  key: string,
): Reply {
  const title = buttonTitle(wanted);
  const page = changePage({
    ...headOf(look, presser),
    heading: title,
    lead: `Please confirm: this is about ${look.stored.reference}, “${look.stored.title}”.`,
    consequences: [],
    action: pressAddress(wanted, presser.path, { key }),
    fields: [],
    button: title,
  });
  return show(site, visitor, page);
}

/** What whoever comes too late is told (409). */
async function gone(
  site: Site,
  { subject, visitor }: RouteRequest<Asked>,
  presser: Presser,
): Promise<Reply> {
  const { stored } = subject.look;
  // A customer is not told the names of those who work on their case.
  const last = visitor.user && (await whoWasLast(site.host.store, stored.id));
  const who = last === undefined ? '' : ` The last to do something with it was ${last.by}.`;
  const page = changePage({
    ...headOf(subject.look, presser),
    heading: 'The case has gone on',
    lead: `“${buttonTitle(subject.wanted)}” cannot be done any more. Nothing was changed.`,
    consequences: [],
    refused: `Look at ${stored.reference} again: it is somewhere else now, or somebody was faster.${who}`,
    action: presser.path,
    fields: [],
    button: '',
  });
  return show(site, visitor, page, 409);
}

function headOf({ stored }: CaseLook, { backHref, area }: Presser) {
  return { backHref, backText: stored.reference, ...(area === undefined ? {} : { area }) };
}

function isOffered({ buttons }: CaseLook, { state, visit, button }: OfferedButton): boolean {
  return buttons.some((one) => {
    return one.state === state && one.visit === visit && one.button.name === button.name;
  });
}

function journeyOf({ forms, host }: Site, { look, wanted }: Asked, { access }: Presser): Journey {
  const { stored, definition, data } = look;
  return forms.journey({
    definition,
    form: wanted.button.form ?? '',
    actor: access,
    outcomes: [],
    data,
    reference: stored.reference,
    starter: stored.starter,
    now: host.clock.now(),
  });
}

async function draftOf(
  site: Site,
  asked: Asked,
  presser: Presser,
  key: string,
  journey: Journey,
): Promise<ReturnType<typeof beginDraft>> {
  const kept = await site.drafts.find(secretOf(presser, key), draftName(asked));
  return kept?.draft ?? beginDraft(journey.checks.model, asked.look.data);
}

function draftName({ look, wanted: { state, visit, button } }: Asked): string {
  return `${look.stored.id}/press/${button.name}/${String(visit)}/${state}`;
}

function secretOf({ author }: Presser, key: string): string {
  return `${author.id}\n${key}`;
}

function placeOf({ wanted }: Asked, { path, backHref }: Presser, key: string): FormPlace {
  return { hrefOf: (step) => pressAddress(wanted, path, { key, step }), backHref };
}
