import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { useHost } from '../server/with-host.ts';
import { button, signIn } from './quote-pages.ts';
import { inspectPages } from './inspect-page.ts';
import { useBrowser } from './use-browser.ts';
import { withPage } from './with-page.ts';

// Lines 2 and 3 of the scenario.
describe('an author of a workflow, in a browser', () => {
  const browser = useBrowser();
  const running = useHost();

  const inspect = inspectPages('author');

  const as = (who: string, work: (page: Page) => Promise<void>): Promise<void> =>
    withPage(browser(), {}, async ({ page }) => {
      await signIn(page, running(), `${who}@meridian.example`);
      await work(page);
    });

  /** Writes a draft in which one file of online-quote is otherwise, and sends it. */
  const send = async (page: Page, file: string, from: string, to: string): Promise<void> => {
    await page.goto(`${running().origin}/workflows/online-quote/drafts/new`);
    const field = page.getByLabel(file, { exact: true });
    const text = await field.inputValue();
    expect(text).to.include(from);
    await field.fill(text.replace(from, to));
    await button(page, 'Save the draft').click();
    await button(page, 'Send it for review').click();
  };

  /** The link of the draft that waits for a review. */
  const underReview = (page: Page) =>
    page.getByRole('listitem').filter({ hasText: 'Under review' }).getByRole('link').first();

  it('is told of a wrong mapping, and of a secret on its way into a mail', () =>
    as('ines', async (page) => {
      const lines = 'quote.lines: lines ';
      await send(page, 'workflow.yaml', lines, 'quote.netTotal: lines[0].sku ');
      await page.getByText('It cannot go on like this').waitFor();
      const problem = page.getByRole('listitem').filter({ hasText: 'workflow.yaml:' }).first();
      expect(await problem.textContent()).to.match(/decimal/u);
      await inspect(page, 'wrong-mapping');
      const money = '{{money quote.netTotal}}';
      await send(page, 'quote-sent.hbs', money, `${money} {{number quote.marginPct}}`);
      await page.getByText('It cannot go on like this').waitFor();
      const leak = page.getByRole('listitem').filter({ hasText: 'quote-sent.hbs:' }).first();
      expect(await leak.textContent()).to.match(
        /marginPct.*confidential.*On the way: .*marginPct/su,
      );
      await inspect(page, 'leak');
    })).timeout(120_000);

  it('sends what passes its test cases, and IT looks at it because it writes orders', async () => {
    const title = 'title: Check {{reference}} for {{customer.legalName}}';
    await as('ines', async (page) => {
      await send(page, 'workflow.yaml', title, title.replace('Check', 'Look at'));
      await page.getByText('Its test cases pass, and reach').waitFor();
      await page
        .getByText(/oms\.createOrder|core\/create-order/u)
        .first()
        .waitFor();
      await inspect(page, 'sent');
      expect(await button(page, 'Approve it').count()).to.equal(0);
    });
    await as('rolf', async (page) => {
      await page.goto(`${running().origin}/reviews`);
      await inspect(page, 'reviews');
      await underReview(page).click();
      expect(await button(page, 'Approve it').count()).to.equal(0);
    });
    const before = (await running().host.catalogue.newest('online-quote')).published.version;
    await as('ian', async (page) => {
      await page.goto(`${running().origin}/reviews`);
      await underReview(page).click();
      await inspect(page, 'review');
      await page.getByLabel('Why?').first().fill('The words are better.');
      await button(page, 'Approve it').click();
      await page.getByText('Published').first().waitFor();
    });
    const after = (await running().host.catalogue.newest('online-quote')).published;
    expect(after.version).to.equal(before + 1);
    expect(after.source.text).to.include('title: Look at {{reference}}');
  }).timeout(120_000);
});
