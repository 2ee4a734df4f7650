import { TrellisError, insideSentence } from '../../engine/index.ts';
import type { Actor, Definition, Journey, Start } from '../../engine/index.ts';
import { admittedBy } from '../desk/admitted-by.ts';
import { draftKey } from '../desk/drafts.ts';
import type { KeptDraft } from '../desk/drafts.ts';
import { filesOfForm } from '../desk/seen-files.ts';
import { sendStep } from '../desk/send-step.ts';
import { milliseconds } from '../desk/keep-for.ts';
import { beginDraft } from '../../engine/index.ts';

import type { FormAnswer } from '../views/forms/form-exchange.ts';
import { showForm as formPage } from '../views/forms/form-exchange.ts';
import type { FormPlace } from '../views/forms/page-view.ts';
import { showTime } from '../views/texts/moment.ts';
import { plainText } from '../views/texts/names.ts';
import { paths, withQuery } from '../views/paths.ts';
import { confirmationPage } from '../views/pages/confirmation-page.ts';
import { savedPage } from '../views/pages/saved-page.ts';
import { download } from './download.ts';
import type { CookieChange, Reply } from './reply.ts';
import { redirect, withCookie } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, showForm } from './site.ts';

type FormStart = Extract<Start, { readonly kind: 'form' }>;

/** A form that begins a case, as a request names it. */
interface Opened {
  readonly definition: Definition;
  readonly start: FormStart;
}

/** How long an unfinished form is kept that says nothing of it, in milliseconds. */
const DRAFT_LIFE = 24 * 60 * 60 * 1000;
const COOKIE = 'trellis_draft';

/** Filling and sending the forms that begin cases. */
export function startRoutes(site: Site): readonly Route[] {
  const load = ({ parameters }: RouteRequest<undefined>): Promise<Opened> =>
    openStart(site, parameters['workflow'] ?? '', parameters['start'] ?? '');
  const subject = ({ definition, start }: Opened) => ({
    audience: admittedBy(definition, start.name, site.host.clock.now()),
  });
  return [
    route({
      method: 'get',
      path: '/start/:workflow/:start',
      action: 'case.start',
      load,
      subject,
      handle: (request) => showStart(site, request),
    }),
    route({
      method: 'post',
      path: '/start/:workflow/:start',
      action: 'case.start',
      takesFiles: true,
      load,
      subject,
      handle: (request) => sendStart(site, request),
    }),
    route({
      method: 'get',
      path: '/start/:workflow/:start/files/:file',
      action: 'case.start',
      load,
      subject,
      handle: (request) => showFile(site, request),
    }),
    route({
      method: 'get',
      path: '/start/:workflow/:start/sent',
      action: 'case.start',
      load,
      subject,
      handle: (request) => showSent(site, request),
    }),
    route({
      method: 'get',
      path: '/resume/:secret',
      action: 'home.see',
      ...nothing,
      handle: (request) => resume(site, request.parameters['secret'] ?? ''),
    }),
  ];
}

async function openStart({ host }: Site, workflow: string, name: string): Promise<Opened> {
  const definition = await host.catalogue.newest(workflow);
  const start = definition.compiled.workflow.starts.find(
    (one): one is FormStart => one.name === name && one.kind === 'form',
  );
  if (start === undefined) {
    throw new TrellisError('no-start', `There is no form "${name}" to start ${workflow} with.`);
  }
  return { definition, start };
}

/**
 * Shows a step of the form. Whoever comes without a secret is given one with the very first page,
 * so that sending even that page twice makes one case; nothing is stored before something is sent.
 */
async function showStart(site: Site, request: RouteRequest<Opened>): Promise<Reply> {
  const { subject, visitor, query } = request;
  const journey = journeyOf(site, request);
  const kept = await keptDraft(site, request);
  const begun = kept !== undefined && kept.sent === undefined;
  const draft = begun ? kept.draft : beginDraft(journey.checks.model, {});
  const answer = formPage(journey, draft, query['step'], placeOf(subject));
  if (answer.kind === 'redirect') return redirect(answer.location);
  if (answer.kind !== 'page') throw new TrellisError('bad-request', 'There is no such page.');
  const secret = begun ? request.cookies[COOKIE] : undefined;
  const cookie = draftCookie(subject, secret ?? site.drafts.newSecret(), lifeOf(subject));
  return withCookie(showForm(site, visitor, answer.view, answer.status, 'home'), cookie);
}

async function sendStart(site: Site, request: RouteRequest<Opened>): Promise<Reply> {
  const { subject, visitor } = request;
  const kept = await keptDraft(site, request);
  if (kept?.sent !== undefined) return redirect(sentPath(subject));
  const secret = request.cookies[COOKIE] ?? site.drafts.newSecret();
  const journey = journeyOf(site, request);
  const before = kept?.draft ?? beginDraft(journey.checks.model, {});
  const answer = await sendStep(site.receiver, {
    journey,
    draft: before,
    step: request.query['step'],
    place: placeOf(subject),
    secret,
    life: lifeOf(subject),
    fields: request.fields,
    visitor,
    ...(request.upload === undefined ? {} : { upload: request.upload }),
  });
  const cookie = draftCookie(subject, secret, lifeOf(subject));
  if (answer.kind === 'refused') throw answer.error;
  if (answer.kind === 'page') {
    return withCookie(showForm(site, visitor, answer.view, answer.status, 'home'), cookie);
  }
  if (answer.kind === 'submitted') {
    await startCase(site, request, secret, answer);
    return redirect(sentPath(subject), [cookie]);
  }
  if (answer.draft !== undefined) {
    const begun: KeptDraft = { form: formKey(subject), draft: answer.draft };
    await site.drafts.keep(secret, begun, lifeOf(subject));
  }
  if (answer.kind === 'redirect') return redirect(answer.location, [cookie]);
  return withCookie(putAside(site, request, secret, journey.checks.model.title), cookie);
}

