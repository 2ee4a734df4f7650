import { expect } from 'chai';
import { arrangeApart } from '../../server/views/statechart/arrange.ts';
import { createDiagrams } from '../../server/views/statechart/statechart.ts';
import { PAGE_FIXTURES } from '../views/page-fixtures.ts';
import type { PageFixture } from '../views/page-fixtures.ts';
import { quoteWorkflow } from '../views/quote-forms.ts';
import { servePages } from './serve-pages.ts';
import { useBrowser } from './use-browser.ts';
import { WIDTHS, withPage } from './with-page.ts';

describe('the diagram in a browser', () => {
  const browser = useBrowser();
  let origin = '';
  let close = (): Promise<void> => Promise.resolve();

  before('serve a case', async function () {
    this.timeout(30_000);
    const served = await servePages([await caseInReview()]);
    origin = served.origin;
    close = served.close;
  });

  after('stop serving it', () => close());

  it('shows on a phone the state that the case is in, and can be scrolled by keyboard', () =>
    withPage(browser(), { width: WIDTHS.phone }, async ({ page }) => {
      await page.goto(`${origin}/case`);
      const state = await page.locator('.statechart-state--current').boundingBox();
      expect(state?.x).to.be.within(0, WIDTHS.phone - (state?.width ?? 0));
      await page.locator('.trellis-diagram').focus();
      const box = `document.activeElement.matches('.trellis-diagram') && document.activeElement`;
      expect(await page.evaluate<boolean>(`(${box}).scrollWidth > (${box}).clientWidth`)).to.equal(
        true,
      );
    })).timeout(30_000);

  it('fits its texts into their boxes, and is there without JavaScript', () =>
    withPage(browser(), { javaScript: false }, async ({ page }) => {
      await page.goto(`${origin}/case`);
      const names = await page.locator('.statechart-state:not(.statechart-state--group)').all();
      expect(names.length).to.be.greaterThan(10);
      for (const state of names) {
        const frame = await state.locator('.statechart-frame').boundingBox();
        for (const text of await state.locator('.statechart-name, .statechart-caption').all()) {
          const room = await text.boundingBox();
          const right = (room?.x ?? 0) + (room?.width ?? 0);
          expect(right, (await text.textContent()) ?? '').to.be.lessThan(
            (frame?.x ?? 0) + (frame?.width ?? 0) - 2,
          );
        }
      }
    })).timeout(60_000);
});

async function caseInReview(): Promise<PageFixture> {
  const fixture = PAGE_FIXTURES.find(({ name }) => name === 'case');
  if (fixture === undefined) throw new Error('There is no page "case".');
  const diagram = await createDiagrams(arrangeApart({ time: 60_000 }), 60_000).of(quoteWorkflow, {
    current: ['rep-review'],
    visited: ['matching'],
  });
  return { ...fixture, page: { ...fixture.page, model: { ...fixture.page.model, diagram } } };
}
