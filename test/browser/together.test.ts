import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { LARGE, SMALL, caseOf } from '../server/quote-journey.ts';
import { useHost } from '../server/with-host.ts';
import {
  button,
  arriveAt,
  openRequest,
  openTeamTask,
  referenceOn,
  requestPrice,
  signIn,
  tellAboutYou,
  tellWhatYouNeed,
} from './quote-pages.ts';
import { keepScreenshot } from './screenshot.ts';
import { useBrowser } from './use-browser.ts';
import { WIDTHS, withPage } from './with-page.ts';

const RITA = 'rita@meridian.example';
const SAM = 'sam@meridian.example';

describe('several people and windows at once, in a browser', () => {
  const browser = useBrowser();
  const running = useHost();

  /** A quote that waits for its review. */
  const toReview = (): Promise<string> =>
    withPage(browser(), { javaScript: false }, async ({ page }) => {
      const reference = await requestPrice(page, running().origin, LARGE);
      await running().rest();
      return reference;
    });

  it('who is second to complete a task is told so, and changes nothing', async () => {
    const { origin } = running();
    const reference = await toReview();
    await withPage(browser(), {}, async ({ page: rita, context }) => {
      await signIn(rita, running(), RITA);
      await openTeamTask(rita, origin, reference);
      await button(rita, 'Take this task').click();
      const other = await context.newPage();
      await other.goto(rita.url());
      await button(other, 'Give it back to the team').click();
      await withPage(browser(), {}, async ({ page: sam }) => {
        await signIn(sam, running(), SAM);
        await openTeamTask(sam, origin, reference);
        await button(sam, 'Take this task').click();
        await sam.getByLabel('Discount').fill('11');
        await button(sam, 'Approve').click();
        await arriveAt(sam, 'Inbox');
      });
      await running().rest();
      const before = await caseOf(running(), reference);
      const answered = rita.waitForResponse((response) => response.request().method() === 'POST');
      await button(rita, 'Reject').click();
      expect((await answered).status()).to.equal(409);
      await arriveAt(rita, 'Somebody else was first');
      await keepScreenshot(rita, 'together-conflict');
      expect(await caseOf(running(), reference)).to.deep.equal(before);
      expect(before.states).to.deep.equal(['offered']);
    });
  }).timeout(90_000);

  it('who is second to take a task is told so', async () => {
    const { origin } = running();
    const reference = await toReview();
    await withPage(browser(), {}, async ({ page: rita }) => {
      await signIn(rita, running(), RITA);
      await openTeamTask(rita, origin, reference);
      await withPage(browser(), {}, async ({ page: sam }) => {
        await signIn(sam, running(), SAM);
        await openTeamTask(sam, origin, reference);
        await button(sam, 'Take this task').click();
        await button(sam, 'Give it back to the team').waitFor();
      });
      await button(rita, 'Take this task').click();
      await arriveAt(rita, 'Somebody else was first');
    });
  }).timeout(90_000);

  it('a task is taken, is then in nobody else’s list, and is given back', async () => {
    const { origin } = running();
    const reference = await toReview();
    await withPage(browser(), {}, async ({ page: rita }) => {
      await signIn(rita, running(), RITA);
      await openTeamTask(rita, origin, reference);
      await button(rita, 'Take this task').click();
      expect(await lists(rita, origin, reference)).to.deep.equal({ mine: true, team: false });
      await rita.goto(`${origin}/inbox`);
      await taskLink(rita, reference).click();
      await button(rita, 'Give it back to the team').click();
      expect(await lists(rita, origin, reference)).to.deep.equal({ mine: false, team: true });
    });
  }).timeout(60_000);

  for (const javaScript of [true, false]) {
    it(`two clicks on Send make one case, ${javaScript ? 'with' : 'without'} JavaScript`, () =>
      withPage(browser(), { width: WIDTHS.phone, javaScript }, async ({ page }) => {
        const { origin } = running();
        const before = await countCases();
        await openRequest(page, origin);
        await tellAboutYou(page, SMALL);
        await tellWhatYouNeed(page, SMALL);
        await button(page, 'Send').dblclick();
        await page.waitForURL('**/sent');
        await referenceOn(page);
        expect(await countCases()).to.equal(before + 1);
      })).timeout(60_000);
  }

  it('a request is saved, and finished in another browser', async () => {
    const { origin } = running();
    const link = await withPage(browser(), {}, async ({ page: laptop }) => {
      await openRequest(laptop, origin);
      await tellAboutYou(laptop, SMALL);
      await laptop.getByLabel('Anything we should know?').fill('Please call in the morning');
      await button(laptop, 'Save and come back later').click();
      await arriveAt(laptop, 'Your answers are saved');
      return laptop.locator(`a[href^="${origin}/resume/"]`).getAttribute('href');
    });
    const phone = { width: WIDTHS.phone, javaScript: false };
    await withPage(browser(), phone, async ({ page }) => {
      await page.goto(link ?? '');
      await arriveAt(page, 'What do you need?');
      expect(page.url()).not.to.contain('resume');
      expect(await page.getByLabel('Anything we should know?').inputValue()).to.equal(
        'Please call in the morning',
      );
      await tellWhatYouNeed(page, SMALL);
      expect(await page.locator('main').innerText()).to.contain(SMALL.company);
      await button(page, 'Send').click();
      await referenceOn(page);
    });
  }).timeout(60_000);

  async function countCases(): Promise<number> {
    const { rows } = await running().host.store.worklist.cases({}, undefined, 1000);
    return rows.length;
  }
});

/** In which of the lists of open tasks the task of a case stands. */
async function lists(
  page: Page,
  origin: string,
  reference: string,
): Promise<{ readonly mine: boolean; readonly team: boolean }> {
  await page.goto(`${origin}/inbox`);
  const mine = (await taskLink(page, reference).count()) > 0;
  await page.goto(`${origin}/inbox/team`);
  return { mine, team: (await taskLink(page, reference).count()) > 0 };
}

function taskLink(page: Page, reference: string): ReturnType<Page['getByRole']> {
  return page.getByRole('link', { name: new RegExp(`${reference} for `, 'u') });
}