/** A file of the form that whoever asks is filling in. */
async function showFile(site: Site, request: RouteRequest<Opened>): Promise<Reply> {
  const kept = await keptDraft(site, request);
  const seen = kept === undefined ? [] : filesOfForm(journeyOf(site, request), kept.draft);
  return download(site, request, seen);
}

async function startCase(
  site: Site,
  { subject, visitor }: RouteRequest<Opened>,
  secret: string,
  { values, draft }: Extract<FormAnswer, { readonly kind: 'submitted' }>,
): Promise<void> {
  const command = {
    workflow: subject.definition.published.name,
    start: subject.start.name,
    form: values,
    actor: visitor.author,
    submissionKey: draftKey(secret),
  };
  const started = await site.host.engine.startCase(command).catch((error: unknown) => {
    throw visitor.user === undefined ? error : withReference(error);
  });
  const sent: KeptDraft = { form: formKey(subject), draft, sent: started };
  await site.drafts.keep(secret, sent, DRAFT_LIFE);
}

/** Staff are told which case is there already; to strangers it says nothing of other people's. */
function withReference(error: unknown): unknown {
  if (!(error instanceof TrellisError) || error.code !== 'already-begun') return error;
  const { message, data } = error;
  return new TrellisError('already-begun', `${message} It is ${String(data['reference'])}.`, data);
}

/** The page with the address under which somebody can go on later. */
function putAside(
  site: Site,
  { subject, visitor }: RouteRequest<Opened>,
  secret: string,
  form: string,
): Reply {
  const { clock, core, publicUrl } = site.host;
  const now = clock.now();
  const until = showTime(now + lifeOf(subject), { now, timeZone: core.view.timeZone });
  return show(site, visitor, savedPage({ form, link: `${publicUrl()}/resume/${secret}`, until }));
}

async function showSent(site: Site, request: RouteRequest<Opened>): Promise<Reply> {
  const kept = await keptDraft(site, request);
  if (kept?.sent === undefined) {
    return redirect(
      paths.start(request.subject.definition.published.name, request.subject.start.name),
    );
  }
  const { caseId, reference } = kept.sent;
  const token = site.host.engine.tokens.forStatus(caseId);
  const { workflow } = request.subject.definition.compiled;
  const page = confirmationPage({
    heading: 'We have received your request',
    reference,
    next: [
      `Keep this number: it is what we call your ${insideSentence(plainText(workflow.title) ?? 'request')}.`,
      'We are working on it, and will write to you when there is news.',
    ],
    links: [{ label: 'See where it stands', href: `/l/${token}` }],
  });
  return show(site, request.visitor, page);
}

async function resume(site: Site, secret: string): Promise<Reply> {
  const kept = await site.drafts.open(secret);
  const [workflow, start] = kept?.form.split('/') ?? [];
  if (workflow === undefined || start === undefined) {
    throw new TrellisError(
      'link-expired',
      'What was saved under this link is not kept any more. Please begin again.',
    );
  }
  const opened = await openStart(site, workflow, start);
  return redirect(paths.start(workflow, start), [draftCookie(opened, secret, lifeOf(opened))]);
}

function journeyOf(
  { forms, host }: Site,
  { subject, visitor }: Pick<RouteRequest<Opened>, 'subject' | 'visitor'>,
): Journey {
  const starter: Actor = visitor.author;
  return forms.journey({
    definition: subject.definition,
    form: subject.start.form,
    actor: visitor.actor,
    outcomes: [],
    data: {},
    reference: '',
    starter,
    now: host.clock.now(),
  });
}

function keptDraft(site: Site, request: RouteRequest<Opened>): Promise<KeptDraft | undefined> {
  return site.drafts.find(request.cookies[COOKIE], formKey(request.subject));
}

function formKey({ definition, start }: Opened): string {
  return `${definition.published.name}/${start.name}`;
}

function lifeOf({ definition, start }: Opened): number {
  const form = definition.compiled.workflow.forms.find(({ name }) => name === start.form);
  return form?.saveAndReturn === undefined ? DRAFT_LIFE : milliseconds(form.saveAndReturn);
}

function placeOf({ definition, start }: Opened): FormPlace {
  const path = paths.start(definition.published.name, start.name);
  return {
    hrefOf: (step) => withQuery(path, { step }),
    fileHref: (file) => `${path}/files/${encodeURIComponent(file)}`,
    backHref: paths.home,
  };
}

function sentPath({ definition, start }: Opened): string {
  return `${paths.start(definition.published.name, start.name)}/sent`;
}

function draftCookie(opened: Opened, secret: string, life: number): CookieChange {
  const path = paths.start(opened.definition.published.name, opened.start.name);
  return { name: COOKIE, value: secret, path, life };
}
