import { authorize } from '../../engine/index.ts';
import type { Definition, UsesInForce } from '../../engine/index.ts';
import type { CaseImpacts } from '../desk/case-impacts.ts';
import type { Drafts } from '../desk/drafts.ts';
import type { HistoryChecks } from '../desk/history-checks.ts';
import type { FormDesk } from '../desk/form-desk.ts';
import type { Host } from '../host/open-host.ts';
import type { SignIn } from '../host/sign-in.ts';
import type { Receiver } from '../upload/receive-upload.ts';
import type { Visitor } from '../middleware/visitor.ts';
import type { FormView } from '../views/forms/form-view.ts';
import type { Assets } from '../views/assets.ts';
import type { Area, Frame, Page } from '../views/page.ts';
import { formPage } from '../views/pages/form-page.ts';
import type { Diagrams } from '../views/statechart/statechart.ts';
import { showTime } from '../views/texts/moment.ts';
import type { ViewMoment } from '../views/texts/moment.ts';
import type { Renderer } from '../views/render.ts';
import type { Reply } from './reply.ts';

/** What all routes share. */
export interface Site {
  readonly host: Host;
  readonly renderer: Renderer;
  readonly assets: Assets;
  readonly diagrams: Diagrams;
  readonly forms: FormDesk;
  /** Who uses what of the core. */
  readonly uses: UsesInForce;
  readonly drafts: Drafts;
  /** What proposals would do to running cases. */
  readonly caseImpacts: CaseImpacts;
  /** What is known of the history since somebody asked for it. */
  readonly historyChecks: HistoryChecks;
  readonly receiver: Receiver;
  readonly signIn: SignIn;
  /** False while the host drains. */
  readonly ready: () => boolean;
}

/** When and where a page is looked at. */
export function viewMoment({ host }: Site): ViewMoment {
  return { now: host.clock.now(), timeZone: host.core.view.timeZone };
}

/** Writes a page for a visitor, with the navigation that they may use. */
export function show(site: Site, visitor: Visitor, page: Page, status = 200): Reply {
  const { host, assets, renderer } = site;
  const { user } = visitor;
  const html = renderer.render(page, {
    company: host.core.view.company,
    assets: { stylesheet: assets.stylesheet, scripts: assets.scripts },
    areas: areasOf(site, visitor),
    demo: host.settings.demo,
    ...heldBack(site, visitor),
    ...(user === undefined ? {} : { person: { name: user.name } }),
  });
  const { refresh } = page;
  return { kind: 'page', status, html, ...(refresh === undefined ? {} : { refresh }) };
}

/** What everybody who works here is told while effects are held back. */
function heldBack(site: Site, { user, actor }: Visitor): Pick<Frame, 'held'> {
  const hold = user === undefined ? undefined : site.host.hold.current();
  if (hold === undefined) return {};
  const mayRelease = authorize(actor, 'effect.release', {}).allowed;
  return { held: { takenAt: showTime(hold.takenAt, viewMoment(site)), mayRelease } };
}

/** Writes one page of a form. */
export function showForm(
  site: Site,
  visitor: Visitor,
  view: FormView,
  status: number,
  area?: Area,
): Reply {
  return show(site, visitor, formPage(view, area), status);
}

function areasOf({ host }: Site, { actor }: Visitor): readonly Area[] {
  const { demo } = host.settings;
  const may: readonly (readonly [Area, boolean])[] = [
    ['home', true],
    ['inbox', authorize(actor, 'task.list', {}).allowed],
    ['cases', authorize(actor, 'case.list', {}).allowed],
    ['workflows', authorize(actor, 'workflow.list', {}).allowed],
    ['incidents', authorize(actor, 'incident.list', {}).allowed],
    ['core', authorize(actor, 'core.see', {}).allowed],
    ['grants', authorize(actor, 'grant.list', {}).allowed],
    [
      'erasure',
      authorize(actor, 'personal.erase', { rules: host.publishing.reviews.rules }).allowed,
    ],
    ['people', authorize(actor, 'user.leave', {}).allowed],
    ['demo-mails', authorize(actor, 'demo.see', { demoMode: demo }).allowed],
    ['demo-faults', authorize(actor, 'demo.see', { demoMode: demo }).allowed],
  ];
  return may.flatMap(([area, allowed]) => (allowed ? [area] : []));
}

/** The newest version of every workflow that business users wrote. */
export async function businessWorkflows({ host }: Site): Promise<readonly Definition[]> {
  const names = host.catalogue.list().map(({ name }) => name);
  return host.catalogue.readable(names.filter((name) => !name.startsWith('core/')));
}
