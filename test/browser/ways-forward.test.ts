import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { LARGE, SMALL, askForPrice } from '../server/quote-journey.ts';
import { useHost } from '../server/with-host.ts';
import { until } from '../until.ts';
import { button, personOf, signIn } from './quote-pages.ts';
import { inspectPages } from './inspect-page.ts';
import { useBrowser } from './use-browser.ts';
import { withPage } from './with-page.ts';

const PASSPHRASE = 'several words that nobody guesses';
const TITLE = 'The VAT number is the tax number, and every customer has one';

// Line 7 of the scenario.
describe('a field that gets another name and must be there, in a browser', () => {
  const browser = useBrowser();
  const running = useHost();

  const inspect = inspectPages('ways');

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

  const sign = async (page: Page, name: string): Promise<void> => {
    await page.getByLabel('The passphrase of your key').fill(PASSPHRASE);
    await button(page, name).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  };

  const content = (page: Page) => page.getByLabel('What the file shall hold');

  const fill = async (page: Page, change: (text: string) => string): Promise<void> => {
    await content(page).fill(change(await content(page).inputValue()));
  };

  /** The release that a case runs on. */
  const releaseOf = async (reference: string): Promise<string | undefined> => {
    const { store } = running().host;
    const { rows } = await store.worklist.cases({}, undefined, 10);
    const row = rows.find((one) => one.reference === reference);
    return (await store.cases.load(row?.id ?? ''))?.release;
  };

  const renamed = (text: string): string =>
    text
      .replace('version: 1', 'version: 2')
      .replace('required: [id, legalName]', 'required: [id, legalName, taxId]')
      .replace('vatNo:\n      type: string', 'taxId:\n      type: string\n      x-alias: vatNo');

  it('is refused with the exact list of what it breaks', async () => {
    await askForPrice(running(), LARGE);
    await askForPrice(running(), SMALL);
    await as('ian', async (page) => {
      await makeKey(page, 'ian');
      await page.goto(`${running().origin}/it/proposals/new?file=types/Customer.yaml`);
      await fill(page, renamed);
      await page.getByLabel('What changes').fill(TITLE);
      await page.getByLabel('Why it is needed').fill('The tax office asks for it.');
      await page.getByLabel('The passphrase of your key').fill(PASSPHRASE);
      await button(page, 'Sign and propose').click();
      // The policies speak of the old name: both change together.
      await page
        .getByText(/policies\.yaml.*vatNo/u)
        .first()
        .waitFor();
      await inspect(page, 'refused-file');
      await button(page, 'Change another file as well').click();
      await page.getByLabel('File').fill('policies.yaml');
      await inspect(page, 'another-file');
      await button(page, 'Go on').click();
      await page.getByText('types/Customer.yaml is changed with it.').waitFor();
      await fill(page, (text) => text.replaceAll('Customer.vatNo', 'Customer.taxId'));
      await inspect(page, 'policies');
      await sign(page, 'Sign and propose');
      await page.getByText('It would break what is in use').waitFor();
      const broken = page.getByRole('listitem').filter({ hasText: 'workflow.yaml:26' });
      expect(await broken.first().textContent()).to.contain(
        'There is no field "vatNo" in Customer.',
      );
      await page.getByText(/Customer requires the field "taxId"/u).waitFor();
      // Running cases by state, and those without a value.
      await page
        .getByText(/2 of online-quote version/u)
        .first()
        .waitFor();
      await page
        .getByText(/customer.*taxId|taxId.*customer/u)
        .first()
        .waitFor();
      await inspect(page, 'refused');
      await page.getByRole('link', { name: 'The edit that mends it is made' }).click();
      await page.getByText('Its check finds nothing more to do.').waitFor();
      await page.getByText('{ field: customer.taxId, required: true }').waitFor();
      await inspect(page, 'proposed-edit');
    });
    await as('ada', async (page) => {
      await page.goto(`${running().origin}/it/proposals/1`);
      expect(await page.getByRole('button', { name: 'Approve' }).count()).to.equal(0);
    });
  }).timeout(180_000);

  it('passes once it says what fills it, and who may stay behind until when', async () => {
    await as('ian', async (page) => {
      await page.goto(`${running().origin}/it/proposals/1`);
      await page.getByRole('link', { name: 'Write the ways forward' }).click();
      const suggested = await content(page).inputValue();
      expect(suggested).to.contain('    - online-quote').and.to.contain('field: taxId');
      await inspect(page, 'suggested');
      await fill(page, (text) =>
        text.replaceAll(/^# (?=backfill:| {2}- )/gmu, '').replace('…', '"XX000000"'),
      );
      await page.getByLabel('The passphrase of your key').fill(PASSPHRASE);
      await sign(page, 'Sign and change');
      await page.getByRole('heading', { name: /^What may stay behind until/u }).waitFor();
      await page.getByText('needs 1 more person').or(page.getByText('needs 2 more')).waitFor();
      await inspect(page, 'passes');
    });
    await as('ian', async (page) => {
      await page.goto(`${running().origin}/it/proposals/1`);
      await page
        .getByText(/2 of online-quote version/u)
        .first()
        .waitFor();
      // What fills the field makes every stored value right.
      expect(await page.getByText('hold values that would be wrong').count()).to.equal(0);
    });
    for (const who of ['iris', 'ada']) {
      await as(who, async (page) => {
        await makeKey(page, who);
        await page.goto(`${running().origin}/it/proposals/1`);
        await button(page, 'Approve').click();
        await page.getByLabel('The passphrase of your key').fill(PASSPHRASE);
        await inspect(page, `approve-${who}`);
        await page.getByRole('button', { name: /^Approve/u }).click();
        await page.getByText(who === 'ada' ? 'Released' : 'needs 1 more').waitFor();
        if (who === 'ada')
          await page.getByText('0 of 1 workflow has been published on it.').waitFor();
        await inspect(page, `approved-${who}`);
      });
    }
    const { host } = running();
    await until(
      'the new release in force',
      () => host.core.core.types.get('Customer')?.version === 2,
    );
    // Nothing that runs has noticed: a new case begins on the release before.
    expect(await askForPrice(running(), SMALL)).to.equal('Q-2027-3');
    expect(await releaseOf('Q-2027-3')).to.equal(await releaseOf('Q-2027-1'));
  }).timeout(180_000);

  it('leaves a ready edit to the owner of the workflow, who publishes it in time', async () => {
    await as('ines', async (page) => {
      await page.goto(`${running().origin}/workflows`);
      await page.getByRole('heading', { name: 'To be brought to the release in force' }).waitFor();
      await inspect(page, 'workflows');
      await page.getByRole('link', { name: 'Online quote' }).first().click();
      await page.getByText('Its check finds nothing more to do.').waitFor();
      await inspect(page, 'owner');
      await button(page, 'Save it as a draft').click();
      await button(page, 'Send it for review').click();
      await page.getByText('Its test cases pass, and reach').waitFor();
      await inspect(page, 'sent');
    });
    await as('ian', async (page) => {
      await page.goto(`${running().origin}/reviews`);
      await page
        .getByRole('listitem')
        .filter({ hasText: 'Under review' })
        .getByRole('link')
        .first()
        .click();
      await page.getByLabel('Why?').first().fill('It is as the release asks.');
      await button(page, 'Approve it').click();
      await page.getByText('Published').first().waitFor();
      await page.goto(`${running().origin}/it/proposals/1`);
      await page.getByText('1 of 1 workflow has been published on it.').waitFor();
      await inspect(page, 'done');
      await page.goto(`${running().origin}/workflows`);
      expect(await page.getByText('To be brought to the release in force').count()).to.equal(0);
    });
  }).timeout(180_000);
});
