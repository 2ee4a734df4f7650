import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { allRoutes } from '../../server/routes/all-routes.ts';
import { beginErrand } from '../server/errand.ts';
import { LARGE, SMALL, accept, askForPrice, caseOf, openLink } from '../server/quote-journey.ts';
import type { Wish } from '../server/quote-journey.ts';
import { proposeName, proposeRenaming } from '../server/propose-name.ts';
import { publishAgain } from '../server/publish-again.ts';
import { releaseRenaming } from '../server/release-renaming.ts';
import { useHost } from '../server/with-host.ts';
import { PERMIT_FORM, PNG, pdf, publishPermit } from '../server/permit.ts';
import { axeViolations } from './axe.ts';
import { sidewaysScroll, smallTargets } from './page-fit.ts';
import {
  arriveAt,
  button,
  chooseAnswer,
  followMail,
  openRequest,
  openTeamTask,
  referenceOn,
  signIn,
  tellAboutYou,
} from './quote-pages.ts';
import { keepScreenshot } from './screenshot.ts';
import { useBrowser } from './use-browser.ts';
import { LOOKED_AT, WIDTHS, withPage } from './with-page.ts';
import type { WatchedPage } from './with-page.ts';

/** Whether each visitor looks at pages that another has looked at. */
const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';
/** An article without a price: somebody must find one by hand. */
const UNPRICED: Wish = { ...SMALL, sku: 'S1' };
/** An article that order management does not have: an incident. */
const UNKNOWN: Wish = { ...SMALL, sku: 'X9' };
/** What answers to a GET with no page: answers for machines, files, and links that lead on. */
const NO_PAGES = [
  '/healthz',
  '/readyz',
  '/assets/:file',
  '/schemas/workflow.json',
  '/api/cases/:reference',
  '/api/core',
  '/api/core/releases',
  '/api/core/where-used',
  '/api/core/proposals',
  '/api/core/proposals/:number',
  '/api/workflows',
  '/api/workflows/:name',
  '/api/workflows/:name/retire',
  '/api/workflows/:name/versions/:version/roll-back',
  '/api/drafts',
  '/api/drafts/:id',
  '/api/grants',
  '/api/grants/:team/revoke',
  '/api/audit/acts',
  '/resume/:secret',
  '/l/:token',
  '/start/:workflow/:start/files/:file',
  '/status/files/:file',
  '/tasks/:id/files/:file',
  '/cases/:id/files/:file',
];

