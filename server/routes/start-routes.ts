import { TrellisError, insideSentence } from '../../engine/index.ts';
import type { Actor, Definition, Journey, Start } from '../../engine/index.ts';
import { draftKey } from '../desk/drafts.ts';
import type { KeptDraft } from '../desk/drafts.ts';
import { milliseconds } from '../desk/keep-for.ts';
import { beginDraft } from '../../engine/index.ts';

import { sendForm, showForm as formPage } from '../views/forms/form-exchange.ts';
import type { FormPlace } from '../views/forms/page-view.ts';
import { showTime } from '../views/texts/moment.ts';
import { plainText } from '../views/texts/names.ts';
import { paths, withQuery } from '../views/paths.ts';
import { confirmationPage } from '../views/pages/confirmation-page.ts';
import { savedPage } from '../views/pages/saved-page.ts';
import type { CookieChange, Reply } from './reply.ts';
import { redirect } from './reply.ts';
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
  const subject = ({ start }: Opened) => ({ audience: start.audience });
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
      load,
      subject,
      handle: (request) => sendStart(site, request),
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

async function showStart(site: Site, request: RouteRequest<Opened>): Promise<Reply> {
  const journey = journeyOf(site, request);
  const kept = await keptDraft(site, request);
  const draft = kept === undefined || kept.sent !== undefined ? undefined : kept.draft;
  const answer = formPage(
    journey,
    draft ?? beginDraft(journey.checks.model, {}),
    request.query['step'],
    placeOf(request.subject),
  );
  if (answer.kind === 'redirect') return redirect(answer.location);
  if (answer.kind !== 'page') throw new TrellisError('bad-request', 'There is no such page.');
  return showForm(site, request.visitor, answer.view, answer.status, 'home');
}

async function sendStart(site: Site, request: RouteRequest<Opened>): Promise<Reply> {
  const { drafts } = site;
  const { subject, visitor } = request;
  const known = request.cookies[COOKIE];
  const kept = await keptDraft(site, request);
  if (kept?.sent !== undefined) return redirect(sentPath(subject));
  const secret = kept === undefined || known === undefined ? drafts.newSecret() : known;
  const journey = journeyOf(site, request);
  const before = kept?.draft ?? beginDraft(journey.checks.model, {});
  const step = request.query['step'] ?? '';
  const answer = sendForm(journey, before, step, request.fields, placeOf(subject));
  const life = lifeOf(subject);
  const cookie = draftCookie(subject, secret, life);
  switch (answer.kind) {
    case 'page':
      return showForm(site, visitor, answer.view, answer.status, 'home');
    case 'refused':
      throw answer.error;
    case 'redirect':
      if (answer.draft !== undefined) {
        await drafts.keep(secret, { form: formKey(subject), draft: answer.draft }, life);
      }
      return redirect(answer.location, [cookie]);
    case 'saved': {
      await drafts.keep(secret, { form: formKey(subject), draft: answer.draft }, life);
      const link = `${site.host.publicUrl()}/resume/${secret}`;
      const { timeZone } = site.host.core.view;
      const now = site.host.clock.now();
      const form = journey.checks.model.title;
      const page = savedPage({ form, link, until: showTime(now + life, { now, timeZone }) });
      return { ...show(site, visitor, page), cookies: [cookie] } as Reply;
    }
    case 'submitted': {
      const started = await site.host.engine.startCase({
        workflow: subject.definition.published.name,
        start: subject.start.name,
        form: answer.values,
        actor: visitor.author,
        submissionKey: draftKey(secret),
      });
      const sent: KeptDraft = { form: formKey(subject), draft: answer.draft, sent: started };
      await drafts.keep(secret, sent, DRAFT_LIFE);
      return redirect(sentPath(subject), [cookie]);
    }
  }
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
  return { hrefOf: (step) => withQuery(path, { step }), backHref: paths.home };
}

function sentPath({ definition, start }: Opened): string {
  return `${paths.start(definition.published.name, start.name)}/sent`;
}

function draftCookie(opened: Opened, secret: string, life: number): CookieChange {
  const path = paths.start(opened.definition.published.name, opened.start.name);
  return { name: COOKIE, value: secret, path, life };
}
