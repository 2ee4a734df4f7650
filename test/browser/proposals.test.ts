import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { SMALL, askForPrice } from '../server/quote-journey.ts';
import { useHost } from '../server/with-host.ts';
import { until } from '../until.ts';
import { button, personOf, signIn } from './quote-pages.ts';
import { inspectPages } from './inspect-page.ts';
import { useBrowser } from './use-browser.ts';
import { withPage } from './with-page.ts';

const PASSPHRASE = 'several words that nobody guesses';

describe('a change of the core, in a browser', () => {
  const browser = useBrowser();
  const running = useHost();

  const inspect = inspectPages('core');

  const as = (who: string, work: (page: Page) => Promise<void>): Promise<void> =>
    withPage(browser(), {}, async ({ page }) => {
      await signIn(page, running(), `${who}@meridian.example`);
      await work(page);
    });

  const makeKey = async (page: Page, who: string): Promise<void> => {
    const { password } = personOf(running().people, `${who}@meridian.example`);
    await page.goto(`${running().origin}/it/key`);
    await page.getByLabel('Your password').fill(password);
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabel('The same passphrase again').fill(PASSPHRASE);
    await button(page, 'Make a key').click();
    await page.getByText('You have a new key.').waitFor();
  };

  /** Proposes one file with `change` made to what stands in its area of text. */
  const propose = async (
    page: Page,
    file: string,
    title: string,
    change: (text: string) => string,
  ): Promise<void> => {
    await page.goto(`${running().origin}/it/proposals`);
    await button(page, 'Propose a change').click();
    await page.getByLabel('File').fill(file);
    await inspect(page, 'choose-file');
    await button(page, 'Go on').click();
    const content = page.getByLabel('What the file shall hold');
    await content.fill(change(await content.inputValue()));
    await page.getByLabel('What changes').fill(title);
    await page.getByLabel('Why it is needed').fill('The customers asked for it.');
    await page.getByLabel('The passphrase of your key').fill(PASSPHRASE);
    await button(page, 'Sign and propose').click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  };

  const approve = async (page: Page, number: number): Promise<void> => {
    await page.goto(`${running().origin}/it/proposals/${number}`);
    await button(page, 'Approve').click();
    await inspect(page, 'approve');
    await page.getByLabel('The passphrase of your key').fill(PASSPHRASE);
    await page.getByRole('button', { name: /^Approve/u }).click();
  };

  it('is proposed, approved by somebody else, and in force at once', async () => {
    const before = await askForPrice(running(), SMALL);
    await as('ian', async (page) => {
      await page.goto(`${running().origin}/it/proposals`);
      await inspect(page, 'no-proposals');
      await page.goto(`${running().origin}/it/key`);
      await inspect(page, 'no-key');
      await makeKey(page, 'ian');
      await inspect(page, 'key');
      await propose(page, 'core.yaml', 'Our new name', (text) =>
        text.replace('name: Meridian Components (fictional)', 'name: Meridian Parts'),
      );
      await inspect(page, 'proposal');
      await page.getByText('needs 1 more person').waitFor();
      expect(await page.getByRole('button', { name: 'Approve' }).count()).to.equal(0);
      await page.goto(`${running().origin}/it/proposals/1/approve`);
      await page.getByText('Whoever proposed a change never approves it.').waitFor();
    });
    await as('ada', async (page) => {
      await makeKey(page, 'ada');
      await approve(page, 1);
      await page.getByText('Released').waitFor();
      await inspect(page, 'released');
      await page.getByText('Meridian Parts').first().waitFor();
      await page.goto(`${running().origin}/it/releases`);
      await page.getByText('approved by Ada Admin').waitFor();
      await inspect(page, 'releases');
      await page.getByRole('link', { name: 'Release 1.' }).first().click();
      await page.getByText('Every signature is right.').waitFor();
      await inspect(page, 'release');
      const { checkpointer } = running().host;
      checkpointer.start();
      await checkpointer.stop();
      await page.goto(`${running().origin}/it/audit`);
      await page.getByText('Checkpoint 1').waitFor();
      await inspect(page, 'audit');
    });
    const { store, catalogue } = running().host;
    const newest = (await store.registry.newestRelease())?.release ?? '';
    await until('every workflow on the newest release', () =>
      catalogue.list().every(({ release }) => release === newest),
    );
    const after = await askForPrice(running(), SMALL);
    const rows = await store.worklist.cases({}, undefined, 10);
    const releases = await Promise.all(
      [before, after].map(async (reference) => {
        const row = rows.rows.find((one) => one.reference === reference);
        return (await store.cases.load(row?.id ?? ''))?.release;
      }),
    );
    expect(releases[1]).to.equal(newest);
    expect(releases[0]).not.to.equal(newest);
  }).timeout(180_000);

  it('shows what it would break, and cannot be approved until it breaks nothing', async () => {
    await as('ian', async (page) => {
      await propose(page, 'types/Quote.yaml', 'Another name for the order number', (text) =>
        text.replaceAll('poNumber', 'orderText'),
      );
      await page.getByText('It would break what is in use').waitFor();
      await page.getByRole('heading', { name: 'What it would break' }).waitFor();
      expect(await page.getByText(/There is no field "poNumber"/u).count()).to.be.greaterThan(0);
      // It follows along by itself until all cases are looked through.
      await page
        .getByText(/\d+ of online-quote version/u)
        .first()
        .waitFor();
      expect(await page.getByText(/^\d+ in /u).count()).to.be.greaterThan(0);
      await inspect(page, 'breaks');
    });
    await as('ada', async (page) => {
      await page.goto(`${running().origin}/it/proposals/2`);
      expect(await page.getByRole('button', { name: 'Approve' }).count()).to.equal(0);
      await button(page, 'Reject').click();
      await button(page, 'Reject it').click();
      await page.getByText('There is a problem').waitFor();
      await page.getByLabel('Why?').fill('It breaks the quote.');
      await inspect(page, 'reject');
      await button(page, 'Reject it').click();
      await page.getByText('Ada Admin has rejected it: It breaks the quote.').waitFor();
      await page.goto(`${running().origin}/it/proposals`);
      await inspect(page, 'proposals');
    });
  }).timeout(120_000);

  it('begins where somebody looks at a type, and at who uses its fields', async () => {
    await as('ian', async (page) => {
      await page.goto(`${running().origin}/it/types`);
      await inspect(page, 'types');
      await page.getByRole('link', { name: 'Quote', exact: true }).click();
      const field = page.locator('.trellis-row').filter({ hasText: 'marginPct' }).first();
      await field.getByText('confidential').waitFor();
      await field.getByText(/^Used in \d+ places?/u).click();
      await field
        .getByRole('link', { name: /^workflows\/online-quote\/workflow\.yaml:\d+$/u })
        .first()
        .waitFor();
      await inspect(page, 'type');
      await page.getByRole('link', { name: 'Propose a change of it' }).click();
      await page.getByLabel('What the file shall hold').waitFor();
      await page.goto(`${running().origin}/it/connectors`);
      await page.getByText('oms.createOrder').waitFor();
      await inspect(page, 'connectors');
      await page.getByRole('link', { name: 'Workflows in use' }).click();
      await page.getByText('Personal data in').first().waitFor();
      await page.getByRole('link', { name: 'oms', exact: true }).waitFor();
      await inspect(page, 'inventory');
    });
  }).timeout(120_000);
});