describe('every page of the running host, in a browser', () => {
  const browser = useBrowser();
  const running = useHost();
  /** The paths of the routes whose pages have been looked at. */
  const seen = new Set<string>();

  before('bring cases to several states', async function () {
    this.timeout(60_000);
    for (const wish of [UNPRICED, UNKNOWN, LARGE, SMALL]) await askForPrice(running(), wish);
    const ordered = await askForPrice(running(), SMALL);
    await accept(await openLink(running(), ordered), 'PO-1');
    await running().host.engine.bulk.prepare({
      change: { kind: 'suspend' },
      selection: { kind: 'filter', filter: {} },
      actor: { kind: 'system', id: 'test', name: 'Test' },
    });
    const { accounts } = running().host.store;
    const somebody = { name: 'Lee Former', email: 'lee@meridian.example', roles: ['sales-rep'] };
    const past = { teams: [], password: '', createdAt: 1, leftAt: 2 };
    await accounts.add({ id: 'left', ...somebody, ...past });
    await proposeName(running());
    await proposeRenaming(running());
    await running().rest();
    await bringDraft(running());
    // The pages alone speak of it: the engine has seen that nothing is held back, and goes on.
    const { store, clock, hold } = running().host;
    await store.effects.begin({ id: 'restored', takenAt: clock.now() - 1, released: [] });
    await hold.read();
  });

  /** The path of the route that answers at an address. */
  const routeAt = (address: string): string | undefined => {
    const { pathname } = new URL(address);
    return allRoutes(running().site).find(
      ({ method, path }) =>
        method === 'get' &&
        new RegExp(`^${path.replaceAll(/:[a-z]+/gu, '[^/]+')}$`, 'u').test(pathname),
    )?.path;
  };

  /** Holds that the page that is open fits and can be used, on a desk and on a phone. */
  const inspect = async ({ page, complaints }: WatchedPage, what: string): Promise<void> => {
    for (const [place, width] of LOOKED_AT) {
      await page.setViewportSize({ width, height: 900 });
      await keepScreenshot(page, `site-${what.replaceAll(/\W+/gu, '-')}-${place}`);
      const found = {
        complaints: complaints(),
        sideways: await sidewaysScroll(page),
        small: await smallTargets(page),
        axe: await axeViolations(page),
      };
      const nothing = { complaints: [], sideways: 0, small: [], axe: [] };
      expect(found, `${what} at ${width} px`).to.deep.equal(nothing);
    }
    await page.setViewportSize({ width: WIDTHS.desk, height: 900 });
    seen.add(routeAt(page.url()) ?? '');
  };

  /** Follows the links of every page, to one page of each route, and looks at it. */
  const walk = async (watched: WatchedPage, who: string): Promise<void> => {
    const { page } = watched;
    const { origin } = running();
    const visited = new Set<string>();
    for (const open = [`${origin}/`]; open.length > 0;) {
      const address = open.shift() ?? '';
      const route = routeAt(address);
      if (route === undefined) throw new Error(`A page links to ${address}, which there is not.`);
      if (visited.has(route)) continue;
      visited.add(route);
      const answer = await page.goto(address);
      expect(answer?.status(), address).to.equal(200);
      if (FULL || !seen.has(route)) await inspect(watched, `${who} ${route}`);
      open.push(...(await linksOn(page, origin)));
    }
  };

  it('those that everybody reaches by links', () =>
    withPage(browser(), {}, (watched) => walk(watched, 'public'))).timeout(180_000);

  it('those that an administrator reaches by links', () =>
    withPage(browser(), {}, async (watched) => {
      await signIn(watched.page, running(), 'ada@meridian.example');
      await walk(watched, 'administrator');
    })).timeout(180_000);

  it('those that a sales rep reaches by links', () =>
    withPage(browser(), {}, async (watched) => {
      await signIn(watched.page, running(), 'rita@meridian.example');
      await walk(watched, 'rep');
    })).timeout(180_000);

  it('those that a keeper of the core reaches by links', () =>
    withPage(browser(), {}, async (watched) => {
      await signIn(watched.page, running(), 'ian@meridian.example');
      await walk(watched, 'keeper');
    })).timeout(180_000);

  it('those that data protection reaches by links, and what would be erased', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      await signIn(page, running(), 'pia@meridian.example');
      await walk(watched, 'data protection');
      await page.goto(`${running().origin}/it/erasure`);
      await button(page, 'Show what would go').click();
      await page.getByText('There is a problem').waitFor();
      await inspect(watched, 'erasure with errors');
      await page.getByLabel('What tells of the person').fill('example');
      await page.getByLabel('Why?').fill('Request 2027-14');
      await button(page, 'Show what would go').click();
      await arriveAt(page, 'What would be erased');
      await inspect(watched, 'what would be erased');
    })).timeout(180_000);

  it('the list of the archive and a case that lies there', async () => {
    const { store, clock } = running().host;
    const { rows } = await store.worklist.cases({ status: 'finished' }, undefined, 10);
    const [finished] = await Promise.all(rows.map(({ id }) => store.cases.load(id)));
    if (finished === undefined) throw new Error('No case has finished.');
    await store.archive.copy([finished], clock.now());
    expect(await store.archive.remove([finished])).to.equal(1);
    await withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      await signIn(page, running(), 'ada@meridian.example');
      await page.goto(`${running().origin}/cases?status=archived`);
      await inspect(watched, 'archive');
      await page.getByRole('link', { name: finished.reference }).click();
      await page.getByText('In the archive since').waitFor();
      await inspect(watched, 'archived case');
    });
  }).timeout(60_000);

  it('the steps of the request, with what was left out and what was saved', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      await openRequest(page, running().origin);
      await button(page, 'Continue').click();
      await page.getByText('There is a problem').waitFor();
      await inspect(watched, 'request with errors');
      await page.getByLabel('Company name').fill(SMALL.company);
      await tellAboutYou(page, SMALL);
      await inspect(watched, 'request without lines');
      await button(page, 'Add a line').click();
      await arriveAt(page, 'Line 1');
      await inspect(watched, 'request line');
      await page.getByLabel('Article').fill(SMALL.sku);
      await page.getByLabel('Quantity').fill(String(SMALL.pieces));
      await button(page, 'Save and continue').click();
      await button(page, 'Remove line 1').click();
      await arriveAt(page, 'Do you want to remove line 1?');
      await inspect(watched, 'request remove');
      await page.goBack();
      await button(page, 'Save and come back later').click();
      await arriveAt(page, 'Your answers are saved');
      await inspect(watched, 'request saved');
      await page.getByRole('link', { name: /\/resume\//u }).click();
      await button(page, 'Continue').click();
      await arriveAt(page, 'Check your answers');
      await inspect(watched, 'request summary');
      await button(page, 'Send').click();
      await arriveAt(page, 'We have received your request');
      await inspect(watched, 'request sent');
    })).timeout(120_000);

  it('the steps of the answer, and the page of its end', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      const { origin, rest } = running();
      const reference = await askForPrice(running(), SMALL);
      await followMail(page, origin, reference);
      await page.getByRole('link', { name: 'Answer' }).click();
      await arriveAt(page, 'Your quote');
      await inspect(watched, 'answer');
      await page.goto(`${origin}/status`);
      await chooseAnswer(page, 'Accept');
      await page.getByLabel('Purchase order number').waitFor();
      await inspect(watched, 'answer accept');
      await page.getByLabel('Purchase order number').fill('PO-2');
      await button(page, 'Accept').click();
      await arriveAt(page, reference);
      await rest();
      await page.reload();
      await inspect(watched, 'status at the end');
    })).timeout(120_000);

  it('a task in hand', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      const reference = await askForPrice(running(), LARGE);
      await signIn(page, running(), 'rita@meridian.example');
      await openTeamTask(page, running().origin, reference);
      await button(page, 'Take this task').click();
      await button(page, 'Give it back to the team').waitFor();
      await inspect(watched, 'task in hand');
      await page.getByRole('link', { name: 'Hand it to somebody else' }).click();
      await inspect(watched, 'task to be handed on');
    })).timeout(60_000);

  it('the buttons of a case, and what they ask', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      const { origin, host } = running();
      const id = await beginErrand(running());
      await signIn(page, running(), 'rita@meridian.example');
      await page.goto(`${origin}/cases/${id}`);
      await inspect(watched, 'case with buttons');
      await button(page, 'Correct').click();
      await arriveAt(page, 'Correct it');
      await inspect(watched, 'button with a form');
      await page.goto(`${origin}/cases/${id}`);
      await button(page, 'Again').click();
      await arriveAt(page, 'Again');
      await inspect(watched, 'button to confirm');
      const late = page.url();
      await button(page, 'Again').click();
      await page.getByText('Chose “Again”').waitFor();
      expect((await page.goto(late))?.status()).to.equal(409);
      await inspect(watched, 'button too late');
      await page.goto(`${origin}/l/${host.engine.tokens.forStatus(id)}`);
      await inspect(watched, 'status with a button');
      await button(page, 'Never mind').click();
      await arriveAt(page, 'Never mind');
      await inspect(watched, 'button of the customer');
    })).timeout(120_000);

  it('a form with files, and the pages that show them', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      const { origin, host } = running();
      await publishPermit(running());
      await page.goto(`${origin}${PERMIT_FORM}`);
      await page.getByLabel('Where is it').fill('Main Street 1');
      await page.getByLabel('Email').fill('c@site.example');
      await button(page, 'Add a photograph').click();
      await inspect(watched, 'file in a list');
      const photo = { name: 'site.png', mimeType: 'image/png', buffer: PNG };
      await page.getByLabel('Photograph').setInputFiles(photo);
      await button(page, 'Save and continue').click();
      await inspect(watched, 'list of files');
      await button(page, 'Continue').click();
      await page.getByLabel('Drawing').waitFor();
      await inspect(watched, 'file');
      await page.getByLabel('Drawing').setInputFiles(photo);
      await button(page, 'Continue').click();
      await page.getByText('There is a problem').waitFor();
      await inspect(watched, 'file refused');
      const name = `${'a-very-long-name-'.repeat(6)}.pdf`;
      const plan = { name, mimeType: 'application/pdf', buffer: pdf() };
      await page.getByLabel('Drawing').setInputFiles(plan);
      await button(page, 'Upload').click();
      await page.getByText('(2 kB)').waitFor();
      await inspect(watched, 'file uploaded');
      await button(page, 'Continue').click();
      await arriveAt(page, 'Check your answers');
      await inspect(watched, 'file in the summary');
      await button(page, 'Send').click();
      const { id } = await caseOf(running(), await referenceOn(page));
      await page.goto(`${origin}/l/${host.engine.tokens.forStatus(id)}`);
      await inspect(watched, 'status with files');
      await signIn(page, running(), 'rita@meridian.example');
      await page.goto(`${origin}/cases/${id}`);
      await inspect(watched, 'case with files');
    })).timeout(120_000);

  it('a time limit to be moved', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      const { origin } = running();
      const reference = await askForPrice(running(), SMALL);
      await signIn(page, running(), 'ada@meridian.example');
      await page.goto(`${origin}/cases/${(await caseOf(running(), reference)).id}`);
      await page.getByRole('link', { name: /^Move After 14 days/u }).waitFor();
      await inspect(watched, 'case with time limits');
      await page.getByRole('link', { name: /^Move After 14 days/u }).click();
      await arriveAt(page, 'Move a time limit');
      await inspect(watched, 'time limit to be moved');
      await page.getByLabel('When is it to be up?').fill('soon');
      await button(page, 'Move it').click();
      await page.getByText('There is a problem').waitFor();
      await inspect(watched, 'time limit with errors');
    })).timeout(60_000);

  it('what may be done about an incident', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      const { origin, host } = running();
      await signIn(page, running(), 'ada@meridian.example');
      const [incident] = await host.store.incidents.list(undefined, 1);
      await page.goto(`${origin}/incidents/${encodeURIComponent(incident?.id ?? '')}/skip`);
      await inspect(watched, 'incident to be skipped');
      await page.goto(`${origin}/incidents`);
      await page.getByRole('link', { name: 'Correct its data, and do it again' }).first().click();
      await page.getByLabel('What becomes of the work').waitFor();
      await inspect(watched, 'incident to be corrected');
    })).timeout(60_000);

  it('a workflow that is retired and put back, and an old version of it', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      const address = `${running().origin}/workflows/online-quote`;
      await publishAgain(running(), 'online-quote', 'again');
      await signIn(page, running(), 'ian@meridian.example');
      await page.goto(address);
      await inspect(watched, 'workflow with an old version');
      await page.getByRole('link', { name: /^Publish anew/u }).click();
      await page.getByRole('heading', { name: /^Publish version 1/u }).waitFor();
      await inspect(watched, 'old version');
      await button(page, 'Publish it as version 3').click();
      await page.getByText('There is a problem').waitFor();
      await inspect(watched, 'old version without a reason');
      await page.goto(`${address}/versions/2/roll-back`);
      await inspect(watched, 'newest version not to be rolled back');
      await page.goto(address);
      await page.getByRole('link', { name: 'Retire it' }).click();
      await inspect(watched, 'workflow to be retired');
      await page.getByLabel('Why?').fill('It is replaced.');
      await button(page, 'Retire it').click();
      await page.getByText('No more cases of it begin').waitFor();
      await inspect(watched, 'retired workflow');
      await page.getByRole('link', { name: 'Put it back' }).click();
      await inspect(watched, 'workflow to be put back');
      await page.getByLabel('Why?').fill('It is needed.');
      await button(page, 'Put it back').click();
      await page.getByRole('link', { name: 'Retire it' }).waitFor();
    })).timeout(120_000);

  it('a change of the core to be approved', () =>
    withPage(browser(), {}, async (watched) => {
      await signIn(watched.page, running(), 'ada@meridian.example');
      await watched.page.goto(`${running().origin}/it/proposals/1`);
      await button(watched.page, 'Approve').click();
      await inspect(watched, 'proposal to be approved');
    })).timeout(60_000);

  it('a workflow that a release has left behind', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      await releaseRenaming(running(), 'XX000000');
      await signIn(page, running(), 'ines@meridian.example');
      await page.goto(`${running().origin}/workflows`);
      await inspect(watched, 'workflows with one left behind');
      await page.getByRole('link', { name: 'Online quote' }).first().click();
      await page.getByText('Its check finds nothing more to do.').waitFor();
      await inspect(watched, 'workflow left behind');
    })).timeout(60_000);

  it('a wrong sign-in, and an address that there is not', () =>
    withPage(browser(), {}, async (watched) => {
      const { page } = watched;
      const { origin } = running();
      await page.goto(`${origin}/sign-in`);
      await page.getByLabel('Email address').fill('nobody@meridian.example');
      await page.getByLabel('Password').fill('guessed');
      await button(page, 'Sign in').click();
      await page.getByText('There is a problem').waitFor();
      await inspect(watched, 'sign-in refused');
      expect((await page.goto(`${origin}/nothing-here`))?.status()).to.equal(404);
      await inspect(watched, 'no such page');
    })).timeout(60_000);

  it('are all among those that were looked at', () => {
    const pages = allRoutes(running().site).flatMap(({ method, path }) =>
      method === 'get' && !NO_PAGES.includes(path) ? [path] : [],
    );
    expect(pages.filter((path) => !seen.has(path))).to.deep.equal([]);
  });
});

