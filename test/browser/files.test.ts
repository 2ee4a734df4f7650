import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { PERMIT_FORM, PNG, pdf, publishPermit } from '../server/permit.ts';
import { caseOf } from '../server/quote-journey.ts';
import { useHost } from '../server/with-host.ts';
import { arriveAt, button, referenceOn, signIn } from './quote-pages.ts';
import { useBrowser } from './use-browser.ts';
import { WIDTHS, withPage } from './with-page.ts';

const PLAN = pdf(150_000, 'p');

// A phone without JavaScript for the customer, a desk for the staff.
describe('a file goes with a case, in a browser', () => {
  const browser = useBrowser();
  const running = useHost();
  const phone = { width: WIDTHS.phone, javaScript: false };

  before('publish a workflow with files', () => publishPermit(running()));

  const choose = (page: Page, label: string, name: string, mimeType: string, buffer: Buffer) =>
    page.getByLabel(label).setInputFiles({ name, mimeType, buffer });

  it('uploaded, put aside, sent, and taken away with the same bytes', () =>
    withPage(browser(), phone, async ({ page, complaints }) => {
      const { origin, rest } = running();
      await page.goto(`${origin}${PERMIT_FORM}`);
      await page.getByLabel('Where is it').fill('Main Street 1');
      await page.getByLabel('Email').fill('c@site.example');
      await button(page, 'Add a photograph').click();
      await choose(page, 'Photograph', 'site.png', 'image/png', PNG);
      await button(page, 'Save and continue').click();
      await page.getByText('site.png').waitFor();
      await button(page, 'Continue').click();

      await choose(page, 'Drawing', 'site.png', 'image/png', PNG);
      await button(page, 'Continue').click();
      await page.getByText('There is a problem').waitFor();
      await choose(page, 'Drawing', 'My plan.pdf', 'application/pdf', PLAN);
      await button(page, 'Upload').click();
      await page.getByText('(150 kB)').waitFor();
      await button(page, 'Save and come back later').click();
      await arriveAt(page, 'Your answers are saved');
      await page.getByRole('link', { name: /\/resume\//u }).click();
      await page.getByRole('link', { name: 'My plan.pdf' }).waitFor();
      await button(page, 'Continue').click();
      await arriveAt(page, 'Check your answers');
      await page.getByRole('link', { name: 'My plan.pdf' }).waitFor();
      await button(page, 'Send').click();
      const reference = await referenceOn(page);
      await rest();
      expect(complaints()).to.deep.equal([]);

      await withPage(browser(), {}, async ({ page: rep }) => {
        await signIn(rep, running(), 'rita@meridian.example');
        await rep.goto(`${origin}/cases/${(await caseOf(running(), reference)).id}`);
        const coming = rep.waitForEvent('download');
        await rep.getByRole('link', { name: 'My plan.pdf' }).click();
        const download = await coming;
        expect(download.suggestedFilename()).to.equal('My plan.pdf');
        expect((await readFile(await download.path())).equals(PLAN)).to.equal(true);
      });
    })).timeout(90_000);
});