/** The addresses on this host that a page links to, without the places on them. */
async function linksOn(page: Page, origin: string): Promise<readonly string[]> {
  const addresses = await page.evaluate<string[]>(
    '[...document.querySelectorAll("a[href]:not(svg a)")].map((link) => link.href.split("#")[0])',
  );
  return addresses.filter((address) => address.startsWith(`${origin}/`));
}

/** A draft of the quote that somebody else has sent, with a new state, and something that is revoked. */
async function bringDraft({ host }: ReturnType<ReturnType<typeof useHost>>): Promise<void> {
  const author = { kind: 'staff', id: 'ines', name: 'Ines Author' } as const;
  const { published } = await host.catalogue.newest('online-quote');
  const { text } = published.source;
  const changed = text
    .replace(
      'decline: { to: declined, undo: all }',
      '$&\n      withdraw: { by: { role: sales-rep }, to: withdrawn, undo: all }',
    )
    .replace('  declined: { final: declined }', '$&\n  withdrawn: { final: withdrawn }')
    .replace('title: Waiting for your answer', 'title: Waiting for an answer');
  const { id } = await host.publishing.begin({ ...published.source, text: changed }, author);
  await host.publishing.reviews.send(id, author);
  const key = { kind: 'grant', name: 'operations', part: 'records.Quote.find' } as const;
  await host.publishing.force.takeOut({ key, actor: author, reason: 'A test.' });
}
